import type { FastifyInstance } from 'fastify';
import { explanations } from './problem-texts.ts';
import { notFound, type ProblemKind, problemKinds } from './problems.ts';

const kinds = Object.keys(problemKinds) as ProblemKind[];
const REQUEST = '0b5c1f4e-6f0e-4c8a-9d43-2f8f6f0c7a11';

function exampleOf(kind: ProblemKind): string {
  const { example } = explanations[kind];
  const headers = Object.entries(example.headers).map(([name, value]) => `${name}: ${value}\n`);
  return `HTTP/1.1 ${example.status}
content-type: application/problem+json
${headers.join('')}
${JSON.stringify(example.toDocument(REQUEST), null, 2)}`;
}

/** The files of docs/problems/, by name. */
export function problemDocs(): Map<string, string> {
  const docs = kinds.map((kind): [string, string] => {
    const [status, title] = problemKinds[kind];
    const { means, todo } = explanations[kind];
    return [
      `${kind}.md`,
      `# ${title}
\`/problems/${kind}\`, status ${status}

${means}

## What to do
${todo}

## Example
\`\`\`http
${exampleOf(kind)}
\`\`\`
`,
    ];
  });
  const rows = kinds.map((kind) => `| [${kind}](${kind}.md) | ${problemKinds[kind][0]} | ${problemKinds[kind][1]} |`);
  docs.push([
    'README.md',
    `# Problems
Every failure is answered with a problem document ([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)). Its \`type\` is stable:
programs compare it, people open it, for the server has a page at that address. \`detail\` is for people, and changes.
\`instance\` identifies the request in the operator's log.

| type | status | title |
|---|---|---|
${rows.join('\n')}
`,
  ]);
  return new Map(docs);
}

/** The page of each type of problem, at the address that the type is. */
export function addProblemPages(app: FastifyInstance): void {
  const route = { config: { scope: 'public' }, schema: { hide: true } } as const;
  app.get('/problems', route, (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .send(
        page(
          'Problems',
          `<ul>${kinds.map((kind) => `<li><a href="/problems/${kind}">${kind}</a>: ${problemKinds[kind][1]}</li>`).join('')}</ul>`,
        ),
      ),
  );
  app.get('/problems/:kind', route, (request, reply) => {
    const { kind } = request.params as { kind: ProblemKind };
    if (!Object.hasOwn(problemKinds, kind)) throw notFound();
    const { means, todo } = explanations[kind];
    const body = `<p><code>/problems/${kind}</code>, status ${problemKinds[kind][0]}</p>
<p>${prose(means)}</p>
<h2>What to do</h2>
<p>${prose(todo)}</p>
<h2>Example</h2>
<pre tabindex="0" style="overflow:auto">${escaped(exampleOf(kind))}</pre>
<p><a href="/problems">All types of problem</a></p>`;
    return reply.type('text/html; charset=utf-8').send(page(problemKinds[kind][1], body));
  });
}

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} - Bulkhead</title></head>
<body style="max-width:44rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif;color-scheme:light dark">
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const prose = (text: string): string => escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>');
