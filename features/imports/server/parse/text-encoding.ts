import { isAscii } from 'node:buffer';
import { createReadStream } from 'node:fs';
import iconv from 'iconv-lite';

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

const chunkBytes = 256 * 1024;

/** Reads the whole file once: the first umlaut may stand in the last row. */
export async function detectEncoding(path: string, head: Buffer): Promise<TextEncoding> {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const wide = utf16WithoutMark(head);
  if (wide) return wide;

  const decoder = iconv.getDecoder('utf-8');
  let damaged = 0;
  let sound = 0;
  const count = (text: string | undefined) => {
    for (const run of text?.match(/\P{ASCII}+/gu) ?? []) {
      for (const char of run) char === '\uFFFD' ? damaged++ : sound++;
    }
  };
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes })) {
    const text = decoder.write(chunk);
    if (!isAscii(chunk)) count(text);
  }
  count(decoder.end());
  // A few broken characters among many sound ones: UTF-8 that was cut or pasted together, not another encoding.
  return damaged === 0 || sound > damaged * 10 ? 'utf-8' : 'windows-1252';
}

function utf16WithoutMark(head: Buffer): TextEncoding | undefined {
  if (head.length < 4) return undefined;
  const zeros = [0, 0];
  for (let i = 0; i < head.length; i++) if (head[i] === 0) zeros[i % 2]!++;
  const pairs = head.length / 2;
  if (zeros[1]! > pairs * 0.6 && zeros[0]! < pairs * 0.1) return 'utf-16le';
  if (zeros[0]! > pairs * 0.6 && zeros[1]! < pairs * 0.1) return 'utf-16be';
  return undefined;
}

/** The file as text, without its byte order mark. */
export async function* readText(path: string, encoding: TextEncoding): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(encoding);
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes })) {
    const text = decoder.write(chunk);
    if (text !== '') yield text;
  }
  const rest = decoder.end();
  if (rest) yield rest;
}
