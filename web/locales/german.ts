import server from './server-de.json';

type Texts = Record<string, unknown>;

// A module of its own, so that only those who read German load it, and with one request.
const shell = import.meta.glob<Texts>('./de.json', { eager: true, import: 'default' });
const features = import.meta.glob<Texts>('../../features/*/web/locales/de.json', { eager: true, import: 'default' });

const named = Object.entries(features).map(([path, texts]) => [path.split('/')[3] ?? '', texts] as const);

export const german = { ...Object.fromEntries(named), app: Object.values(shell)[0] ?? {}, server };
