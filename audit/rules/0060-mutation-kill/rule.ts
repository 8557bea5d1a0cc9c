import { defineRule, type Finding } from '../../rule.ts';

export default defineRule({
  number: 60,
  name: 'mutation-kill',
  severity: 'high',
  part: 'api',
  title: 'Each defect that was seeded turned its rule red, and each rule has such a defect',
  application: async (application) => {
    const rate = application.killRate;
    if (rate === undefined)
      return { findings: [], unchecked: 'no mutation test was recorded here: npm run audit:mutation' };
    const findings: Finding[] = [];
    for (const [area, { seeded, killed, known }] of Object.entries(rate.areas)) {
      if (killed + known < seeded)
        findings.push(finding(area, `${seeded - killed - known} of ${seeded} seeded defects turned no rule red`));
    }
    for (const [what, reason] of Object.entries(rate.survivors))
      if (reason === '') findings.push(finding(what, 'survives, and nobody said why that is known and left'));
    for (const { number, name } of application.rules)
      if (!rate.rules[number])
        findings.push(finding(`${number} ${name}`, 'has no defect that turned it red: it may be blind'));
    return findings;
  },
});

const finding = (object: string, message: string): Finding => ({
  object,
  message,
  mend: '-- make the rule see it, or seed a defect in the rule’s offences.ts; then npm run audit:mutation',
});
