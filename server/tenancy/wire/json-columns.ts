import pg from 'pg';
import { types } from '../columns.ts';

const { builtins } = pg.types;
const plain = types.getTypeParser(builtins.TEXT, 'text');

type Kind = 'text' | 'bare' | 'boolean' | 'time' | 'list' | 'hidden' | 'parsed';

const TEXT_LISTS: ReadonlySet<number> = new Set([1009, 1015, 2951]);

function kindOf({ name, dataTypeID }: pg.FieldDef): Kind {
  if (name.startsWith('$')) return 'hidden';
  if (dataTypeID === builtins.BOOL) return 'boolean';
  if (dataTypeID === builtins.TIMESTAMPTZ) return 'time';
  if (dataTypeID === builtins.JSON || dataTypeID === builtins.JSONB) return 'bare';
  if (dataTypeID === builtins.INT2 || dataTypeID === builtins.INT4 || dataTypeID === builtins.INT8) return 'bare';
  if (dataTypeID === builtins.DATE || types.getTypeParser(dataTypeID, 'text') === plain) return 'text';
  return TEXT_LISTS.has(dataTypeID) ? 'list' : 'parsed';
}

/** Bytes that are written again and again: by fours, so up to three of no meaning behind the last, soon written over. */
export interface Piece {
  words: Int32Array;
  length: number;
}

export function pieceOf(text: string): Piece {
  const bytes = Buffer.from(text);
  const padded = Buffer.alloc(Math.ceil(bytes.length / 4) * 4);
  bytes.copy(padded);
  return {
    words: Int32Array.from({ length: padded.length / 4 }, (_, i) => padded.readInt32BE(i * 4)),
    length: bytes.length,
  };
}

export interface JsonColumn {
  name: string;
  kind: Kind;
  /** `"name":`, with the comma or brace before it. */
  key: Piece;
  keyAndNull: Piece;
  parse: (text: string) => unknown;
}

/** How the rows of one statement become JSON. A column whose name begins with $ is not shown: see JsonRows.hidden. */
export function jsonColumns(fields: readonly pg.FieldDef[]): readonly JsonColumn[] {
  let shown = 0;
  return fields.map((field) => {
    const { name, dataTypeID } = field;
    const kind = kindOf(field);
    const key = `${shown === 0 ? '{' : ','}${JSON.stringify(name)}:`;
    if (kind !== 'hidden') shown += 1;
    const parse = types.getTypeParser(dataTypeID, 'text') as (text: string) => unknown;
    return { name, kind, key: pieceOf(key), keyAndNull: pieceOf(`${key}null`), parse };
  });
}
