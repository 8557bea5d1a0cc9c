import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/problem.ts';
import { Icon } from './icon.tsx';
import { problemText } from './notify.ts';

/** What a form's problem says as a whole; errors of single fields stand beside the fields. */
export function FormProblem({ error }: { error: unknown }) {
  const { t } = useTranslation();
  if (!error) return null;
  const isOfFields = Object.keys(fieldErrors(error)).length > 0;
  return (
    <Alert color="red" variant="light" icon={<Icon name="warning" />} role="alert">
      {isOfFields ? t('problem.fields') : problemText(error)}
    </Alert>
  );
}

/** The fields' errors out of a problem, for `form.setErrors`. */
export function fieldErrors(error: unknown): Record<string, string> {
  return error instanceof Problem ? error.fields : {};
}
