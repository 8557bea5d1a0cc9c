import { readFile, writeFile } from 'node:fs/promises';
import { Option } from 'commander';
import { endpointsIn, type OpenApi } from '../../audit/probe/openapi.ts';
import type { Assignment } from '../../audit/probe/outside/enter.ts';
import { readLogin } from '../../audit/probe/outside/login.ts';
import { probeAndKeep } from '../../audit/probe/own/runs.ts';
import { type ProbeOptions, probe } from '../../audit/probe/probe.ts';
import { type Recipe, readRecipe } from '../../audit/probe/recipe/recipe.ts';
import { renderProbe } from '../../audit/probe/report/formats.ts';
import type { ProbeResult } from '../../audit/probe/result.ts';
import { FORMATS, type Format, formatOf } from '../../audit/report/format.ts';
import { tame } from '../../audit/report/tame.ts';
import type { AddCommand } from '../command.ts';

interface Options {
  url?: string;
  openapi?: string;
  loginA?: string;
  loginB?: string;
  loginStale?: string;
  loginStaff?: string;
  recipe?: string;
  format?: Format;
  output?: string;
  only?: string;
  attacks?: string;
  failOn: 'leaked' | 'not-reached';
  rate: string;
  alone?: boolean;
  timed?: boolean;
}

/** Asked for in a way that cannot be done. */
class Usage extends Error {}

const add: AddCommand = (program, { run, withInstallation }) => {
  program
    .command('probe')
    .description('attacks a server as one company with all that can be learned of another, and says what leaked')
    .option('--url <url>', 'the server; without it, this installation itself')
    .option(
      '--openapi <url or file>',
      'its OpenAPI document, in JSON; without it, /openapi.json or /api/openapi.json there',
    )
    .option(
      '--login-a <login>',
      'a login of company A: a token, bearer:TOKEN, cookie:NAME=VALUE or header:NAME=VALUE; or $BULKHEAD_PROBE_A',
    )
    .option('--login-b <login>', 'a login of company B, which attacks; or $BULKHEAD_PROBE_B')
    .option('--login-stale <login>', 'a login of somebody who was sent away from A')
    .option('--login-staff <login>', 'a login of the platform’s staff; or $BULKHEAD_PROBE_STAFF')
    .option('--recipe <file>', 'how requests succeed, where the document does not tell: docs/probing.md')
    .addOption(new Option('--format <format>', 'else what the name of --output asks for').choices(FORMATS))
    .option('--output <file>', 'writes the report there, and the summary to the terminal')
    .option('--only <text>', 'only endpoints whose method and path match this pattern')
    .option('--attacks <numbers>', 'only these attacks: 1,2,20')
    .addOption(
      new Option('--fail-on <outcome>', 'what ends with 1').choices(['leaked', 'not-reached']).default('leaked'),
    )
    .option('--rate <requests>', 'requests a second at most; 0: no limit', '20')
    .option('--alone', 'nobody else’s data is there: attack what changes whole sets, and what makes accounts')
    .option('--timed', 'measure whether answers come later for what another company has')
    .action((options: Options) => {
      const work = (adminUrl?: string) => command(options, adminUrl);
      const logins = options.loginA ?? process.env.BULKHEAD_PROBE_A;
      // 1 says that something leaked.
      return logins === undefined ? withInstallation(({ adminUrl }) => work(adminUrl), 2) : run(() => work(), 2);
    });
};
export default add;

async function command(options: Options, adminUrl: string | undefined): Promise<number> {
  try {
    const { output } = options;
    // Before the run: a mistake in it costs none.
    const format = options.format ?? (output === undefined ? 'terminal' : await asked(() => formatOf(output)));
    const result = await attack(options, adminUrl);
    const report = renderProbe(result, format).trimEnd();
    if (output !== undefined) await writeFile(output, `${report}\n`);
    console.log(output === undefined ? report : renderProbe(result, 'terminal'));
    const failed = result.counts.leaked > 0 || result.stopped !== undefined;
    return failed || (options.failOn === 'not-reached' && result.counts['not reached'] > 0) ? 1 : 0;
  } catch (error) {
    if (!(error instanceof Usage)) throw error;
    console.error(error.message);
    return 2;
  }
}

