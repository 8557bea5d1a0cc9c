import fc from 'fast-check';

/** An object of so many levels, as JSON. */
export const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const HOSTILE: unknown[] = [
  null,
  true,
  -1,
  0,
  1e308,
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '🧨'.repeat(300),
  'x'.repeat(70_000),
  "'; drop table contacts; --",
  '../../etc/passwd',
  '%',
  '_',
  '\\',
  '[]',
  '{}',
  [],
  [[]],
  {},
  { $ne: null },
  { __proto__: { admin: true } },
  ['a', 'b'],
  'NaN',
  'Infinity',
  '-0',
  '1e5',
  '0x10',
  '2026-02-30',
  '9999999-01-01T00:00:00Z',
  '2026-01-01T00:00:00+99:99',
  '00000000-0000-0000-0000-000000000000',
  '١٢٣',
  'İ',
  '\u202e',
  '<script>alert(1)</script>',
];
export const hostile = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.jsonValue({ maxDepth: 4 }),
  fc.double(),
);

export const RAW = [
  '',
  '{',
  '[',
  'null',
  '"text"',
  '{"a":1}{"b":2}',
  '\ufeff{}',
  '{"__proto__":{"x":1}}',
  deep(5000),
  'a=b&c=d',
  `{"x":"${'y'.repeat(2_000_000)}"}`,
];

/** Values for one segment of a path, as they stand in the address. */
export const SEGMENTS = [
  '%',
  '%ff',
  '%c0%ae',
  '..%2f..',
  '%00',
  'null',
  '1',
  '9'.repeat(400),
  'a'.repeat(9000),
  encodeURIComponent("' or 1=1 --"),
  '%F0%9F%A7%A8',
  '{}',
];

export const HEADERS: readonly Record<string, string>[] = [
  { authorization: 'Bearer' },
  { authorization: `Bearer ${'a.'.repeat(4000)}` },
  { authorization: `Bearer bhk_${'\u00ff'.repeat(50)}` },
  { 'if-match': '\u00ff' },
  { 'if-match': '"999999999999"' },
  { 'content-type': 'application/json; charset=x' },
  { 'content-type': 'multipart/form-data' },
  { 'content-type': '\u00ff/\u00ff' },
  { 'content-encoding': 'gzip' },
  { 'idempotency-key': 'x'.repeat(3000) },
  { 'idempotency-key': '\u00ff' },
  { accept: '../../x' },
  { cookie: `a=${'b'.repeat(5000)}; =; bulkhead_refresh=%` },
  { range: 'bytes=9999999999-' },
  { expect: '100-continue' },
  { 'user-agent': '\u00ff'.repeat(3000) },
  { 'x-forwarded-for': "'; select 1 --" },
  { 'accept-language': ','.repeat(5000) },
];

const part = (head: string, content: string) => `--edge\r\n${head}\r\n\r\n${content}\r\n`;
const file = 'content-disposition: form-data; name="file"; filename="people.csv"\r\ncontent-type: text/csv';

/** Forms that no browser sends. */
export const FORMS: readonly string[] = [
  '',
  '--edge',
  '--edge--\r\n',
  part(file, ''),
  `${part(file, '')}--edge--\r\n`,
  `${part(file, 'Name\r\nEve\r\n')}`,
  `${part(file, '\u0000'.repeat(5000))}--edge--\r\n`,
  `${part(file, `"${'x'.repeat(200_000)}`)}--edge--\r\n`,
  `${part(file, ','.repeat(100_000))}--edge--\r\n`,
  `${part(file, 'Name\r\n'.repeat(20_000))}--edge--\r\n`,
  `${part(file, '\ud800,"=1+1",@x\r\n"\r\n')}--edge--\r\n`,
  `${part(file.replace('people.csv', '../../../etc/passwd\u0000'), 'Name\r\nEve\r\n')}--edge--\r\n`,
  `${part(file.replace('people.csv', 'x'.repeat(20_000)), 'Name\r\nEve\r\n')}--edge--\r\n`,
  `${part(file.replace('name="file"', 'name="__proto__"'), 'Name\r\nEve\r\n')}--edge--\r\n`,
  `${part('content-disposition: form-data; name="mapping"', '{"a":'.repeat(4000))}${part(file, 'Name\r\nEve\r\n')}--edge--\r\n`,
  `${part('content-disposition: form-data; name="__proto__"', '1')}${part(file, 'Name\r\nEve\r\n')}--edge--\r\n`,
  `${part('content-disposition: form-data; name="mode"', 'nonsense')}${part(file, 'Name\r\nEve\r\n')}--edge--\r\n`,
  `${part('content-disposition: form-data; name="a"', 'b').repeat(2000)}--edge--\r\n`,
  `${part(file, 'Name\r\nEve\r\n').repeat(5)}--edge--\r\n`,
  `${part('content-disposition: nonsense', 'b')}--edge--\r\n`,
  `${part(`x-${'y'.repeat(30_000)}: 1`, 'b')}--edge--\r\n`,
];
