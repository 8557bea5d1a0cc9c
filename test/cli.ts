import { vi } from 'vitest';
import { programOf } from '../cli/program.ts';
import { toolsOf } from '../cli/tools.ts';

/** Runs a command of `bulkhead` on a test's database. */
export async function bulkhead(adminUrl: string, ...args: string[]): Promise<{ code: number; said: string }> {
  const lines: string[] = [];
  const hear = (text: unknown) => void lines.push(String(text));
  const spies = [vi.spyOn(console, 'log'), vi.spyOn(console, 'error')].map((spy) => spy.mockImplementation(hear));
  let code = 0;
  const tools = toolsOf(
    (ended) => {
      code = ended;
    },
    (work) => work({ adminUrl, publicUrl: 'http://localhost:8000' }),
  );
  try {
    await (await programOf(tools)).parseAsync(args, { from: 'user' });
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return { code, said: lines.join('\n') };
}
