import type { Filters } from './use-filters.ts';

export default function DealsTable(_props: { filters: Filters; onOpen: (id: string) => void }) {
  return null;
}
