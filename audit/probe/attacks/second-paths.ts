import type { Attacker } from '../attacker.ts';
import { isReference } from '../bodies.ts';
import type { AttackKind } from './kind.ts';

const RPC = /graphql|\/gql\b|\/rpc\b|\/mcp\b|\$batch|\/batch$|odata|jsonrpc/i;

export const secondPaths: AttackKind = {
  number: 31,
  name: 'second code paths: other spellings and versions, RPC, GraphQL',
  wide: true,
  async run(attacker) {
    const { a, endpoint, parameters, b } = attacker;
    if (attacker.isOpen) return 'it is public: what it says, it says to everybody';
    if (RPC.test(endpoint.path)) return rpc(attacker);
    const ids = parameters.filter(({ name, schema }) => isReference(name, schema));
    if (ids.length === 0) return 'it names no row that another path could lead to';
    const path = Object.fromEntries(
      ids.map(({ name }) => [name, encodeURIComponent(attacker.valueOf(name, a, 'path'))]),
    );
    const { url } = attacker.requestOf(b, { path });
    const [place = '', search] = url.split('?');
    const others = new Set([
      `${place}/`,
      `${place}.json`,
      `/${place}`,
      place.replace(/\/([^/]+)$/, '/./$1'),
      place.replace(/^\/(\w)/, (_, first: string) => `/%${first.charCodeAt(0).toString(16)}`),
      place.replace(/^\/(\w+)/, (word) => word.toUpperCase()),
      place.replace(/^\/api\//, '/api/v1/'),
      place.replace(/^\/api\//, '/api/v2/'),
      place.replace(/^\/api\//, '/api/internal/'),
      place.replace(/^\/api\//, '/'),
      place.replace(/\/v(\d+)\//, (_, version) => `/v${Math.max(1, Number(version) - 1)}/`),
    ]);
    others.delete(place);
    for (const other of others) {
      const target = search === undefined ? other : `${other}?${search}`;
      attacker.sees(
        other.replace(place, '(path)').slice(0, 60),
        await attacker.attacker.call({ method: endpoint.method === 'GET' ? 'GET' : 'HEAD', url: target }),
        url,
      );
    }
    // The same id once more, where a hurried reader looks first.
    for (const [name, value] of Object.entries(path))
      await attacker.tries(
        `${name} twice`,
        { query: { [name]: decodeURIComponent(value), id: decodeURIComponent(value) } },
        false,
      );
    return undefined;
  },
};

/** One door to many rooms: A's rows are asked for in each of its languages. */
async function rpc(attacker: Attacker): Promise<undefined> {
  const { a, b } = attacker;
  const { url } = attacker.requestOf(b);
  const post = async (what: string, payload: object) =>
    attacker.sees(what, await attacker.attacker.call({ method: 'POST', url, payload }), JSON.stringify(payload));
  for (const [noun, { id }] of a.company.rows) {
    const one = noun.replace(/ies$/, 'y').replace(/s$/, '');
    await post(`graphql ${one}`, { query: `{ ${one}(id: "${id}") { id name title email body } }` });
    await post(`graphql node ${one}`, { query: `{ node(id: "${id}") { id } ${noun} { id name title } }` });
    for (const method of [`${noun}.get`, `get_${one}`, 'tools/call'])
      await post(`rpc ${method}`, {
        jsonrpc: '2.0',
        id: '1',
        method,
        params: { id, name: `get_${one}`, arguments: { id } },
      });
  }
  return undefined;
}
