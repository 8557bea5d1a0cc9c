import { createHash } from 'node:crypto';
import { placeOf, sarifLog } from '../../report/sarif-log.ts';
import type { ProbeResult } from '../result.ts';
import { of } from './text.ts';

/** An endpoint has no file: code scanning shows leaks at the document that tells of it. */
const ARTIFACT = 'openapi.json';
const idOf = (number: number): string => `BHP${String(number).padStart(2, '0')}`;

/** SARIF 2.1.0: each attack a rule, each leak a result at its endpoint; what was not reached is a notification. */
export function probeSarif(result: ProbeResult): string {
  const { attacks, target, startedAt, finishedAt, stopped, counts } = result;
  const place = (number: number) => attacks.findIndex((attack) => attack.number === number);
  const rules = attacks.map(({ number, name }) => ({
    id: idOf(number),
    name,
    shortDescription: { text: `Attack ${number}: ${name}` },
    defaultConfiguration: { level: 'error' },
    properties: { 'security-severity': '9.5', tags: ['security', 'tenancy'], precision: 'high' },
  }));
  const results = of(result, 'leaked').map(({ endpoint, number, attack, reason, reproduction }) => ({
    ruleId: idOf(number),
    ruleIndex: place(number),
    level: 'error',
    message: { text: [`${endpoint}: ${attack}`, reason, reproduction].filter(Boolean).join('\n\n') },
    locations: [placeOf(ARTIFACT, endpoint, `${target.title}/${endpoint}`, 'resource')],
    partialFingerprints: { 'bulkheadLeak/v1': createHash('sha256').update(`${number}\n${endpoint}`).digest('hex') },
  }));
  const missed = of(result, 'not reached').map(({ endpoint, number, attack, reason }) => ({
    level: 'warning',
    associatedRule: { id: idOf(number), index: place(number) },
    descriptor: { id: 'not-reached' },
    message: { text: `${endpoint} was not reached by ${number} ${attack}: ${reason}` },
  }));
  return sarifLog({
    command: 'bulkhead probe',
    subject: target.title,
    rules,
    results,
    notifications: [{ id: 'not-reached', shortDescription: { text: 'An attack that could not be made' } }],
    notified: missed,
    isWhole: stopped === undefined,
    startedAt,
    finishedAt,
    artifact: ARTIFACT,
    properties: { counts },
  });
}
