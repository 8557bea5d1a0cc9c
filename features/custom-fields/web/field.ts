import { type Answer, answer, api } from '../../../web/api/client.ts';

export type Field = Answer<'/api/custom-fields', 'get'>['items'][number];
export type Resource = Field['resource'];
export const resources: readonly Resource[] = ['contacts', 'deals', 'activities'];
export const types: readonly Field['type'][] = [
  'text',
  'number',
  'money',
  'date',
  'boolean',
  'select',
  'multi_select',
  'email',
  'phone',
  'url',
];
export const hasOptions = (type: Field['type']) => type === 'select' || type === 'multi_select';

/** The table's name first, as changes are told by it. */
export const fieldsKey = (resource: Resource) => ['custom_field_definitions', resource];
export const loadFields = (resource: Resource) =>
  answer(api.GET('/api/custom-fields', { params: { query: { resource } } }));

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
