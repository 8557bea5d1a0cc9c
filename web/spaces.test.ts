import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSpaceReader, spacesIn } from './spaces.ts';

const root = join(import.meta.dirname, '..');
const { spacesOf } = createSpaceReader();

test('a part asks for the texts of each feature whose words it uses, however it names them', () => {
  expect(spacesIn("const { t } = useTranslation('deals');")).toEqual(['deals']);
  expect(spacesIn("useTranslation(['contacts', 'trash'])")).toEqual(['contacts', 'trash']);
  expect(spacesIn("t('contacts:statuses.lead') + t(`deals:$" + "{key}`) + t('words', { ns: 'tags' })")).toEqual([
    'contacts',
    'deals',
    'tags',
  ]);
  expect(spacesIn('/** A key: `contacts:nav`. */\n  // As `deals:nav`.\n')).toEqual([]);
  expect(spacesIn("useTranslation('app'); table: 'deals'; href={`mailto:$" + '{it}`}')).toEqual([]);
});

test('a page brings what the parts that it imports show, and not what comes when it is called for', () => {
  expect(spacesOf(join(root, 'features/deals/web/deal-page.tsx'))).toContain('trash');
  expect(spacesOf(join(root, 'web/shell/shell.tsx'))).toEqual([]);
  expect(spacesOf(join(root, 'features/contacts/web/contacts-page.tsx'))).not.toContain('imports');
});

test('every feature with pages in the browser names its own texts in each of them', () => {
  for (const feature of readdirSync(join(root, 'features'))) {
    const index = join(root, 'features', feature, 'web/index.tsx');
    const source = existsSync(index) ? readFileSync(index, 'utf8') : '';
    for (const [, path = ''] of source.matchAll(/path: .*import\('\.\/([^']+-page\.tsx)'\)/g)) {
      expect(spacesOf(join(index, '..', path)), `${feature}: ${path}`).toContain(feature);
    }
  }
});
