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

// The request is put together here: with wrk's own `format` the load took a sixth more of the cores that it shares with the server.
const lua = (testCase: Case, tokens: string[]) => `
local heads = {}
for c, token in ipairs({${tokens.map((token) => JSON.stringify(token)).join(',')}}) do
  heads[c] = " HTTP/1.1\\r\\nHost: " .. wrk.host .. "\\r\\nAuthorization: Bearer " .. token .. "\\r\\n"
end
local function random(n) return math.random(0, n - 1) end
local function make(c) ${testCase.request} end
math.randomseed(42)
function request()
  local c = random(${sizes.companies})
  local method, path, body = make(c)
  local head = method .. " " .. path .. heads[c + 1]
  if body == nil then return head .. "\\r\\n" end
  return head .. "Content-Type: application/json\\r\\nContent-Length: " .. #body .. "\\r\\n\\r\\n" .. body
end
function done(summary, latency)
  local bad = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  print(string.format("RESULT %f %d %d %d", summary.requests / (summary.duration / 1000000), latency:percentile(50), latency:percentile(99), bad))
end
`;
