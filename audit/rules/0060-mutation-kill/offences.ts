import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  {
    what: 'an area in which a defect survived',
    application: ({ killRate }) => ({
      killRate: { rules: {}, survivors: {}, ...killRate, areas: { policies: { seeded: 10, killed: 9, known: 0 } } },
    }),
  },
  {
    what: 'a survivor of which nobody says why',
    application: ({ killRate }) => ({
      killRate: { areas: {}, rules: {}, ...killRate, survivors: { 'a policy that is true': '' } },
    }),
  },
  {
    what: 'a rule that never was seen to turn red',
    application: ({ killRate }) => ({
      killRate: { areas: {}, survivors: {}, ...killRate, rules: { ...killRate?.rules, 48: 0 } },
    }),
  },
]);
