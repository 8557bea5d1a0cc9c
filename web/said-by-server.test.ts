import { afterAll, expect, test } from 'vitest';
import { i18next } from './i18n.ts';
import { german } from './locales/german.ts';
import { saidByServer } from './said-by-server.ts';

afterAll(() => void i18next.changeLanguage('en'));

test('what the server says is said in the reader’s language, with what it filled in', async () => {
  expect(saidByServer('Please wait 30 seconds.')).toBe('Please wait 30 seconds.');
  i18next.addResourceBundle('de', 'server', german.server);
  await i18next.changeLanguage('de');
  expect(saidByServer('Please wait 30 seconds.')).toBe('Bitte warten Sie 30 Sekunden.');
  expect(saidByServer('is already taken')).toBe('ist schon vergeben');
  expect(saidByServer('must be one of a, b (c), with - for descending')).toBe(
    'muss eines von a, b (c) sein, absteigend mit -',
  );
  expect(saidByServer('must NOT have more than 50 characters')).toBe('darf höchstens 50 Zeichen haben');
  expect(saidByServer('Nobody translated this.')).toBe('Nobody translated this.');
});
