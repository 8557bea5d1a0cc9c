import { connectMigrator } from './connect.ts';
import { lockAdoption, makeLedger } from './ledger.ts';
import { noteTrusted } from './trust.ts';

/**
 * Names roles whose code may run as this one for the rest of the adoption under way: who came to own something after it
 * began would keep it from being verified, decided about and taken back.
 * @throws when no adoption was begun, or others are left who are not trusted
 */
export async function trust(url: string, roles: readonly string[]): Promise<void> {
  const client = await connectMigrator(url, { trust: roles });
  try {
    await lockAdoption(client);
    const { rows } = await client.query(`select to_regnamespace('bulkhead_adopt') is not null as begun`);
    if (!rows[0].begun)
      throw new Error('No adoption of this database is under way: name them to bulkhead adopt apply.');
    await makeLedger(client);
    await noteTrusted(client, roles);
  } finally {
    await client.end();
  }
}
