// Uses a server as an application does, in a process of its own that tests can kill: node holder.ts <dataDir>
import { startPostgres } from '../start.ts';

const [dataDir = ''] = process.argv.slice(2);
const postgres = await startPostgres({ dataDir, durable: false });
const { adminUrl, port, pid, dataDir: folder } = postgres;
console.log(JSON.stringify({ adminUrl, port, pid, dataDir: folder }));
process.once('SIGTERM', async () => {
  await postgres.stop();
  process.exit(0);
});
setInterval(() => {}, 1000);
