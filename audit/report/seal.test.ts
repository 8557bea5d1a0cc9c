import { generateKeyPairSync } from 'node:crypto';
import { CompactSign, flattenedVerify, importJWK } from 'jose';
import { beforeAll, expect, it } from 'vitest';
import { forgetKeys } from '../../server/platform/secrets.ts';
import { type Report, reportOf } from './report.ts';
import { canonical, fingerprintOf, installationPublicKey, seal, unsealed } from './seal.ts';
import { sample } from './testing/sample.ts';

let signed: ReturnType<typeof seal<Report>>;
const again = (): Report => JSON.parse(JSON.stringify(signed));

beforeAll(() => {
  process.env.BULKHEAD_SECRET = Buffer.alloc(32, 7).toString('base64');
  forgetKeys();
  signed = seal(reportOf(sample()));
});

it('holds as it was signed, however its JSON is laid out, by the key that the installation publishes', () => {
  const turned = Object.fromEntries(Object.entries(again()).reverse()) as unknown as Report;
  expect(unsealed(turned)).toBeUndefined();
  expect(unsealed(again(), installationPublicKey().fingerprint)).toBeUndefined();
});

it.each<[string, (report: Report) => void]>([
  [
    'the score',
    (report) => {
      report.score.percent = 100;
    },
  ],
  [
    'an outcome',
    (report) => {
      report.outcomes[1]!.outcome = 'passed';
    },
  ],
  ['a finding taken out', (report) => void report.outcomes[1]!.findings.pop()],
  [
    'a count',
    (report) => {
      report.distribution[0]!.rows = {};
    },
  ],
  [
    'a field added',
    (report) => {
      report.installation = 'https://elsewhere.example';
    },
  ],
  [
    'the day',
    (report) => {
      report.seal!.signedAt = '2027-01-01T00:00:00.000Z';
    },
  ],
  [
    'the fingerprint',
    (report) => {
      report.seal!.fingerprint = 'x'.repeat(43);
    },
  ],
  [
    'the signature',
    (report) => {
      report.seal!.jws = `${report.seal!.jws.slice(0, -4)}AAAA`;
    },
  ],
  [
    'a header that says no algorithm',
    (report) => {
      const header = Buffer.from('{"alg":"none"}').toString('base64url');
      report.seal!.jws = `${header}..`;
    },
  ],
])('does not hold after a change: %s', (_what, change) => {
  const report = again();
  change(report);
  expect(unsealed(report)).toBe('changed');
});

it('does not hold for another key, though signed anew by it in good form', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const key = { kty: 'OKP', crv: 'Ed25519', x: publicKey.export({ format: 'jwk' }).x as string } as const;
  const { seal: former, ...content } = again();
  const fingerprint = fingerprintOf(key);
  const [header, , signature] = (
    await new CompactSign(Buffer.from(canonical(content)))
      .setProtectedHeader({ alg: 'EdDSA', kid: fingerprint, signedAt: former!.signedAt })
      .sign(privateKey)
  ).split('.');
  const forged = { ...content, seal: { signedAt: former!.signedAt, key, fingerprint, jws: `${header}..${signature}` } };
  expect(unsealed(forged)).toBeUndefined();
  expect(unsealed(forged, signed.seal.fingerprint)).toBe('another key');
});

it('is what any JOSE library verifies, its payload being the canonical document', async () => {
  const { seal: own, ...content } = again();
  const [header = '', , signature = ''] = own!.jws.split('.');
  const payload = Buffer.from(canonical(content)).toString('base64url');
  const key = await importJWK({ ...own!.key }, 'EdDSA');
  const { protectedHeader } = await flattenedVerify({ protected: header, payload, signature }, key);
  expect(protectedHeader).toMatchObject({ alg: 'EdDSA', kid: own!.fingerprint, signedAt: own!.signedAt });
});

it('is told from a report that was never signed', () => {
  expect(unsealed(reportOf(sample()))).toBe('not signed');
});
