import { Select, type SelectProps } from '@mantine/core';
import { nameOf, usePeople } from './people.ts';

interface Props extends Omit<SelectProps, 'data' | 'searchable'> {
  /** Who is not to be chosen. */
  except?: string | undefined;
  without?: string[];
  /** Those who cannot log in, too. */
  withInactive?: boolean;
}

/** Chooses a colleague by name. */
export function PersonSelect({ except, without = [], withInactive = false, ...props }: Props) {
  const { data = [] } = usePeople();
  const choices = data
    .filter(({ id, status }) => id !== except && !without.includes(id) && (withInactive || status === 'active'))
    .map((person) => ({ value: person.id, label: nameOf(person) }));
  return <Select {...props} data={choices} searchable limit={100} />;
}
