import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from './project-root.ts';

test('a port that is taken ends the start at once, with what to do and before anything is touched', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(projectRoot, 'server/main.ts')],
    {
      // Nothing listens there: whoever asked the database first would tell of that instead.
      env: {
        ...process.env,
        PORT: String(port),
        HOST: '127.0.0.1',
        DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
      },
      encoding: 'utf8',
    },
  );
  other.close();
  expect({ status, stdout, stderr }).toEqual({
    status: 1,
    stdout: '',
    stderr: `bulkhead: Port ${port} is taken, perhaps by a Bulkhead that runs already. Stop that one, or take another port: PORT=${Math.max(port + 1, 8000)} npm start\n`,
  });
});
