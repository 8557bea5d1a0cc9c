import { SaxesParser } from 'saxes';
import { ImportFileError } from './errors.ts';
import { limits } from './limits.ts';
import { damaged } from './zip-archive.ts';

export interface XmlHandlers {
  /** Names come without their namespace prefix: some programs write `x:row`. */
  open?(name: string, attributes: Record<string, string>): void;
  text?(text: string): void;
  close?(name: string): void;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Runs XML through the handlers chunk by chunk and yields after each, so that the caller can hand on what they gathered.
 * Refuses document types, so there are no entities to expand or to fetch, and bounds what the parser may hold back.
 */
export async function* xmlEvents(chunks: AsyncIterable<Buffer>, handlers: XmlHandlers): AsyncGenerator<void> {
  const parser = new SaxesParser();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let depth = 0;
  let run = 0;

  parser.on('doctype', () => {
    throw new ImportFileError(
      'unsafe_content',
      'This workbook contains instructions that no normal workbook has, so we did not read it. Save it again in Excel as .xlsx.',
    );
  });
  parser.on('error', (error) => {
    throw damaged(error);
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (++depth > limits.xmlDepth) throw damaged('nested too deeply');
    run = 0;
    handlers.open?.(localName(name), attributes as Record<string, string>);
  });
  parser.on('text', (text) => handlers.text?.(text));
  parser.on('cdata', (text) => handlers.text?.(text));
  parser.on('closetag', ({ name }) => {
    depth--;
    run = 0;
    handlers.close?.(localName(name));
  });

  try {
    for await (const chunk of chunks) {
      run += chunk.length;
      if (run > limits.xmlRunBytes + chunk.length) throw damaged('a text or tag without end');
      parser.write(decoder.decode(chunk, { stream: true }));
      yield;
    }
    parser.write(decoder.decode());
    parser.close();
    yield;
  } catch (error) {
    throw error instanceof ImportFileError ? error : damaged(error);
  }
}

export async function readXml(chunks: AsyncIterable<Buffer>, handlers: XmlHandlers): Promise<void> {
  for await (const _ of xmlEvents(chunks, handlers));
}
