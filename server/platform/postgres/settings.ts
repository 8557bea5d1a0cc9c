import { totalmem } from 'node:os';

const mebibyte = 2 ** 20;

/**
 * What a new cluster's postgresql.conf says: a small server that shares its machine with the application. Whoever runs
 * it may change that file, or use ALTER SYSTEM.
 */
export function settings(durable: boolean): Record<string, string> {
  return {
    shared_buffers: `${clamp(memory() / 4, 64, 1024)}MB`,
    effective_cache_size: `${clamp(memory() / 2, 128, 16_384)}MB`,
    maintenance_work_mem: `${clamp(memory() / 32, 32, 256)}MB`,
    work_mem: '8MB',
    max_connections: '200',
    max_wal_size: '2GB',
    random_page_cost: '1.1',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] %q%u@%d ',
    log_checkpoints: 'off',
    ...(durable ? {} : forgetful),
  };
}

/** For tests, whose data nobody misses: a crash of the machine may lose everything. */
const forgetful = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
};

/** In mebibytes; a container's limit counts, not its host's memory. */
function memory(): number {
  const limit = process.constrainedMemory() ?? 0;
  return (limit > 0 ? Math.min(limit, totalmem()) : totalmem()) / mebibyte;
}

const clamp = (value: number, least: number, most: number): number =>
  Math.floor(Math.min(Math.max(value, least), most));
