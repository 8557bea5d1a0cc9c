import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { projectRoot } from '../server/platform/project-root.ts';

/** The OpenAPI document of an app that is ready, as docs/openapi.json keeps it. */
export function apiDocument(app: FastifyInstance): string {
  return `${JSON.stringify(app.swagger(), null, 1)}\n`;
}

/** The TypeScript types of an OpenAPI document, which the web app's requests and answers are checked against. */
export function generateApiTypes(document: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-api-'));
  try {
    const source = join(folder, 'openapi.json');
    const target = join(folder, 'api.d.ts');
    writeFileSync(source, document);
    // It needs TypeScript 5's programming interface, so it lives in the tools workspace.
    const program = join(projectRoot, 'tools/node_modules/.bin/openapi-typescript');
    execFileSync(program, [source, '--output', target, '--default-non-nullable=false'], { stdio: 'pipe' });
    return readFileSync(target, 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
