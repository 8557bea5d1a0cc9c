import { styleText } from 'node:util';
import { discoverRules } from '../../audit/inspect.ts';
import { readPage } from '../../audit/report/rule-pages.ts';
import { PART_TITLES } from '../../audit/report/texts.ts';
import { PARTS } from '../../audit/rule.ts';
import type { AddCommand } from '../command.ts';

const add: AddCommand = (program, { run }) => {
  program
    .command('rules [rule]')
    .description(
      'lists what the audit asks; with a rule’s number or name, shows its page: what goes wrong, why, how to see it and how to mend it',
    )
    .action((wanted?: string) =>
      run(async () => {
        const rules = await discoverRules();
        const bold = (text: string) =>
          process.stdout.isTTY === true && !process.env.NO_COLOR ? styleText('bold', text) : text;
        if (wanted === undefined) {
          for (const part of PARTS) {
            const those = rules.filter((rule) => rule.part === part);
            if (those.length > 0) console.log(bold(PART_TITLES[part]));
            for (const { number, name, severity, title } of those)
              console.log(`${String(number).padStart(4)}  ${severity.padEnd(8)}  ${name.padEnd(24)}  ${title}`);
          }
          return 0;
        }
        const rule = rules.find(({ number, name }) => String(number) === wanted || name === wanted);
        if (!rule) {
          console.error(`There is no rule ${wanted}. \`bulkhead rules\` lists them.`);
          return 2;
        }
        console.log(readPage(rule)?.trimEnd() ?? `# ${rule.number} ${rule.name}\n${rule.title}.`);
        return 0;
      }),
    );
};
export default add;
