import { useTranslation } from 'react-i18next';

const steps: [Intl.NumberFormatOptions['unit'] & string, number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** How long something took, in its largest unit: `12 days`. */
export function duration(seconds: number, language: string): string {
  const [unit, size] = steps.find(([, length]) => seconds >= length) ?? ['minute', 60];
  const format = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' });
  return format.format(Math.max(seconds > 0 ? 1 : 0, Math.floor(seconds / size)));
}

export function useDuration() {
  const { i18n } = useTranslation();
  return (seconds: number) => duration(seconds, i18n.language);
}
