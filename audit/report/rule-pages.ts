import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../server/platform/project-root.ts';
import type { Rule } from '../rule.ts';
import { PART_TITLES } from './texts.ts';

/** What every rule's page says, in this order. */
export const SECTIONS = ['What goes wrong', 'Why it matters', 'See it yourself', 'Mend'] as const;
export type Section = (typeof SECTIONS)[number];

type Named = Pick<Rule, 'number' | 'name'>;

/** `0041-unique-global`: its folder, and the name of its page. */
export const slugOf = ({ number, name }: Named): string => `${String(number).padStart(4, '0')}-${name}`;

/** The rule's page as it was written, without its heading; undefined where it has none. */
export function readPage(rule: Named): string | undefined {
  const file = join(projectRoot, 'audit/rules', slugOf(rule), 'README.md');
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** The sections of a page by their titles. */
export function sectionsOf(page: string): Partial<Record<Section, string>> {
  const sections: Partial<Record<Section, string>> = {};
  for (const part of page.split(/^## /m).slice(1)) {
    const [title = '', ...lines] = part.split('\n');
    sections[title.trim() as Section] = lines.join('\n').trim();
  }
  return sections;
}

/** What goes wrong where the rule does not hold, as one paragraph. */
export function wrongOf(rule: Named): string | undefined {
  const page = readPage(rule);
  return page && sectionsOf(page)['What goes wrong']?.split('\n\n')[0]?.replaceAll('\n', ' ');
}

/** The files of docs/rules/, by name. */
export function ruleDocs(rules: readonly Rule[]): Map<string, string> {
  const docs = new Map<string, string>();
  for (const rule of rules) {
    const body = (readPage(rule) ?? '').replace(/^# .*\n/, '').trim();
    docs.set(
      `${slugOf(rule)}.md`,
      `# ${rule.number} ${rule.name}
Severity **${rule.severity}** · part *${PART_TITLES[rule.part]}* · [all rules](README.md)

${body}
`,
    );
  }
  docs.set('README.md', indexOf(rules));
  return docs;
}

function indexOf(rules: readonly Rule[]): string {
  const parts = Object.entries(PART_TITLES).flatMap(([part, title]) => {
    const those = rules.filter((rule) => rule.part === part);
    if (those.length === 0) return [];
    const rows = those.map(
      (rule) => `| ${rule.number} | [${rule.name}](${slugOf(rule)}.md) | ${rule.severity} | ${rule.title} |`,
    );
    return [`## ${title}\n| rule | name | severity | what holds |\n|---|---|---|---|\n${rows.join('\n')}\n`];
  });
  return `# The rules of the auditor
\`bulkhead audit\` asks these ${rules.length} of a database. Each has a number that never changes, and a page: what goes wrong, why it matters, how to see it
oneself, how to mend it. \`bulkhead rules\` lists them, \`bulkhead rules 41\` shows a page. These pages are generated from \`audit/rules/\` by
\`npm run generate\`.

${parts.join('\n')}`;
}
