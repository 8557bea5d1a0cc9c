import { trays } from '../features.ts';
import { useUser } from '../session/use-session.ts';

/** What features keep beside the company's name. */
export function Trays() {
  if (useUser().company_id === null) return null;
  return trays.map((Tray, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the features do not change
    <Tray key={index} />
  ));
}
