import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { createWorld, type World } from '../../test/harness.ts';

describe('the web app’s files', () => {
  let world: World;
  let script: string;

  beforeAll(async () => {
    world = await createWorld();
    const { body } = await world.app.inject('/');
    script = /src="(\/assets\/initial-[^"]+\.js)"/.exec(body)?.[1] ?? '';
  });

  const ask = (encoding: string) => world.app.inject({ url: script, headers: { 'accept-encoding': encoding } });

  test.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const)('are sent as %s to those who take it, and are the same', async (encoding, decompress) => {
    const plain = (await ask('identity')).rawPayload;
    const { headers, rawPayload } = await ask(encoding);
    expect(headers).toMatchObject({ 'content-encoding': encoding, vary: 'accept-encoding' });
    expect(headers['content-type']).toMatch(/javascript/);
    expect(headers['cache-control']).toMatch(/immutable/);
    expect(rawPayload.length).toBeLessThan(plain.length / 2);
    expect(decompress(rawPayload)).toEqual(plain);
  });

  test('are all that is to be had there', async () => {
    for (const url of ['/assets/none.js', '/assets/..%2F..%2F..%2Fpackage.json']) {
      expect((await world.app.inject(url)).statusCode).toBeGreaterThanOrEqual(400);
    }
  });
});
