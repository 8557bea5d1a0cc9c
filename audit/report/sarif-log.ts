import { tameJson } from './tame.ts';

/** What a run of a command tells in SARIF, beside what is the same for each. */
export interface SarifRun {
  /** `bulkhead audit` */
  command: string;
  /** What was looked at: runs of one command on one thing are told apart from those on another. */
  subject: string;
  rules: readonly object[];
  results: readonly object[];
  /** Kinds of things that could not be done, and those that could not. */
  notifications: readonly { id: string; shortDescription: { text: string } }[];
  notified: readonly object[];
  isWhole: boolean;
  startedAt: string;
  finishedAt: string;
  /** The file at which code scanning shows what has none. */
  artifact: string;
  properties: object;
}

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** SARIF 2.1.0 of one run. */
export const sarifLog = (run: SarifRun): string =>
  `${tameJson(
    {
      $schema: SCHEMA,
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'Bulkhead',
              fullName: run.command,
              rules: run.rules,
              notifications: run.notifications,
            },
          },
          automationDetails: { id: `${run.command.replace(' ', '-')}/${run.subject}` },
          invocations: [
            {
              executionSuccessful: run.isWhole,
              startTimeUtc: run.startedAt,
              endTimeUtc: run.finishedAt,
              toolExecutionNotifications: run.notified,
            },
          ],
          artifacts: [{ location: { uri: run.artifact } }],
          columnKind: 'utf16CodeUnits',
          properties: run.properties,
          results: run.results,
        },
      ],
    },
    2,
  )}\n`;

/** A place for what has no line in any file: the artifact's first, and what it is really about. */
export const placeOf = (artifact: string, name: string, fullyQualifiedName: string, kind: string): object => ({
  physicalLocation: { artifactLocation: { uri: artifact, index: 0 }, region: { startLine: 1 } },
  logicalLocations: [{ name, fullyQualifiedName, kind }],
});
