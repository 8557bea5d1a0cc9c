import { fingerprint, hueOf } from './hue.ts';

// Divisions of signal flags: told apart by shape too, for those who do not see the colours.
const divisions = [
  'M0 0h14v28H0z',
  'M0 0h28v14H0z',
  'M0 28L28 0v28z',
  'M0 0h14v14H0zM14 14h14v14H14z',
  'M9.500 0h9v28h-9z',
  'M0 9.500h28v9H0z',
  'M9.500 0h9v9.500H28v9h-9.500V28h-9v-9.500H0v-9h9.500z',
  'M0 0l14 14L0 28zM28 0L14 14l14 14z',
];

/** A company's colour mark: its own signal flag, the same in every session and on every machine. */
export function CompanyFlag({ name, size = 28 }: { name: string; size?: number }) {
  const hue = hueOf(name);
  const division = divisions[(fingerprint(name) >>> 8) % divisions.length];
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 28 28" style={{ borderRadius: 5, flex: 'none' }}>
      <rect width="28" height="28" fill={`oklch(0.94 0.03 ${hue})`} />
      <path d={division} fill={`oklch(0.66 0.15 ${hue})`} />
    </svg>
  );
}
