const refresh = () => fetch('/api/auth/refresh', { method: 'POST', credentials: 'same-origin' });

/**
 * Asks for a new token by the cookie. Refresh tokens rotate and a reused one ends the session, so tabs take turns where
 * the browser can make them.
 */
export function refreshed(): Promise<Response> {
  return 'locks' in navigator ? navigator.locks.request('bulkhead-refresh', refresh) : refresh();
}
