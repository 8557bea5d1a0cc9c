/** What other features use of this one. */
export { deviceOf } from './device.ts';
export { addCookies, grant, type OpenedSession } from './grant.ts';
export { hashOf, newSecret, readRefreshToken as readToken, writeRefreshToken as writeToken } from './refresh-token.ts';
export { personOf, provenBy } from './self.ts';
