const SCALE = 6;

const parse = (value: string): bigint => {
  const [whole = '0', fraction = ''] = value.replace('-', '').split('.');
  const digits = BigInt(whole + fraction.padEnd(SCALE, '0').slice(0, SCALE));
  return value.startsWith('-') ? -digits : digits;
};

const print = (scaled: bigint): string => {
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(SCALE + 1, '0');
  const text = `${digits.slice(0, -SCALE)}.${digits.slice(-SCALE).replace(/0{1,4}$/, '')}`;
  return scaled < 0n ? `-${text}` : text;
};

/** Sums of decimal strings without the errors of floats; signs say whether to add or to take away. */
export const plus = (left: string, right: string): string => print(parse(left) + parse(right));
export const minus = (left: string, right: string): string => print(parse(left) - parse(right));
export const percentOf = (value: string, percent: number): string =>
  print((parse(value) * BigInt(Math.round(percent * 100))) / 10_000n);
