import fastifyCookie from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ACCESS_TOKEN_SECONDS, issueToken } from '../../../server/platform/token.ts';
import type { Grant, LoginUser } from '../contract.ts';
import { writeRefreshToken } from './refresh-token.ts';

const COOKIE = 'bulkhead_refresh';
const COOKIE_PATH = '/api/auth';
const MONTH_SECONDS = 30 * 86_400;

/** A session that was opened or refreshed, as the gate functions answer it (gate.grant_of). */
export interface OpenedSession {
  session_id: string;
  company_id: string | null;
  company_name: string | null;
  user_id: string;
  email: string;
  first_name: string;
  last_name: string;
  user_role: LoginUser['role'];
}

/** Lets the routes of this feature read and set the cookie; register it in each that logs somebody in. */
export const addCookies = (app: FastifyInstance) => app.register(fastifyCookie);

export const cookieOf = (request: FastifyRequest): string | undefined => request.cookies[COOKIE] || undefined;

export function forgetCookie(reply: FastifyReply): FastifyReply {
  return reply.clearCookie(COOKIE, { path: COOKIE_PATH });
}

/** The answer that logs somebody in. With `cookie`, the refresh token goes where no script can read it. */
export async function grant(
  reply: FastifyReply,
  opened: OpenedSession,
  secret: Buffer,
  cookie: boolean,
): Promise<Grant> {
  const refreshToken = writeRefreshToken(opened.company_id, secret);
  if (cookie) {
    reply.setCookie(COOKIE, refreshToken, {
      path: COOKIE_PATH,
      httpOnly: true,
      sameSite: 'strict',
      secure: reply.server.config.publicUrl.startsWith('https:'),
      maxAge: MONTH_SECONDS,
    });
  }
  return {
    access_token: await issueToken({ sessionId: opened.session_id, companyId: opened.company_id }),
    token_type: 'bearer',
    expires_in: ACCESS_TOKEN_SECONDS,
    refresh_token: cookie ? null : refreshToken,
    user: {
      id: opened.user_id,
      email: opened.email,
      first_name: opened.first_name,
      last_name: opened.last_name,
      role: opened.user_role,
      company_id: opened.company_id,
      company_name: opened.company_name,
    },
  };
}
