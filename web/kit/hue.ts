// Without yellows: dark, they are mud.
const hues = [12, 35, 58, 142, 162, 182, 205, 228, 252, 278, 303, 330];

/** A hue in degrees that a name always gets. */
export function hueOf(name: string): number {
  return hues[(fingerprint(name) >>> 12) % hues.length] ?? 0;
}

/** FNV-1a, finished with a mix because its low bits alone are poor. */
export function fingerprint(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** The app wears this hue, in this tab also before it knows the company again (`scheme.js`); undefined takes it off. */
export function wearHue(hue: number | undefined): void {
  const { style } = document.documentElement;
  if (hue === undefined) style.removeProperty('--company-hue');
  else style.setProperty('--company-hue', String(hue));
  try {
    if (hue === undefined) sessionStorage.removeItem('bulkhead-hue');
    else sessionStorage.setItem('bulkhead-hue', String(hue));
  } catch {
    // Storage may be switched off; the hue comes with the company then.
  }
}
