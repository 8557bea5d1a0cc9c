import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as OTPAuth from 'otpauth';
import type pg from 'pg';
import { newSecret } from '../../../features/auth/server/service.ts';
import { dataFolder, makeFolder } from '../../../server/platform/data-folder.ts';
import { PASSWORD } from '../bodies.ts';
import { builtScript } from '../own/given.ts';
import type { Given, Side } from '../target.ts';

/** Brings a company into the state that Bulkhead's own rules ask for before a request succeeds, where no catalog tells it. */
type Preparation = (side: Side, admin: pg.Client) => Promise<Side | undefined>;

/** By endpoint. What the catalog tells is in states.ts. */
export const preparations: Readonly<Record<string, Preparation>> = {
  // What is built has a name of its own with each build.
  'GET /assets/*': async (side) => ({ ...side, given: { ...nothing, path: { '*': builtScript() ?? '*' } } }),
  // A pipeline keeps one stage, and another one takes the deals.
  'DELETE /api/pipeline-stages/{stage_id}': async (side) => {
    const url = `/api/pipelines/${side.company.rows.get('pipelines')?.id}/stages`;
    const { body } = await made(side, url, { name: `${side.company.canary} spare` });
    return { ...side, given: { ...nothing, query: { move_to: body.id } } };
  },
  // An order names every field of its resource.
  'PUT /api/custom-fields/order': async (side, admin) => {
    const id = (rows: typeof side.company.rows) => rows.get('custom_field_definitions')?.id;
    const sql = 'update custom_field_definitions set resource = $2 where id = $1';
    await admin.query(sql, [id(side.company.rows), 'contacts']);
    await admin.query(sql, [id(side.company.others), 'deals']);
    return side;
  },
  // An import has a file.
  'POST /api/imports/{import_id}/preview': async (side, admin) => {
    const { companyId, canary } = side.company;
    for (const rows of [side.company.rows, side.company.others]) {
      const { id, file_key } = rows.get('imports') ?? {};
      const folder = join(dataFolder(), 'imports', companyId);
      makeFolder(folder);
      writeFileSync(join(folder, String(file_key)), `Email\r\n${canary}@example.com\r\n`);
      await admin.query(`update imports set kind = 'csv', status = 'ready' where id = $1`, [id]);
    }
    return side;
  },
  'POST /api/auth/totp/confirm': async (side) => ({ ...side, given: given({ code: codeOf(await enrolled(side)) }) }),
  'POST /api/auth/totp/disable': async (side) => withTwoSteps(side),
  'POST /api/auth/totp/recovery-codes': async (side) => withTwoSteps(side),
  'POST /api/auth/reset-password': async (side, admin) => {
    const { secret, hash } = newSecret();
    await admin.query(
      `insert into password_resets (identity_id, token_hash, expires_at)
       select id, $2, now() + interval '1 hour' from login_identities where user_id = $1`,
      [side.person.userId, hash],
    );
    return { ...side, given: given({ token: secret.toString('base64url') }) };
  },
};

async function made({ person }: Side, url: string, payload: object) {
  const answer = await person.call({ method: 'POST', url, payload });
  if (answer.status >= 300) throw new Error(`POST ${url}: ${answer.status} ${answer.text.slice(0, 300)}`);
  return answer;
}

const nothing: Given = { path: {}, query: {}, body: {}, accepted: [] };
const given = (body: Given['body']): Given => ({ ...nothing, body });

async function enrolled(side: Side): Promise<string> {
  const { body } = await made(side, '/api/auth/totp/enrol', { password: PASSWORD });
  return body.secret;
}

const codeOf = (secret: string): string => new OTPAuth.TOTP({ secret: OTPAuth.Secret.fromBase32(secret) }).generate();

async function withTwoSteps(side: Side): Promise<Side> {
  const code = codeOf(await enrolled(side));
  const { body } = await made(side, '/api/auth/totp/confirm', { code });
  return { ...side, given: given({ password: PASSWORD, code: body.recovery_codes[0] }) };
}
