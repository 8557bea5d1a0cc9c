import { type Application, openApplication } from '../application/application.ts';
import type { Attacks } from '../application/attacks.ts';
import { handled } from '../application/knock.ts';
import type { Rule } from '../rule.ts';
import type { KillRate } from './kill-rate.ts';
import type { Offence } from './offence.ts';

/** The application with an offence in it. One that has an app of its own is to be closed. */
export async function spoiled(given: Application, { sources = {}, application }: Offence): Promise<Application> {
  const changed = Object.entries(sources).map(([path, change]) => {
    if (typeof change === 'string') return [path, change];
    const file = given.sources?.file(path);
    if (file === undefined) throw new Error(`there is no file ${path} to be spoiled`);
    return [path, change(file.text)];
  });
  const code = changed.length === 0 ? given.sources : given.sources?.with(Object.fromEntries(changed));
  const differences = { sources: code, killRate: given.killRate, ...(await application?.(given)) };
  if (differences.features === undefined) return { ...given, ...differences };
  const opened = await openApplication(differences);
  return { ...opened, attacks: differences.attacks ?? allAttacked(opened) };
}

/** As if every route that there is had been attacked. */
export const allAttacked = (application: Application): Attacks =>
  Object.fromEntries(
    handled(application).map(({ method, url }) => [
      `${method} ${url.replace(/:([^/]+)/g, '{$1}')}`,
      { attacks: 32, leaks: 0 },
    ]),
  );

/** As if every rule had been seen to turn red. */
export const perfect = (rules: readonly Rule[]): KillRate => ({
  areas: {},
  rules: Object.fromEntries(rules.map(({ number }) => [number, 1])),
  survivors: {},
});