/** What fails within is a mistake in what was asked for. */
async function asked<T>(read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw new Usage((error as Error).message);
  }
}

async function attack(options: Options, adminUrl: string | undefined): Promise<ProbeResult> {
  const rate = Number(options.rate);
  if (!Number.isFinite(rate) || rate < 0)
    throw new Usage(`--rate is a number of requests a second, not ${options.rate}.`);
  const { alone = false, timed = false } = options;
  const how = { only: onlyOf(options), onProgress: progress };
  const logins = adminUrl === undefined ? await asked(() => loginsOf(options)) : undefined;
  const at = options.url === undefined ? undefined : await serverAt(options.url, options.openapi);
  if (adminUrl !== undefined) return probeAndKeep(adminUrl, { ...how, alone, timed, at: at && { ...at, rate } });
  if (at === undefined || logins === undefined)
    throw new Usage('With logins of your own, say where the server is: --url.');
  const endpoints = endpointsIn(at.document, at.base.pathname.replace(/\/$/, ''));
  if (endpoints.length === 0) throw new Usage('The OpenAPI document tells of no endpoints.');
  return probe({ ...at, endpoints, ...logins, rate, timed, alone, recipe: await recipeIn(options.recipe) }, how);
}

async function serverAt(url: string, openapi: string | undefined): Promise<{ base: URL; document: OpenApi }> {
  const base = addressOf(url);
  if (openapi !== undefined) return { base, document: await readDocument(openapi) };
  const usual = (path: string) => readDocument(new URL(path, base).href);
  return { base, document: await usual('/openapi.json').catch(() => usual('/api/openapi.json')) };
}

const recipeIn = (file: string | undefined): Promise<Recipe | undefined> =>
  asked(async () => (file === undefined ? undefined : readRecipe(await readFile(file, 'utf8'), file)));

function loginsOf({
  loginA,
  loginB,
  loginStale,
  loginStaff,
}: Options): Pick<Assignment, 'a' | 'b' | 'leaver' | 'means'> {
  const [a, b] = [loginA ?? process.env.BULKHEAD_PROBE_A, loginB ?? process.env.BULKHEAD_PROBE_B];
  if (a === undefined || b === undefined)
    throw new Error('Two logins are needed, of two companies: --login-a and --login-b.');
  if (a === b) throw new Error('Both logins are the same: nothing could be told from that.');
  const staff = loginStaff ?? process.env.BULKHEAD_PROBE_STAFF;
  return {
    a: readLogin(a),
    b: readLogin(b),
    leaver: loginStale === undefined ? undefined : readLogin(loginStale),
    means: staff === undefined ? {} : { staff: readLogin(staff) },
  };
}

function onlyOf({ only, attacks }: Options): NonNullable<ProbeOptions['only']> {
  const numbers = attacks?.split(',').map(Number);
  if (numbers?.some((number) => !Number.isInteger(number) || number < 1 || number > 32))
    throw new Usage('--attacks takes numbers from 1 to 32, parted by commas.');
  return { endpoint: only === undefined ? undefined : new RegExp(only), attacks: numbers };
}

function addressOf(text: string): URL {
  if (!URL.canParse(text) || !/^https?:/.test(text)) throw new Usage(`This is no address of a server: ${text}`);
  return new URL(text);
}

async function readDocument(place: string): Promise<OpenApi> {
  try {
    const text = /^https?:/.test(place) ? await fetched(place) : await readFile(place, 'utf8');
    return JSON.parse(text) as OpenApi;
  } catch (error) {
    throw new Usage(`No OpenAPI document, in JSON, at ${place}: ${(error as Error).message}`);
  }
}

async function fetched(place: string): Promise<string> {
  const response = await fetch(place);
  if (!response.ok) throw new Error(`answered ${response.status}`);
  return response.text();
}

const progress: NonNullable<ProbeOptions['onProgress']> = (done, total, endpoint, cells) => {
  if (process.stderr.isTTY)
    process.stderr.write(`\r\x1b[K${done}/${total} ${tame(endpoint)}${done === total ? '\n' : ''}`);
  for (const { number, attack } of cells.filter(({ outcome }) => outcome === 'leaked'))
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[KLEAK ${tame(endpoint)}: ${number} ${attack}\n`);
};
