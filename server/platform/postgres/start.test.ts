import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { birthOf } from './process.ts';
import { ask, start, temporaryFolder } from './testing/processes.ts';

test('a second start finds the data, the port and the password of the first, within half a second', async () => {
  const folder = temporaryFolder();
  const first = await start(folder);
  await ask(first.adminUrl, 'create table kept as select 42 as answer');
  await first.stop();

  const began = performance.now();
  const second = await start(folder);
  expect(performance.now() - began).toBeLessThan(500);
  expect(second.adminUrl).toBe(first.adminUrl);
  expect(await ask(second.adminUrl, 'select answer from kept')).toBe('42');
  await second.stop();
});

test('after stop no server runs', async () => {
  const server = await start(temporaryFolder());
  const { pid } = server;
  expect(birthOf(pid)).toBeDefined();
  await server.stop();
  expect(birthOf(pid)).toBeUndefined();
});

test('nobody connects without the password, by socket or by network', async () => {
  const server = await start(temporaryFolder());
  const network = server.adminUrl.replace(/\?.*/, '');
  expect(await ask(network, 'select 1')).toBe('1');
  for (const url of [server.adminUrl, network]) {
    await expect(ask(url.replace(/:[^:@]+@/, ':wrong@'), 'select 1')).rejects.toThrow(/password authentication failed/);
  }
  expect(
    await ask(server.adminUrl, "select count(*) from pg_hba_file_rules where auth_method <> 'scram-sha-256'"),
  ).toBe('0');
  await server.stop();
});

test('the password file is readable by its owner alone', async () => {
  const folder = temporaryFolder();
  const server = await start(folder);
  expect(statSync(join(folder, 'superuser-password')).mode & 0o777).toBe(0o600);
  await server.stop();
});

test('text is UTF-8 and sorts alike on every system', async () => {
  const server = await start(temporaryFolder());
  const locale = "select concat_ws(' ', datlocprovider, datlocale, pg_encoding_to_char(encoding)) from pg_database";
  expect(await ask(server.adminUrl, locale)).toBe('b C.UTF-8 UTF8');
  await server.stop();
});

test('the server listens on this machine only', async () => {
  const server = await start(temporaryFolder());
  expect(await ask(server.adminUrl, 'show listen_addresses')).toBe('127.0.0.1');
  await server.stop();
});

test('a path too long for a socket still gets one', async () => {
  const folder = join(temporaryFolder(), 'long'.repeat(30));
  const server = await start(folder);
  expect(server.dataDir).toBe(folder);
  expect(server.adminUrl).toContain('?host=');
  expect(await ask(server.adminUrl, 'select inet_server_addr() is null')).toBe('true');
  await server.stop();
  expect(existsSync(new URL(server.adminUrl).searchParams.get('host') ?? '')).toBe(false);
});

test('a port that another program took since is replaced', async () => {
  const folder = temporaryFolder();
  const first = await start(folder);
  await first.stop();
  const squatter = createServer().listen(first.port, '127.0.0.1');
  await once(squatter, 'listening');
  const second = await start(folder);
  expect(second.port).not.toBe(first.port);
  expect(await ask(second.adminUrl, 'select 1')).toBe('1');
  await second.stop();
  squatter.close();
});

test('a wanted port that is taken is refused with a reason, and no server is left running', async () => {
  const folder = temporaryFolder();
  const squatter = createServer().listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  const { port } = squatter.address() as AddressInfo;
  await expect(start(folder, port)).rejects.toThrow(`Port ${port} is in use by another program`);
  expect(existsSync(join(folder, 'cluster', 'postmaster.pid'))).toBe(false);
  squatter.close();
});

test('a server that cannot start says why and where its log is', async () => {
  const folder = temporaryFolder();
  const first = await start(folder);
  await ask(first.adminUrl, "alter system set shared_preload_libraries = 'missing'");
  await first.stop();
  await expect(start(folder)).rejects.toThrow(/PostgreSQL did not start\. .*FATAL.* Its log is .*postgres\.log/);
  expect(readFileSync(join(folder, 'postgres.log'), 'utf8')).toContain('FATAL');
});
