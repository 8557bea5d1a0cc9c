import { readFile, writeFile } from 'node:fs/promises';
import { Option } from 'commander';
import { endpointsIn, type OpenApi } from '../../audit/probe/openapi.ts';
import type { Target } from '../../audit/probe/outside/house.ts';
import { readLogin } from '../../audit/probe/outside/login.ts';
import { type Canaries, openCanaries, serveBeside } from '../../audit/probe/own.ts';
import { type ProbeOptions, probe } from '../../audit/probe/probe.ts';
import { asMarkdown, asText } from '../../audit/probe/report.ts';
import type { ProbeResult } from '../../audit/probe/result.ts';
import type { AddCommand } from '../command.ts';

interface Options {
  url?: string;
  openapi?: string;
  loginA?: string;
  loginB?: string;
  loginStale?: string;
  format: 'terminal' | 'json' | 'markdown';
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
    .option('--openapi <url or file>', 'its OpenAPI document, in JSON; without it, <url>/openapi.json')
    .option(
      '--login-a <login>',
      'a login of company A: a token, bearer:TOKEN, cookie:NAME=VALUE or header:NAME=VALUE; or $BULKHEAD_PROBE_A',
    )
    .option('--login-b <login>', 'a login of company B, which attacks; or $BULKHEAD_PROBE_B')
    .option('--login-stale <login>', 'a login of somebody who was sent away from A')
    .addOption(new Option('--format <format>').choices(['terminal', 'json', 'markdown']).default('terminal'))
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
    const result = await attack(options, adminUrl);
    const report = { terminal: asText, markdown: asMarkdown, json: (one: ProbeResult) => JSON.stringify(one, null, 2) }[
      options.format
    ](result);
    if (options.output !== undefined) await writeFile(options.output, `${report}\n`);
    console.log(options.output === undefined ? report : asText(result));
    const failed = result.counts.leaked > 0 || result.stopped !== undefined;
    return failed || (options.failOn === 'not-reached' && result.counts['not reached'] > 0) ? 1 : 0;
  } catch (error) {
    if (!(error instanceof Usage)) throw error;
    console.error(error.message);
    return 2;
  }
}

async function attack(options: Options, adminUrl: string | undefined): Promise<ProbeResult> {
  const rate = Number(options.rate);
  if (!Number.isFinite(rate) || rate < 0)
    throw new Usage(`--rate is a number of requests a second, not ${options.rate}.`);
  const closing: (() => Promise<unknown>)[] = [];
  try {
    const canaries = adminUrl === undefined ? undefined : await openCanaries(adminUrl);
    if (canaries) closing.push(canaries.remove);
    const own = options.url === undefined && adminUrl !== undefined ? await serveBeside(adminUrl) : undefined;
    if (own) closing.unshift(own.close);
    if (own === undefined && options.url === undefined)
      throw new Usage('With logins of your own, say where the server is: --url.');
    const logins = loginsOf(options, canaries);
    const base = own?.base ?? addressOf(options.url as string);
    const document = own?.document ?? (await readDocument(options.openapi ?? new URL('/openapi.json', base).href));
    const prefix = own ? '' : base.pathname.replace(/\/$/, '');
    const target: Target = {
      base,
      document,
      endpoints: endpointsIn(document, prefix),
      ...logins,
      rate: own ? 0 : rate,
      timed: options.timed ?? false,
      alone: options.alone ?? false,
      witness: canaries?.witness,
    };
    if (target.endpoints.length === 0) throw new Usage('The OpenAPI document tells of no endpoints.');
    return await probe(target, { only: onlyOf(options), onProgress: progress });
  } finally {
    for (const close of closing) await close();
  }
}

function loginsOf(
  { loginA, loginB, loginStale }: Options,
  canaries: Canaries | undefined,
): Pick<Target, 'a' | 'b' | 'leaver'> {
  if (canaries) return canaries;
  const [a, b] = [loginA ?? process.env.BULKHEAD_PROBE_A, loginB ?? process.env.BULKHEAD_PROBE_B];
  if (a === undefined || b === undefined)
    throw new Usage('Two logins are needed, of two companies: --login-a and --login-b.');
  if (a === b) throw new Usage('Both logins are the same: nothing could be told from that.');
  try {
    return { a: readLogin(a), b: readLogin(b), leaver: loginStale === undefined ? undefined : readLogin(loginStale) };
  } catch (error) {
    throw new Usage((error as Error).message);
  }
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
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${done}/${total} ${endpoint}${done === total ? '\n' : ''}`);
  for (const { number, attack } of cells.filter(({ outcome }) => outcome === 'leaked'))
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[KLEAK ${endpoint}: ${number} ${attack}\n`);
};
