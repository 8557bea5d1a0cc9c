import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Plugin } from 'vite';
import { createSpaceReader } from './spaces.ts';

const root = resolve(import.meta.dirname, '..');
const OWN = /\/(?:web|features\/[^/]+\/web)\/[^?]*\.tsx?$/;
const LATER = /(?<!typeof )\bimport\('(\.[^']+\.tsx?)'\)/g;
const LABELS = /\/features\/([^/]+)\/web\/locales\/\w+\.json\?labels$/;

/**
 * Lets each feature's texts come with what shows them: every `import()` of a part of the app fetches beside it the texts
 * that the part and its imports ask for. `<language>.json?labels` holds only what the features' `index.tsx` name:
 * the navigation, the settings and the palette know these before any of the feature's pages is there.
 */
export function partTexts(): Plugin {
  const reader = createSpaceReader();
  return {
    name: 'part-texts',
    enforce: 'pre',
    buildStart: () => reader.forget(),
    transform(code, id) {
      const [, feature] = LABELS.exec(id) ?? [];
      if (feature) {
        const labels = picked(JSON.parse(code), labelsOf(feature));
        return { code: `export default ${JSON.stringify(labels)}`, map: null, moduleType: 'js' };
      }
      if (!id.startsWith(root) || !OWN.test(id)) return;
      // A page that is being written asks for other texts with each change.
      const isServed = this.environment.mode === 'dev';
      let changed = false;
      const wrapped = code.replace(LATER, (whole, path: string) => {
        const spaces = isServed ? everySpace() : reader.spacesOf(resolve(dirname(id), path));
        if (spaces.length === 0) return whole;
        changed = true;
        return `__withTexts(${JSON.stringify(spaces)}, ${whole})`;
      });
      if (!changed) return;
      const from = JSON.stringify(join(root, 'web/i18n.ts'));
      return { code: `${wrapped}\nimport { withTexts as __withTexts } from ${from};\n`, map: null };
    },
  };
}

const indexes = () =>
  readdirSync(join(root, 'features'))
    .map((name) => ({ name, file: join(root, 'features', name, 'web/index.tsx') }))
    .filter(({ file }) => existsSync(file));
const everySpace = () =>
  readdirSync(join(root, 'features')).filter((name) => existsSync(join(root, 'features', name, 'web/locales/en.json')));

function labelsOf(feature: string): string[] {
  const named = new RegExp(`'${feature}:([\\w.]+)'`, 'g');
  return indexes().flatMap(({ file }) => [...readFileSync(file, 'utf8').matchAll(named)].map(([, key = '']) => key));
}

type Texts = { [key: string]: string | Texts };

/** Only these of the texts, each where it stood. */
function picked(texts: Texts, keys: string[]): Texts {
  const found: Texts = {};
  for (const key of keys) {
    const steps = key.split('.');
    const last = steps.pop() ?? '';
    let from: Texts = texts;
    let to = found;
    for (const step of steps) {
      from = from[step] as Texts;
      to[step] ??= {};
      to = to[step] as Texts;
    }
    to[last] = from[last] ?? '';
  }
  return found;
}
