import type TypeScript from '../../tools/node_modules/typescript/lib/typescript.d.ts';
import type { Sources } from './sources.ts';

export interface Field {
  /** As it is written: `Generated<string | null>`. */
  type: string;
  nullable: boolean;
  /** The words that a text is limited to, where its type is some words. */
  words: string[];
}

/** The row types of db/types.ts, by table and column; undefined where the file is not there. */
export function rowTypes(sources: Sources): Map<string, Map<string, Field>> | undefined {
  const { ts } = sources;
  const file = sources.file('db/types.ts');
  if (file === undefined) return undefined;
  const interfaces = new Map<string, TypeScript.InterfaceDeclaration>();
  for (const statement of file.statements)
    if (ts.isInterfaceDeclaration(statement)) interfaces.set(statement.name.text, statement);
  const tables = new Map<string, Map<string, Field>>();
  for (const member of interfaces.get('DB')?.members ?? []) {
    if (!ts.isPropertySignature(member) || member.type === undefined) continue;
    const row = interfaces.get(member.type.getText());
    const name = member.name.getText().replaceAll(/['"]/g, '');
    tables.set(name, new Map((row?.members ?? []).flatMap((field) => fieldOf(ts, field))));
  }
  return tables;
}

function fieldOf(ts: typeof TypeScript, member: TypeScript.TypeElement): [string, Field][] {
  if (!ts.isPropertySignature(member) || member.type === undefined) return [];
  const type = member.type.getText();
  const words = [...type.matchAll(/"([^"]*)"/g)].map(([, word = '']) => word).sort();
  return [[member.name.getText(), { type, nullable: /\bnull\b/.test(type), words }]];
}
