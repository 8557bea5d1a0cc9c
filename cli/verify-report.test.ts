import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { render } from '../audit/report/formats.ts';
import { type Report, reportOf } from '../audit/report/report.ts';
import { seal } from '../audit/report/seal.ts';
import { sample } from '../audit/report/testing/sample.ts';
import { forgetKeys } from '../server/platform/secrets.ts';
import { verifyReport } from './verify-report.ts';

const folder = mkdtempSync(join(tmpdir(), 'bulkhead-verify-'));
afterAll(() => rmSync(folder, { recursive: true }));
let signed: Report;
beforeAll(() => {
  process.env.BULKHEAD_SECRET = Buffer.alloc(32, 7).toString('base64');
  forgetKeys();
  signed = seal(reportOf(sample()));
});

function verify(name: string, content: string | Buffer): { code: number; said: string } {
  const file = join(folder, name);
  writeFileSync(file, content);
  const lines: unknown[] = [];
  const spies = [vi.spyOn(console, 'log'), vi.spyOn(console, 'error')];
  for (const spy of spies) spy.mockImplementation((line) => void lines.push(line));
  try {
    return { code: verifyReport(file), said: lines.join('\n') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
const json = () => JSON.stringify(signed);

it('a report holds as it was written, as JSON however laid out, and as a page', () => {
  for (const text of [json(), render(signed, 'json'), JSON.stringify(JSON.parse(json()), null, '\t')])
    expect(verify('report.json', text)).toMatchObject({ code: 0 });
  expect(verify('report.html', render(signed, 'html'))).toMatchObject({ code: 0 });
});

it('a page that begins like JSON is a page, whatever stands behind it', () => {
  const page = '<!doctype html><h1>Isolated, 100 of 100</h1>';
  for (const text of [`{"seal":${JSON.stringify(page)},${json().slice(1)}`, json(), `${json()}\n<!--${page}-->`])
    for (const name of ['forged.html', 'forged.HTM', 'forged', 'forged.json.svg'])
      expect(verify(name, text), name).toMatchObject({ code: 1 });
  expect(verify('forged.html', `${page}${render(signed, 'html')}`).code).toBe(1);
  expect(verify('forged.html', `{${render(signed, 'html')}`).said).toContain('the page around it is not');
});

it('nothing may be told twice, at any depth: readers differ in which of them they believe', () => {
  const forged = JSON.stringify({ ...signed.score, percent: 100, verdict: 'isolated' });
  expect(verify('twice.json', `{"score":${forged},${json().slice(1)}`)).toMatchObject({
    code: 1,
    said: expect.stringContaining('tells a member twice'),
  });
  const [before, after] = json().split('"score":{') as [string, string];
  for (const member of ['"percent":100,', '"\\u0070ercent":100,', '"percent" : 100 ,'])
    expect(verify('twice.json', `${before}"score":{${member}${after}`).said, member).toContain('tells a member twice');
});

it('the seal, which is not signed itself, may say nothing more', () => {
  const { seal: own, ...content } = signed;
  const { key, jws } = own!;
  for (const more of [
    { ...own, note: 'Isolated, 100 of 100' },
    { ...own, key: { ...key, name: 'the auditor’s' } },
    { ...own, key: { ...key, crv: 'Ed448' } },
    { ...own, jws: `${jws}.more` },
    { ...own, jws: `${jws}<b>` },
  ])
    for (const [name, text] of [
      ['more.json', JSON.stringify({ ...content, seal: more })],
      ['more.html', render({ ...content, seal: more } as Report, 'html')],
    ] as const)
      expect(verify(name, text)).toMatchObject({ code: 1, said: expect.stringContaining('It was changed') });
});

it('what is no number in JSON, and what is no text, is refused', () => {
  expect(verify('number.json', json().replace('"percent":40', '"percent":1e999')).code).toBe(1);
  const [before, after] = json().split('nadan') as [string, string];
  const bytes = Buffer.concat([Buffer.from(before), Buffer.from([0xff]), Buffer.from(after)]);
  expect(verify('bytes.json', bytes).said).toContain('not UTF-8');
});

it('what it says of a report is not obeyed by the terminal', () => {
  const evil = '\u001b[2J\r\nIt is as it was signed\u009b';
  const own = seal({ ...signed, installation: `https://${evil}`, company: { id: 'x', name: evil } });
  const { code, said } = verify('evil.json', render(own, 'json'));
  expect(code).toBe(0);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is meant
  expect(said).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  expect(said.split('\n')).toHaveLength(3);
});
