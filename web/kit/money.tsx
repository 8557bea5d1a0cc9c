import { useTranslation } from 'react-i18next';

interface Props {
  /** A decimal string, as the API gives it: never a float. */
  value: string;
  currency: string;
  /** Leaves out the cents, where a sum is read at a glance. */
  round?: boolean;
}

const formats = new Map<string, Intl.NumberFormat>();

function format(language: string, currency: string, round: boolean): Intl.NumberFormat {
  const key = `${language} ${currency} ${round}`;
  let found = formats.get(key);
  if (!found) {
    const digits = round ? { maximumFractionDigits: 0 } : {};
    found = new Intl.NumberFormat(language, { style: 'currency', currency, ...digits });
    formats.set(key, found);
  }
  return found;
}

export function money(value: string, currency: string, language: string, round = false): string {
  return format(language, currency, round).format(value as `${number}`);
}

export function Money({ value, currency, round = false }: Props) {
  const { i18n } = useTranslation();
  return <>{money(value, currency, i18n.language, round)}</>;
}
