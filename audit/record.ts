import { renameSync, writeFileSync } from 'node:fs';

/** Whether tests that measure the auditor and the attacker write down what they came to; else they compare. */
export const isRecording = process.env.BULKHEAD_RECORD === '1';

/** Writes a file that is there whole at any moment. */
export function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}
