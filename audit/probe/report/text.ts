import type { ProbeCell, ProbeResult } from '../result.ts';
import { OUTCOMES } from '../result.ts';

const SIGNS = { leaked: 'LEAK', held: 'held', 'not reached': '?', 'not applicable': '·' } as const;

/** What a person reads in a terminal: what leaked, what was not reached and why, and the figures. */
export function asText(result: ProbeResult): string {
  const lines = [`${result.target.title} ${result.target.version} at ${result.target.url}`];
  for (const cell of of(result, 'leaked')) {
    lines.push(
      '',
      `LEAK  ${cell.endpoint}: ${cell.number} ${cell.attack}`,
      ...cell.reason.split('\n').map((line) => `      ${line.slice(0, 300)}`),
    );
    if (cell.reproduction) lines.push(`      ${cell.reproduction}`);
  }
  const open = byReason(of(result, 'not reached'));
  if (open.length > 0) lines.push('', 'Not reached:');
  for (const [reason, cells] of open)
    lines.push(`  ${cells.length} cells of ${endpointsOf(cells)}: ${reason.slice(0, 200)}`);
  if (result.stopped) lines.push('', `Stopped: ${result.stopped}`);
  if (result.leftBehind.length > 0)
    lines.push('', `Left behind, for the API deletes no such thing: ${result.leftBehind.length} rows`);
  const figures = OUTCOMES.map((outcome) => `${result.counts[outcome]} ${outcome}`).join(', ');
  lines.push(
    '',
    `${result.endpoints.length} endpoints by ${result.attacks.length} attacks: ${figures}; ${result.requests} requests`,
  );
  return lines.join('\n');
}

/** The coverage matrix, a line for each endpoint and a column for each attack, and beneath it the reasons. */
export function asMarkdown(result: ProbeResult): string {
  const { attacks, cells } = result;
  const at = new Map(cells.map((cell) => [`${cell.endpoint} ${cell.number}`, cell]));
  const titles = [...new Set(cells.map(({ endpoint }) => endpoint))];
  const row = (parts: string[]) => `| ${parts.join(' | ')} |`;
  const table = [
    row(['endpoint', ...attacks.map(({ number }) => String(number))]),
    row(['---', ...attacks.map(() => '---')]),
    ...titles.map((title) =>
      row([
        `\`${title}\``,
        ...attacks.map(({ number }) => SIGNS[at.get(`${title} ${number}`)?.outcome ?? 'not reached']),
      ]),
    ),
  ];
  return [
    `# Isolation of ${result.target.title}, attacked from outside`,
    '',
    `${result.target.url}, ${result.startedAt} to ${result.finishedAt}: ${OUTCOMES.map((outcome) => `${result.counts[outcome]} ${outcome}`).join(', ')}.`,
    ...(result.stopped ? ['', `**Stopped:** ${result.stopped}`] : []),
    '',
    ...section(
      'Leaks',
      of(result, 'leaked').map(
        (cell) =>
          `- \`${cell.endpoint}\`, ${cell.number} ${cell.attack}: ${oneLine(cell.reason)}${cell.reproduction ? `\n  \`${cell.reproduction}\`` : ''}`,
      ),
    ),
    ...section('Not reached', reasons(of(result, 'not reached'))),
    '## Coverage',
    '',
    'held: A succeeds with the same request, and B got nothing. ?: not reached. ·: not applicable.',
    '',
    ...table,
    '',
    ...attacks.map(({ number, name }) => `${number}. ${name}`),
    '',
    ...section('Why an attack does not apply', reasons(of(result, 'not applicable'))),
  ].join('\n');
}

export const of = ({ cells }: ProbeResult, outcome: ProbeCell['outcome']) =>
  cells.filter((cell) => cell.outcome === outcome);
export const oneLine = (text: string) => text.replace(/\s+/g, ' ').slice(0, 400);
const section = (title: string, lines: string[]) => (lines.length === 0 ? [] : [`## ${title}`, '', ...lines, '']);
export const endpointsOf = (cells: readonly ProbeCell[]) => {
  const titles = [...new Set(cells.map(({ endpoint }) => endpoint))];
  return titles.length > 3 ? `${titles.length} endpoints` : titles.join(', ');
};

/** Cells by what they say, the most frequent first. */
export function byReason(cells: readonly ProbeCell[]): [string, ProbeCell[]][] {
  const groups = new Map<string, ProbeCell[]>();
  for (const cell of cells) {
    const reason = oneLine(cell.reason).replace(/"instance":"[^"]*"/, '');
    groups.set(reason, [...(groups.get(reason) ?? []), cell]);
  }
  return [...groups].sort(([, one], [, other]) => other.length - one.length);
}

const reasons = (cells: readonly ProbeCell[]) =>
  byReason(cells).map(([reason, group]) => `- ${reason}: ${group.length} cells of ${endpointsOf(group)}`);
