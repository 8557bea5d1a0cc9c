import { expect, test } from 'vitest';
import { keyFrom } from './key-from.ts';

test.each([
  ['Größe in m²', 'groesse_in_m2'],
  ['2nd phone', 'nd_phone'],
  ['  Roof — type ', 'roof_type'],
  ['§', ''],
])('the key of the label %j is %j', (label, key) => expect(keyFrom(label)).toBe(key));
