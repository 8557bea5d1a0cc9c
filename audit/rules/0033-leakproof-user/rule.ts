import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 33,
  name: 'leakproof-user',
  severity: 'high',
  part: 'schema',
  title: 'No function of ours claims to be leakproof',
  sql: `
    select r.name as object, 'is run below the policies, on other companies'' rows too' as message,
      format('alter function %s not leakproof', r.name) as mend
    from routines r
    where r.proleakproof`,
});
