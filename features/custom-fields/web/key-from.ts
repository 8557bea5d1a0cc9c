/** A key out of a label: `Größe in m²` is `groesse_in_m2`. */
export function keyFrom(label: string): string {
  const letters: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', '²': '2', '³': '3' };
  return label
    .toLowerCase()
    .replace(/[äöüß²³]/g, (letter) => letters[letter] ?? '')
    .normalize('NFD')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+|_+$/g, '')
    .slice(0, 50);
}
