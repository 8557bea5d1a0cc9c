import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Case } from './cases.ts';
import { sizes } from './dataset.ts';

export interface Load {
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  failed: number;
}

/** Lets 32 connections repeat a case for some seconds, each request as a random company's admin. */
export async function load(
  testCase: Case,
  url: string,
  tokens: string[],
  folder: string,
  seconds: number,
): Promise<Load> {
  const file = join(folder, `${testCase.name.replaceAll(' ', '-')}.lua`);
  writeFileSync(file, lua(testCase, tokens));
  const { stdout } = await promisify(execFile)('wrk', ['-t1', '-c32', `-d${seconds}s`, '--latency', '-s', file, url]);
  const [, perSecond, p50, p99, failed] = /RESULT (\S+) (\S+) (\S+) (\S+)/.exec(stdout) ?? [];
  return { perSecond: Number(perSecond), p50: Number(p50) / 1000, p99: Number(p99) / 1000, failed: Number(failed) };
}

const lua = (testCase: Case, tokens: string[]) => `
local tokens = {${tokens.map((token) => JSON.stringify(token)).join(',')}}
local headers = {}
for i, token in ipairs(tokens) do
  headers[i] = { ["authorization"] = "Bearer " .. token, ["content-type"] = "application/json" }
end
local function random(n) return math.random(0, n - 1) end
local function make(c) ${testCase.request} end
math.randomseed(42)
function request()
  local c = random(${sizes.companies})
  local method, path, body = make(c)
  local h = headers[c + 1]
  if body == nil then h = { ["authorization"] = h["authorization"] } end
  return wrk.format(method, path, h, body)
end
function done(summary, latency)
  local bad = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  print(string.format("RESULT %f %d %d %d", summary.requests / (summary.duration / 1000000), latency:percentile(50), latency:percentile(99), bad))
end
`;
