import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ContactField, contactFields, textLimits } from './contact-fields.ts';
import { splitName } from './names.ts';
import { readSource } from './sources.ts';
import { readStatus } from './status.ts';
import { readTags } from './tags.ts';
import { toContact } from './to-contact.ts';

const one = (field: ContactField, cell: string) =>
  toContact([cell], { columns: [{ header: 'H', field }], defaultCountry: 'GB' });

test.each(contactFields)(
  '%s takes no longer over a hostile cell than over any other of its length',
  { timeout: 20_000 },
  (field) => {
    // Each of these makes a careless expression try again from every place.
    for (const piece of [
      ',',
      ', ',
      ';',
      ' ',
      '\t',
      '.',
      '@',
      'a@',
      '<',
      '+',
      '0',
      ' ::: ',
      '\n',
      '#',
      '/',
      '(',
      ' (1',
    ]) {
      const cell = `x${piece.repeat(20_000)}"`;
      const { errors } = one(field, cell);
      for (const { value } of errors) expect(value.length).toBeLessThanOrEqual(500);
    }
  },
);

describe('each kind of field', () => {
  test.each<[ContactField, string, unknown]>([
    ['email', ' Ann.Lee@Example.COM ', 'ann.lee@example.com'],
    ['email', 'Ann Lee <ann@lee.example>', 'ann@lee.example'],
    ['email', 'mailto:ann@lee.example', 'ann@lee.example'],
    ['email', 'ann@lee.example; b@lee.example', 'ann@lee.example'],
    ['email', 'jürgen@müller.example', 'jürgen@müller.example'],
    ['phone', '020 7946 0958', '+442079460958'],
    ['phone', '0049 30 1234567', '+49301234567'],
    ['phone', '+1 415 555 2671 ext. 12', '+14155552671 x12'],
    ['phone', 'ask Maria', 'ask Maria'],
    ['website', 'Example.com/', 'https://example.com'],
    ['website', 'http://example.com/a?b=1', 'http://example.com/a?b=1'],
    ['linkedin_url', 'in/ann-lee', 'https://www.linkedin.com/in/ann-lee'],
    ['twitter_handle', 'https://x.com/annlee?s=20', 'annlee'],
    ['twitter_handle', '@annlee', 'annlee'],
    ['lead_score', '42.0', 42],
    ['company', 'Lee\u200B &\u00A0 Sons\r\nLtd', 'Lee & Sons Ltd'],
    ['notes', ' one\r\ntwo\u0007 ', 'one\ntwo'],
  ])('%s %j', (field, cell, value) => {
    expect(one(field, cell)).toEqual({ contact: { [field]: value }, errors: [] });
  });

  test.each<[ContactField, string, string]>([
    ['email', 'ann@', 'invalid_email'],
    ['email', 'ann@lee', 'invalid_email'],
    ['email', 'a..b@lee.example', 'invalid_email'],
    ['email', `${'a'.repeat(250)}@lee.example`, 'too_long'],
    ['phone', '4.41555E+11', 'damaged_number'],
    ['phone', 'call the office and ask for Ann', 'too_long'],
    ['website', 'javascript:alert(1)', 'invalid_url'],
    ['website', 'https://bank.example@evil.example', 'invalid_url'],
    ['website', 'no website', 'invalid_url'],
    ['linkedin_url', 'https://linkedin.com.evil.example/in/a', 'invalid_url'],
    ['status', 'Wizard', 'unknown_status'],
    ['lead_score', 'high', 'invalid_number'],
    ['company', '#N/A', 'spreadsheet_error'],
    ['city', '#BEZUG!', 'spreadsheet_error'],
  ])('%s refuses %j and says why', (field, cell, code) => {
    const { contact, errors } = one(field, cell);
    expect(contact).toEqual({});
    expect(errors).toMatchObject([{ column: 'H', field, code, value: cell }]);
  });

  test.each(Object.entries(textLimits) as [ContactField, number][])(
    '%s holds at most %i characters',
    (field, limit) => {
      expect(one(field, 'x'.repeat(limit)).errors).toEqual([]);
      expect(one(field, 'x'.repeat(limit + 1))).toMatchObject({ contact: {}, errors: [{ code: 'too_long' }] });
    },
  );
});

describe('words of other systems', () => {
  test.each([
    ['marketingqualifiedlead', 'PROSPECT'],
    ['Sales Qualified Lead', 'QUALIFIED'],
    ['OPEN_DEAL', 'QUALIFIED'],
    ['ATTEMPTED_TO_CONTACT', 'CONTACTED'],
    ['Open - Not Contacted', 'NEW'],
    ['Closed - Not Converted', 'UNQUALIFIED'],
    ['Bestandskunde', 'CUSTOMER'],
    ['inactif', 'INACTIVE'],
    ['customer', 'CUSTOMER'],
  ])('status %s is %s', (word, status) => expect(readStatus(word)).toEqual({ value: status }));
  test.each([
    ['ORGANIC_SEARCH', 'website'],
    ['Paid Social', 'social_media'],
    ['LinkedIn Ads', 'linkedin'],
    ['Messe Köln', 'trade_show'],
    ['Empfehlung', 'referral'],
    ['Cold Call', 'cold_email'],
    ['Purchased List', 'other'],
  ])('source %s is %s', (word, source) => expect(readSource(word).source).toBe(source));
  test('tags are split, once each', () => {
    expect(readTags('VIP, Partner,vip')).toEqual(['VIP', 'Partner']);
    expect(readTags('Berlin, Germany; VIP')).toEqual(['Berlin, Germany', 'VIP']);
    expect(readTags('* myContacts ::: * starred ::: Boats')).toEqual(['Boats']);
  });
});

test.each([
  ['Ann Lee', 'Ann', 'Lee'],
  ['Dr. Ann Mary Lee PhD', 'Ann Mary', 'Lee'],
  ['Lee, Ann', 'Ann', 'Lee'],
  ['Lee, Jr.', undefined, 'Lee'],
  ['Ludwig van Beethoven', 'Ludwig', 'van Beethoven'],
  ['Vincent van den Berg', 'Vincent', 'van den Berg'],
  ['Cher', undefined, 'Cher'],
])('the name %s is split', (name, first, last) => {
  expect(splitName(name)).toEqual({ ...(first ? { first_name: first } : {}), last_name: last });
});

test('a row’s own country decides how its phone is read', () => {
  const columns = [
    { header: 'T', field: 'phone' as const },
    { header: 'L', field: 'country' as const },
  ];
  expect(toContact(['030 1234567', 'Alemania'], { columns, defaultCountry: 'GB' }).contact.phone).toBe('+49301234567');
});

test('a field that does not exist is refused, also one that every object has', () => {
  for (const field of ['company_id', 'constructor', '__proto__']) {
    expect(() => toContact(['x'], { columns: [{ header: 'H', field: field as ContactField }] })).toThrow(RangeError);
  }
});

test('no cell makes reading a row fail, and what is read fits its column', () => {
  const columns = contactFields.map((field) => ({ header: field, field }));
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.constantFrom('https://', '@', '+', '::: ;', '#N/A', '\n'),
  );
  fc.assert(
    fc.property(fc.array(cell, { maxLength: columns.length }), (cells) => {
      const { contact } = toContact(cells, { columns });
      for (const [field, limit] of Object.entries(textLimits)) {
        expect((contact[field as keyof typeof textLimits] ?? '').length).toBeLessThanOrEqual(limit);
      }
      expect((contact.phone ?? '').length).toBeLessThanOrEqual(20);
      expect((contact.website ?? '').length).toBeLessThanOrEqual(255);
    }),
    { numRuns: 300 },
  );
});
