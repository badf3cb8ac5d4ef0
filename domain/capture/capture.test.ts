// What a capture may take over, what minutes support while they are typed, and what two tablets make of one session.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeTable } from '../billing-tables/codes.ts';
import type { CodesFile } from '../billing-tables/codes-schema.ts';
import { blankIntervention, blankSession } from '../session/blank.ts';
import type { Intervention, Session } from '../session/schema.ts';
import { carriedFrom, confirmed, stillCarried, touched, withoutCarried } from './carry.ts';
import { chooseSection, mergeSessions } from './merge.ts';
import { checkMinutes, withTimedMinutes } from './minutes.ts';
import type { MinutesFacts } from './minutes.ts';

const codes = codeTable(
  JSON.parse(readFileSync(new URL('../../rules/billing-tables/codes.json', import.meta.url), 'utf8')) as CodesFile,
);
const { rows: assistantRules } = JSON.parse(
  readFileSync(new URL('../../rules/billing-tables/assistant-share.json', import.meta.url), 'utf8'),
) as { rows: NonNullable<MinutesFacts['assistant']>[] };
const facts: MinutesFacts = { codes, rule: 'cms', assistant: assistantRules.at(-1) ?? null };

const blank = blankSession({ ref: 'ses_today', patient: 'pat_one', date: '2026-06-01', kind: 'treatment' });
const did = (name: string, code: string | null, minutes: number | null, more: Partial<Intervention> = {}) => ({
  ...blankIntervention(name),
  code,
  minutes,
  ...more,
});
const of = (...interventions: Intervention[]): Session => ({ ...blank, interventions });

describe('the last session as a start', () => {
  const last: Session = {
    ...blank,
    ref: 'ses_last',
    date: '2026-05-28',
    pain: [{ when: 'before', score: 6, part: 'knee', side: 'left' }],
    interventions: [
      did('leg press', '97110', 12, { sets: 3, repetitions: 10, response: 'well', skills: ['verbal cues'] }),
    ],
    rangeOfMotion: [{ part: 'knee', motion: 'flexion', side: 'left', mode: 'active', degrees: 110 }],
    assessment: 'Gaining.',
  };
  const today = carriedFrom(last, blank);

  test('the dose is taken over and marked; minutes, response, skills, pain and words are of the day', () => {
    expect(today).toMatchObject({ ref: 'ses_today', date: '2026-06-01', pain: [], assessment: null });
    expect(today.interventions).toEqual([
      { ...did('leg press', '97110', null, { sets: 3, repetitions: 10 }), carriedForward: true },
    ]);
    expect(today.rangeOfMotion).toMatchObject([{ degrees: 110, carriedForward: true }]);
    expect(stillCarried(today)).toBe(2);
  });

  test('a touch takes the mark away, a tap confirms, and what nobody confirmed can be left out', () => {
    const [press] = today.interventions;
    if (press === undefined) throw new Error('nothing was carried');
    expect(touched(press, { sets: 4 })).toEqual(did('leg press', '97110', null, { sets: 4, repetitions: 10 }));
    const kept = { ...today, interventions: [confirmed(press)] };
    expect([stillCarried(kept), stillCarried(withoutCarried(kept))]).toEqual([1, 0]);
    expect(withoutCarried(kept)).toMatchObject({ interventions: [{ name: 'leg press' }], rangeOfMotion: [] });
  });

  test('setting a field takes back its own doubt only', () => {
    const unsure = [
      { field: 'sets', why: 'heard twice' },
      { field: 'minutes', why: 'unclear' },
    ];
    expect(touched({ ...did('squat', null, 5), unsure }, { sets: 2 }).unsure).toEqual([unsure[1]]);
  });
});

