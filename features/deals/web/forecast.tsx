import type { Filters } from './use-filters.ts';

export default function Forecast(_props: { filters: Filters }) {
  return null;
}
