import { code, plain } from '../../report/markdown.ts';
import type { Cell } from '../matrix.ts';
import type { ProbeResult } from '../result.ts';
import { OUTCOMES } from '../result.ts';
import { rowsOf } from './rows.ts';

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
  const { attacks } = result;
  const row = (parts: string[]) => `| ${parts.join(' | ')} |`;
  const table = [
    row(['endpoint', ...attacks.map(({ number }) => String(number))]),
    row(['---', ...attacks.map(() => '---')]),
    ...rowsOf(result).map(({ title, cells }) =>
      row([code(title).replaceAll('|', '\\|'), ...cells.map(({ outcome }) => SIGNS[outcome])]),
    ),
  ];
  return [
    `# Isolation of ${plain(result.target.title)}, attacked from outside`,
    '',
    `${plain(result.target.url)}, ${result.startedAt} to ${result.finishedAt}: ${OUTCOMES.map((outcome) => `${result.counts[outcome]} ${outcome}`).join(', ')}.`,
    ...(result.stopped ? ['', `**Stopped:** ${plain(result.stopped)}`] : []),
    '',
    ...section(
      'Leaks',
      of(result, 'leaked').map(
        (cell) =>
          `- ${code(cell.endpoint)}, ${cell.number} ${cell.attack}: ${plain(oneLine(cell.reason))}${cell.reproduction ? `\n  ${code(cell.reproduction)}` : ''}`,
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

export const of = ({ cells }: ProbeResult, outcome: Cell['outcome']) =>
  cells.filter((cell) => cell.outcome === outcome);
export const oneLine = (text: string) => text.replace(/\s+/g, ' ').slice(0, 400);
const section = (title: string, lines: string[]) => (lines.length === 0 ? [] : [`## ${title}`, '', ...lines, '']);
export const endpointsOf = (cells: readonly Cell[]) => {
  const titles = [...new Set(cells.map(({ endpoint }) => endpoint))];
  return titles.length > 3 ? `${titles.length} endpoints` : titles.join(', ');
};

/** Cells by what they say, the most frequent first. */
export function byReason(cells: readonly Cell[]): [string, Cell[]][] {
  const groups = new Map<string, Cell[]>();
  for (const cell of cells) {
    const reason = oneLine(cell.reason).replace(/"instance":"[^"]*"/, '');
    groups.set(reason, [...(groups.get(reason) ?? []), cell]);
  }
  return [...groups].sort(([, one], [, other]) => other.length - one.length);
}

const reasons = (cells: readonly Cell[]) =>
  byReason(cells).map(([reason, group]) => `- ${plain(reason)}: ${group.length} cells of ${plain(endpointsOf(group))}`);
