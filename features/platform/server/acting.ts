import type { FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { found } from '../../../server/platform/problems.ts';
import { issueToken } from '../../../server/platform/token.ts';
import { platformSession } from '../../companies/server/service.ts';
import type { Act, ActingGrant } from '../contract.ts';

/**
 * A token with which a super admin works in a company as its admin would, for at most an hour. It cannot be renewed;
 * the company sees who, when and why, and its audit log names them with each change.
 */
export async function startActing(
  { caller, server, origin }: FastifyRequest,
  companyId: string,
  { reason, minutes = 30 }: Static<typeof Act>,
): Promise<Static<typeof ActingGrant>> {
  const [started] = await server.door.gate<{ session_id: string; expires_at: string; company_name: string }>(
    'platform_act',
    [platformSession(caller), companyId, reason, minutes, origin.ip ?? null, origin.ua ?? null],
    { request: origin },
  );
  const { session_id, expires_at, company_name } = found(started);
  return {
    access_token: await issueToken({ sessionId: session_id, companyId }, minutes * 60),
    token_type: 'bearer',
    expires_in: minutes * 60,
    expires_at,
    company_id: companyId,
    company_name,
  };
}
