// A signed note is filed once, waits through an outage for a day, then a person has it; what a person took up no flow changes.
import { describe, expect, test } from 'vitest';
import { nextFilingMove, settleFiling } from './course.ts';
import type { Filing, FilingWord } from './course.ts';

const signedAt = '2026-11-18T21:15:00.000Z';
const at = (hours: number): string => new Date(Date.parse(signedAt) + hours * 3_600_000).toISOString();
const signed: Filing = { state: 'waiting', signedAt, notBefore: null, reason: null };
const away: FilingWord = { kind: 'again', reason: 'vendor.unavailable' };

describe('a signed note', () => {
  test('is handed on at once and is over when it is filed', () => {
    expect(nextFilingMove(signed, at(0))).toEqual({ kind: 'file' });
    const filed = settleFiling(signed, { kind: 'filed' }, at(0));
    expect(nextFilingMove(filed, at(0))).toEqual({ kind: 'over' });
  });

  test('waits a quarter of an hour for a system that is away, and after a day a person enters it', () => {
    const waiting = settleFiling(signed, away, at(0));
    expect(nextFilingMove(waiting, at(0))).toEqual({ kind: 'wait', until: at(0.25) });
    expect(nextFilingMove(waiting, at(0.25))).toEqual({ kind: 'file' });
    expect(settleFiling(waiting, away, at(23.9)).state).toBe('waiting');
    expect(settleFiling(waiting, away, at(24))).toMatchObject({ state: 'byHand', reason: 'vendor.unavailable' });
  });

  test('that was refused is entered by a person, who is waited for', () => {
    const byHand = settleFiling(signed, { kind: 'refused', reason: 'vendor.rejected' }, at(0));
    expect(byHand).toMatchObject({ state: 'byHand', reason: 'vendor.rejected' });
    expect(nextFilingMove(byHand, at(1))).toEqual({ kind: 'wait', until: at(25) });
  });

  test('in doubt is asked after no sooner than the vendor can tell, and doubt alone never makes it a person’s', () => {
    const doubt = settleFiling(signed, { kind: 'uncertain', inquireAt: at(1) }, at(0));
    expect(nextFilingMove(doubt, at(0.5))).toEqual({ kind: 'wait', until: at(1) });
    expect(settleFiling(doubt, { kind: 'uncertain', inquireAt: null }, at(48)).state).toBe('uncertain');
    expect(settleFiling(doubt, { kind: 'filed' }, at(48)).state).toBe('filed');
  });

  test('that a person took up, or that is over, is changed by no later word but that it arrived', () => {
    const byHand = settleFiling(signed, { kind: 'refused', reason: 'vendor.rejected' }, at(0));
    for (const word of [away, { kind: 'shadow' }, { kind: 'uncertain', inquireAt: null }] as const)
      expect(settleFiling(byHand, word, at(1))).toBe(byHand);
    expect(settleFiling(byHand, { kind: 'filed' }, at(1)).state).toBe('filed');
    const unneeded: Filing = { ...signed, state: 'notNeeded' };
    expect(settleFiling(unneeded, { kind: 'filed' }, at(1))).toBe(unneeded);
  });
});
