import { createHash } from 'node:crypto';
import type { ProbeResult } from '../result.ts';
import { of } from './text.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
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
    // An endpoint has no file: code scanning shows leaks at the document that tells of it.
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: 'openapi.json', index: 0 }, region: { startLine: 1 } },
        logicalLocations: [{ name: endpoint, fullyQualifiedName: `${target.title}/${endpoint}`, kind: 'resource' }],
      },
    ],
    partialFingerprints: { 'bulkheadLeak/v1': createHash('sha256').update(`${number}\n${endpoint}`).digest('hex') },
  }));
  const missed = of(result, 'not reached').map(({ endpoint, number, attack, reason }) => ({
    level: 'warning',
    associatedRule: { id: idOf(number), index: place(number) },
    descriptor: { id: 'not-reached' },
    message: { text: `${endpoint} was not reached by ${number} ${attack}: ${reason}` },
  }));
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Bulkhead',
            fullName: 'bulkhead probe',
            rules,
            notifications: [{ id: 'not-reached', shortDescription: { text: 'An attack that could not be made' } }],
          },
        },
        automationDetails: { id: `bulkhead-probe/${target.title}` },
        invocations: [
          {
            executionSuccessful: stopped === undefined,
            startTimeUtc: startedAt,
            endTimeUtc: finishedAt,
            toolExecutionNotifications: missed,
          },
        ],
        artifacts: [{ location: { uri: 'openapi.json' } }],
        columnKind: 'utf16CodeUnits',
        properties: { counts },
        results,
      },
    ],
  };
  return JSON.stringify(log, null, 2);
}
