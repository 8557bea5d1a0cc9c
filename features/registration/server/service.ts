/** What other features use of this one. */
export { joinByInvitation } from './join.ts';
