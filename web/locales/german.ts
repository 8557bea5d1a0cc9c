import server from '../../contracts/server-de.json';

type Texts = Record<string, unknown>;

// A module of its own, so that only those who read German load it, and with one request. The features' other texts
// come with their pages.
const shell = import.meta.glob<Texts>('./de.json', { eager: true, import: 'default' });
const labels = import.meta.glob<Texts>('../../features/*/web/locales/de.json', {
  eager: true,
  import: 'default',
  query: '?labels',
});

const named = Object.entries(labels).map(([path, texts]) => [path.split('/')[3] ?? '', texts] as const);

export const german = { ...Object.fromEntries(named), app: Object.values(shell)[0] ?? {}, server };
