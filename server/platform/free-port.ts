import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Finds out before anything is started whether the server will be able to listen.
 * @throws Error that says what to do, where the port is taken or not for this user.
 */
export async function expectFreePort(port: number, host: string): Promise<void> {
  const probe = createServer();
  try {
    await once(probe.listen({ port, host }), 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const instead = `PORT=${port < 65_535 ? Math.max(port + 1, 8000) : 8000} npm start`;
    if (code === 'EADDRINUSE') {
      throw new Error(
        `Port ${port} is taken, perhaps by a Bulkhead that runs already. Stop that one, or take another port: ${instead}`,
      );
    }
    if (code === 'EACCES') throw new Error(`This user may not listen on port ${port}. Take another one: ${instead}`);
    throw error;
  }
  probe.close();
  await once(probe, 'close');
}
