import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../report/format.ts';
import { attackKinds } from '../attacks/index.ts';
import { countsOf, OUTCOMES, type ProbeResult } from '../result.ts';
import { renderProbe } from './formats.ts';

/** A result with a cell of each outcome, in which whatever a document or a server may say is made by `say`. */
function resultOf(say: (text: string) => string): ProbeResult {
  const path = say('/contacts/{contact_id}');
  const attacks = attackKinds.slice(0, OUTCOMES.length).map(({ number, name }) => ({ number, name }));
  const cells = attacks.map(({ number, name }, i) => ({
    endpoint: `GET ${path}`,
    number,
    attack: name,
    outcome: OUTCOMES[i]!,
    attempts: 1,
    reason: say('its name came back'),
    ...(i === 0 && { reproduction: say('curl -X GET "$URL"') }),
  }));
  return {
    format: 'bulkhead-probe/1',
    startedAt: '2026-11-21T15:00:00.000Z',
    finishedAt: '2026-11-21T15:05:00.000Z',
    target: { url: say('http://127.0.0.1/'), title: say('A shop'), version: say('1') },
    endpoints: [{ method: 'GET', path, scope: 'company' }],
    attacks,
    cells,
    counts: countsOf(cells),
    requests: 9,
    stopped: say('it answers no longer'),
    leftBehind: [say('/contacts/1')],
  };
}

/** ESC, CR, LF, an 8-bit CSI, a turn of direction and a separator of lines. */
const EVIL = '\u001b[2J\r\nFORGED\n\rFORGED\u009b1A\u202e\u2028FORGED';

describe.each(FORMATS)('as %s', (format) => {
  it('obeys nothing that stands in a path, an answer or a title', () => {
    const text = renderProbe(
      resultOf((text) => `${text}${EVIL}`),
      format,
    );
    expect(text).toContain('FORGED');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is meant
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u2028]/);
    // A page tells a reason in its lines, within its element.
    if (format !== 'html') expect(text.split('\n').filter((line) => /^FORGED/.test(line))).toEqual([]);
  });
});

it('Markdown keeps paths and answers inside their cells and their code', () => {
  const text = renderProbe(
    resultOf((text) => `${text}|<b>\`x\``),
    'markdown',
  );
  expect(text).toContain('| `` GET /contacts/{contact_id}\\|<b>`x` `` | LEAK | held | ? | · |');
  expect(text).toContain('its name came back\\|\\<b\\>\\`x\\`');
  expect(text).toContain('  `` curl -X GET "$URL"|<b>`x` ``');
});
