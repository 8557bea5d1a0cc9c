import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Plugin } from 'vite';

/** A classic script that runs before the first paint, as a file with a hashed name: a module would run too late. */
export function earlyScript(file: string): Plugin {
  const name = basename(file);
  return {
    name: 'early-script',
    buildStart() {
      if (this.environment.mode !== 'build') return;
      this.emitFile({ type: 'asset', name, source: readFileSync(file, 'utf8') });
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        const built = Object.values(bundle ?? {}).find(
          (output) => output.type === 'asset' && output.names.includes(name),
        );
        const src = `/${built?.fileName ?? name}`;
        return [{ tag: 'script', attrs: { src }, injectTo: 'head-prepend' }];
      },
    },
  };
}
