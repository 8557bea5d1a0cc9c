import { headerWords } from './header-words.ts';
import { google } from './systems/google.ts';
import { hubspot } from './systems/hubspot.ts';
import { outlook } from './systems/outlook.ts';
import { pipedrive } from './systems/pipedrive.ts';
import { salesforce } from './systems/salesforce.ts';
import { joinedWords, type System } from './systems/system.ts';

const systems = [hubspot, salesforce, pipedrive, google, outlook];

/** The system whose own headers appear most; two of them are needed, one can be chance. */
export function detectSystem(headers: string[]): System | undefined {
  const present = new Set(headers.map((header) => joinedWords(headerWords(header))));
  let best: { system: System; hits: number } | undefined;
  for (const system of systems) {
    const hits = new Set(system.signature.filter((header) => present.has(header))).size;
    if (hits >= 2 && hits > (best?.hits ?? 0)) best = { system, hits };
  }
  return best?.system;
}
