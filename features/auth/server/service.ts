/** What other features use of this one. */
export { deviceOf } from './device.ts';
export { addCookies, grant, type OpenedSession } from './grant.ts';
export { hashOf, newSecret } from './refresh-token.ts';
export { personOf } from './self.ts';
