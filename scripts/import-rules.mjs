/** Files that are no part of what is served: they may look anywhere. */
const ASIDE =
  '\\.test\\.tsx?$|/fixtures/|/testing[./]|^(test|audit|bench|db|cli|adopt|operations|migrate-from|scripts)/';

/** The arrows of docs/architecture.md, for dependency-cruiser. */
export const rules = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or lack a third.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'contracts-know-nothing',
      comment: 'contracts/ holds the atoms that everything shares.',
      from: { path: '^contracts/', pathNot: ASIDE },
      to: { path: '^(features|server|web|audit|db|test)/' },
    },
    {
      name: 'feature-contracts-know-contracts',
      comment: 'A contract is read by the browser too: it knows other contracts, and nothing of server or web.',
      from: { path: '^features/[^/]+/contract\\.ts$' },
      to: { path: '^(features|server|web|audit|db|test)/', pathNot: '^features/[^/]+/contract\\.ts$' },
    },
    {
      name: 'the-house-knows-no-feature',
      comment: 'Only app, worker and router find features, and they find them by folder.',
      from: { path: '^(server|web)/', pathNot: ASIDE },
      to: { path: '^features/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'the-server-knows-no-web',
      from: { path: '^(server|features/[^/]+/server)/', pathNot: ASIDE },
      to: { path: '^(web|features/[^/]+/web)/' },
    },
    {
      name: 'the-web-knows-no-server',
      comment: 'What the browser runs knows the contracts, and asks the API for the rest.',
      from: { path: '^(web|features/[^/]+/web)/', pathNot: ASIDE },
      to: { path: '^(server|db|features/[^/]+/server|features/[^/]+/tables\\.ts)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'features-call-services',
      comment: "A feature calls another's service, which keeps its rules; never its queries, which do not.",
      from: { path: '^features/([^/]+)/server/', pathNot: ASIDE },
      to: { path: '^features/[^/]+/server/', pathNot: '^features/($1/|[^/]+/server/[^/]*service\\.ts$)' },
    },
    {
      name: 'platform-and-tenancy-only',
      comment: "Features build on the server's platform and tenancy; the app, main and worker build on features.",
      from: { path: '^features/', pathNot: ASIDE },
      to: { path: '^server/', pathNot: '^server/(platform|tenancy)/' },
    },
    {
      name: 'one-door-to-the-database',
      comment: 'Nothing but tenancy touches the driver: whoever has a connection can leave a company out.',
      from: {
        path: '^(server|features|contracts|web)/',
        pathNot: `${ASIDE}|^server/tenancy/|^server/platform/(database\\.ts$|postgres/)`,
      },
      to: { path: 'node_modules/pg(-pool)?/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'the-pool-stays-in-tenancy',
      comment: 'Only those who start a process make a door; all others are handed one.',
      from: {
        path: '^(server|features|contracts|web)/',
        pathNot: `${ASIDE}|^server/tenancy/|^server/(main|worker)\\.ts$`,
      },
      to: { path: '^server/tenancy/(pool|lanes|tenant-query)\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'the-auditor-knows-no-command',
      comment: 'audit/ is used by the command, by the process that audits and by the pages: it knows none of them.',
      from: { path: '^audit/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(cli|web|bench)/' },
    },
    {
      name: 'served-of-the-auditor',
      comment: 'What is served shows reports and asks for runs; audits run in a process of their own.',
      from: { path: '^(server|features)/', pathNot: `${ASIDE}|^server/(auditor|prober)\\.ts$` },
      to: {
        path: '^audit/',
        pathNot: '^audit/((probe/)?report/|(probe/own/)?runs\\.ts$)',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'nothing-served-imports-tests',
      from: { path: '^(server|features|contracts|web)/', pathNot: ASIDE },
      to: { path: '\\.test\\.tsx?$|^test/' },
    },
  ],
};
