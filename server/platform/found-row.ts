import type { FastifyReply } from 'fastify';
import type { JsonRows } from '../tenancy/wire/json-rows.ts';
import { notFound } from './problems.ts';

export const JSON_TYPE = 'application/json; charset=utf-8';

/** Answers with the one row that a statement found, and its `$version`, where it has one, as the ETag; 404 where it found none. */
export function sendRow(reply: FastifyReply, rows: JsonRows): never {
  if (rows.count === 0) throw notFound();
  const version = rows.hidden[0]?.$version;
  if (version !== undefined) reply.header('etag', `"${version}"`);
  return reply.type(JSON_TYPE).send(rows.text()) as never;
}
