import { NO_SOURCES } from '../../application/reasons.ts';
import { defineRule } from '../../rule.ts';
import { inFolder } from './in-folder.ts';
import { inSources } from './in-sources.ts';

export default defineRule({
  number: 54,
  name: 'file-key',
  severity: 'high',
  part: 'api',
  title: 'Every stored file lies under its company, by a name that nobody typed',
  application: async ({ sources, dataFolder }, { client }) => {
    const findings = await inFolder(client, dataFolder);
    if (sources === undefined) return { findings, unchecked: NO_SOURCES };
    return [...findings, ...inSources(sources)];
  },
});
