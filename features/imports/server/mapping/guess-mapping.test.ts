import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { guessMapping } from './guess-mapping.ts';
import { fieldOfWords } from './synonyms.ts';

const fieldsOf = (headers: string[], rows: string[][] = []) =>
  guessMapping(headers, rows).columns.map(({ field }) => field);

test('takes no longer over hostile headers and cells than over any others', { timeout: 20_000 }, () => {
  const alike = Array.from({ length: 500 }, () => 'ﷺ'.repeat(200));
  const cells = ['a@.', '.', ',', '0', ' '].map((piece) => `a@${piece.repeat(20_000)}@`);
  const { columns } = guessMapping(alike, [alike.map((_, column) => cells[column % cells.length]!)]);
  expect(new Set(columns.map(({ field }) => field)).size).toBe(500);
});

describe('headers people write', () => {
  test.each<[string, string[], string[]]>([
    [
      'English',
      ['first name', 'LAST_NAME', 'E-Mail', 'cell phone', 'Organisation', 'ZIP'],
      ['first_name', 'last_name', 'email', 'mobile', 'company', 'postal_code'],
    ],
    [
      'German',
      ['Vorname', 'Name', 'E-Mail-Adresse', 'Telefon', 'Handy', 'Firma', 'PLZ', 'Straße', 'Ort'],
      ['first_name', 'last_name', 'email', 'phone', 'mobile', 'company', 'postal_code', 'address_line1', 'city'],
    ],
    [
      'Spanish',
      ['Nombre', 'Apellidos', 'Correo electrónico', 'Móvil', 'Empresa', 'Código postal', 'País'],
      ['first_name', 'last_name', 'email', 'mobile', 'company', 'postal_code', 'country'],
    ],
    [
      'French',
      ['Prénom', 'Nom', 'Courriel', 'Téléphone', 'Société', 'Ville', 'Fonction'],
      ['first_name', 'last_name', 'email', 'phone', 'company', 'city', 'title'],
    ],
    [
      'joined words',
      ['firstName', 'lastName', 'emailAddress', 'linkedin', 'LinkedIn URL'],
      ['first_name', 'last_name', 'email', 'linkedin_url', 'custom:linkedin_url'],
    ],
  ])('%s', (_language, headers, fields) => {
    expect(fieldsOf(headers)).toEqual(fields);
    expect(guessMapping(headers, []).source).toBe('unknown');
  });
  test('a name alone is split, beside first and last name it is left out', () => {
    expect(fieldsOf(['Name', 'Email'])).toEqual(['full_name', 'email']);
    expect(fieldsOf(['Nombre', 'Email'])).toEqual(['full_name', 'email']);
    expect(fieldsOf(['Full name', 'First name', 'Last name'])).toEqual([null, 'first_name', 'last_name']);
  });
  test('empty name columns give way to the whole name', () => {
    expect(fieldsOf(['Name', 'First name', 'Last name'], [['Ann Lee', '', '']])).toEqual(['full_name', null, null]);
  });
});

describe('columns that compete', () => {
  test('several phones become phone and mobile, the rest fields of one’s own', () => {
    expect(fieldsOf(['Home phone', 'Phone', 'Other phone'])).toEqual(['mobile', 'phone', 'custom:other_phone']);
    expect(fieldsOf(['Mobile', 'Home phone', 'Phone'])).toEqual(['mobile', 'custom:home_phone', 'phone']);
  });
  test('no two columns ever get the same field, and every column gets a reason', () => {
    const header = fc.oneof(
      fc.constantFrom(...fieldOfWords.keys(), 'Name', 'Nom', 'Nombre'),
      fc.string({ maxLength: 12 }),
    );
    const table = fc.array(header, { maxLength: 30 }).chain((headers) =>
      fc.tuple(
        fc.constant(headers),
        fc.array(fc.array(fc.constantFrom('', 'a@b.example', '+49 30 12345', 'x'), { maxLength: 30 }), {
          maxLength: 5,
        }),
      ),
    );
    fc.assert(
      fc.property(table, ([headers, rows]) => {
        const { columns } = guessMapping(headers, rows);
        const fields = columns.map(({ field }) => field).filter((field) => field !== null);
        expect(new Set(fields).size).toBe(fields.length);
        expect(columns.map((column) => column.header)).toEqual(headers);
        for (const { confidence, reason } of columns) {
          expect(confidence >= 0 && confidence <= 1).toBe(true);
          expect(reason).not.toBe('');
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('content', () => {
  test('tells what nameless columns are, and overrules a header that cannot be right', () => {
    const row = [
      'ann@lee.example',
      '+44 20 7946 0958',
      'https://www.linkedin.com/in/ann',
      'https://lee.example',
      'Ann',
    ];
    expect(fieldsOf(['Column 1', 'Column 2', 'Column 3', 'Column 4', 'Column 5'], [row, row])).toEqual([
      'email',
      'phone',
      'linkedin_url',
      'website',
      'custom:column_5',
    ]);
    expect(fieldsOf(['Contact', 'Firma'], [['ann@lee.example', 'Lee']])).toEqual(['email', 'company']);
  });
  test('one system header alone proves nothing', () => {
    expect(guessMapping(['Name', 'Lead Source', 'Email'], []).source).toBe('unknown');
  });
});
