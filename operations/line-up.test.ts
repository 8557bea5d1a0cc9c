import { expect, it } from 'vitest';
import { lineUp } from './line-up.ts';

it('a cell stays in its line and is not obeyed by the terminal, whatever a company calls itself', () => {
  const lines = lineUp(['company', 'rows'], [['Nadan\u001b[2J\r\nSunstone', 3]]);
  expect(lines).toEqual(['company             rows', 'Nadan\ufffd[2J Sunstone     3']);
});
