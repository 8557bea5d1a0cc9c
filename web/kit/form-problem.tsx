import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/problem.ts';
import { Icon } from './icon.tsx';
import { problemText } from './notify.ts';

interface Props {
  error: unknown;
  /** Of a form with one field, which nothing stands beside: what is wrong with that is said here. */
  isOneField?: boolean;
}

/** What a form's problem says as a whole; errors of single fields stand beside the fields. */
export function FormProblem({ error, isOneField = false }: Props) {
  const { t } = useTranslation();
  if (!error) return null;
  const [first] = Object.values(fieldErrors(error));
  const isOfFields = first !== undefined;
  return (
    <Alert color="red" variant="light" icon={<Icon name="warning" />} role="alert">
      {!isOfFields ? problemText(error) : isOneField ? first : t('problem.fields')}
    </Alert>
  );
}

/** The fields' errors out of a problem, for `form.setErrors`. */
export function fieldErrors(error: unknown): Record<string, string> {
  return error instanceof Problem ? error.fields : {};
}
