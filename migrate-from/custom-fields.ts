import type { ClientBase } from 'pg';
import type { SourceRow } from './source.ts';

/** Makes the fields known that brought rows have of their company's own, so that they are shown and can be changed. */
export async function defineCustomFields(
  client: ClientBase,
  resource: string,
  rows: readonly SourceRow[],
): Promise<void> {
  const fields = new Map<string, SourceRow>();
  for (const { company_id, custom_fields } of rows) {
    for (const [key, value] of Object.entries(custom_fields as object)) {
      const type = typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'text';
      const known = fields.get(`${company_id} ${key}`);
      // A field that holds numbers in one row and words in another holds words.
      const settled = known === undefined || known.type === type ? type : 'text';
      const label = key.replaceAll('_', ' ');
      fields.set(`${company_id} ${key}`, { company_id, resource, key, label, type: settled });
    }
  }
  await client.query(
    `insert into custom_field_definitions (company_id, resource, key, label, type)
     select company_id, resource, key, label, type
     from jsonb_to_recordset($1::jsonb) as f (company_id uuid, resource text, key text, label text, type text)
     where exists (select from companies c where c.id = f.company_id)
     on conflict (company_id, resource, key) do nothing`,
    [JSON.stringify([...fields.values()])],
  );
}