describe('minutes against units', () => {
  test('33 + 7 + 4 minutes are three units under the CMS rule', () => {
    const check = checkMinutes(of(did('a', '97110', 33), did('b', '97140', 7), did('c', '97112', 4)), facts);
    expect([check.timedMinutes, check.counts.map(({ totalUnits }) => totalUnits)]).toEqual([44, [3]]);
    expect(check.warnings.map(({ words }) => words)).toContain('97112 has minutes but supports no unit.');
  });

  test('where no rule is on file both are shown', () => {
    const check = checkMinutes(of(did('a', '97110', 8), did('b', '97140', 8)), { ...facts, rule: null });
    expect(check.counts.map(({ rule, totalUnits }) => [rule, totalUnits])).toEqual([
      ['cms', 1],
      ['midpoint', 2],
    ]);
  });

  test('a timed service without minutes leaves the sum unknown, never less', () => {
    const session = of(did('a', '97110', 15), did('b', '97140', null));
    const check = checkMinutes(session, facts);
    expect([check.timedMinutes, withTimedMinutes(session, check).timedMinutes]).toEqual([null, null]);
    expect(check.warnings).toContainEqual({ at: 1, words: 'b: its minutes are missing.' });
  });

  test('an untimed service is one unit beside them; its minutes belong to the total alone', () => {
    const check = checkMinutes({ ...of(did('a', '97110', 15), did('b', '97010', 10)), totalMinutes: 20 }, facts);
    expect([check.timedMinutes, check.untimed, check.writtenMinutes]).toEqual([15, ['97010'], 25]);
    expect(check.warnings.map(({ words }) => words)).toEqual([
      'The total time of 20 minutes is less than the 25 written down.',
    ]);
  });

  test('what the assistant gave carries the modifier, and supervision is asked for', () => {
    const clinicians: Session['clinicians'] = [
      { ref: 'usr_pt', credential: 'PT' },
      { ref: 'usr_pta', credential: 'PTA' },
    ];
    const session = { ...of(did('a', '97110', 30, { by: 'usr_pta' }), did('b', '97140', 15)), clinicians };
    const { counts, warnings } = checkMinutes(session, facts);
    expect(counts[0]?.assistantShare).toMatchObject({ modifier: 'CQ', services: [{ code: '97110', modified: 2 }] });
    expect(warnings.map(({ words }) => words)).toContain('A PTA treated: how they were supervised is missing.');
  });

  test('a code of another day or without a code is said, not guessed', () => {
    const words = checkMinutes(of(did('a', '97127', 15), did('b', null, 10)), facts).warnings.map((one) => one.words);
    expect(words.slice(0, 2)).toEqual(['a: its code is not one of that day.', 'b: has minutes but no code.']);
  });
});

describe('two tablets on one session', () => {
  const mine = { ...of(did('squat', '97110', 10)), assessment: 'Tolerated.' };
  const theirs = { ...of(did('bridge', '97110', 12)), plan: 'Continue.' };

  test('what one side alone changed is taken; what both changed is asked', () => {
    const { merged, clashes } = mergeSessions(blank, mine, theirs);
    expect(merged).toMatchObject({ assessment: 'Tolerated.', plan: 'Continue.' });
    expect(clashes).toEqual(['interventions']);
  });

  test('both may be kept, each entry once', () => {
    const { merged } = mergeSessions(blank, mine, theirs);
    const names = (record: Session): string[] => record.interventions.map(({ name }) => name);
    expect(names(chooseSection(merged, 'interventions', 'both', { mine, theirs }))).toEqual(['bridge', 'squat']);
    expect(names(chooseSection(merged, 'interventions', 'theirs', { mine, theirs }))).toEqual(['bridge']);
    expect(names(chooseSection(merged, 'interventions', 'both', { mine, theirs: mine }))).toEqual(['squat']);
  });

  test('no words of either side are gone unless both changed that section', () => {
    const words = fc.option(fc.string({ minLength: 1 }), { nil: null });
    const record = fc.record({ assessment: words, plan: words, totalMinutes: fc.option(fc.nat(90), { nil: null }) });
    fc.assert(
      fc.property(record, record, record, (base, left, right) => {
        const full = (of: Partial<Session>): Session => ({ ...blank, ...of });
        const { merged, clashes } = mergeSessions(full(base), full(left), full(right));
        for (const section of ['assessment', 'plan', 'totalMinutes'] as const) {
          if (clashes.includes(section)) continue;
          const changedLeft = left[section] !== base[section];
          expect(merged[section]).toBe(changedLeft ? left[section] : right[section]);
        }
      }),
    );
  });
});
