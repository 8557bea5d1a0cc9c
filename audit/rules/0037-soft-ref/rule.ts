import { defineRule, type Finding } from '../../rule.ts';
import { gapsOf } from '../../walk.ts';
import { collect } from './collect.ts';
import { givenReferences, numbersUnnamed } from './given.ts';
import { ownersIn } from './lookups.ts';
import { sources } from './sources.ts';
import { targetsOf } from './targets.ts';

export default defineRule({
  number: 37,
  name: 'soft-ref',
  severity: 'high',
  part: 'leaks',
  title: "No id without a foreign key names another company's row",
  check: async (auditor) => {
    const gaps: (string | undefined)[] = [];
    const findings: Finding[] = [];
    const all = await targetsOf(auditor);
    const targets = all.filter(({ visible }) => visible);
    for (const { name, visible } of all) if (!visible) gaps.push(`${name} is hidden from the auditor`);
    const homeless = [];
    for (const source of all.length === 0 ? [] : await sources(auditor)) {
      const { rest, gap } = await collect(auditor, source, targets);
      gaps.push(gap);
      // The same id may stand on several pages.
      const once = new Map(rest.map((mention) => [`${mention.column} ${mention.tenant} ${mention.id}`, mention]));
      for (const mention of once.values()) homeless.push({ ...mention, table: source.table });
    }
    const ids = [...new Set(homeless.map(({ id }) => id))];
    for (const target of ids.length === 0 ? [] : targets) {
      const owners = await ownersIn(auditor, target, ids);
      const strays = new Map<string, typeof homeless>();
      for (const mention of homeless) {
        const owner = owners.get(mention.id);
        if (owner === undefined || owner === mention.tenant) continue;
        const place = `${mention.table}.${mention.column}`;
        const those = strays.get(place);
        if (those) those.push(mention);
        else strays.set(place, [mention]);
      }
      for (const [place, [first, ...others]] of strays) {
        findings.push({
          object: place,
          message: `${1 + others.length} ids in it are of rows of ${target.name} of another tenant`,
          mend: `-- select * from ${first?.table} where ${first?.column}::text like '%${first?.id}%'`,
        });
      }
    }
    await givenReferences(auditor, findings, gaps);
    gaps.push(...(await numbersUnnamed(auditor)));
    findings.sort((a, b) => (a.object < b.object ? -1 : 1));
    const looked = targets.length > 0 || (auditor.subject.softReferences ?? []).length > 0;
    if (looked || gaps.some((gap) => gap !== undefined)) return { findings, ...gapsOf(gaps) };
    return {
      findings,
      inapplicable: 'Ids are numbers here, and no column without a foreign key is called as if it held one.',
    };
  },
});
