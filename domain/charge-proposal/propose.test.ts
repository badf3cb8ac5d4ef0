// Charges out of a captured session: CMS's worked example, what cannot be counted is asked, an assistant's units are told apart.
import { expect, test } from 'vitest';
import { assistantRules, codes, unitRuleRows } from '../../rules/testing/unit-rules.ts';
import { blankIntervention, blankSession } from '../session/blank.ts';
import type { Intervention, Session } from '../session/schema.ts';
import { assistantRuleOn, unitRuleOf } from '../units/rule-schema.ts';
import { chargeDifferences } from './compare.ts';
import { proposeCharges } from './propose.ts';

const on = '2026-06-01';
const rule = unitRuleOf(unitRuleRows, { payer: null, lineOfBusiness: 'medicare', on });
const rules = { codes, rule, assistant: assistantRuleOn(assistantRules, on) };

function given(code: string | null, minutes: number | null, by: string | null = null): Intervention {
  return { ...blankIntervention('knee extension'), code, minutes, by };
}

function day(interventions: Intervention[], changes: Partial<Session> = {}): Session {
  const is = { ref: 'ses_1', patient: 'pat_1', date: on, kind: 'treatment' } as const;
  return { ...blankSession(is), interventions, ...changes };
}

const unitsOf = (session: Session, by = rules) =>
  proposeCharges(session, by).lines.map(({ code, units }) => [code, units]);

test('CMS Pub 100-04 ch. 5 §20.2.C, example 3: 33 minutes of 97110 in two goes and 7 of 97140 are two units and one', () => {
  const proposal = proposeCharges(day([given('97110', 20), given('97140', 7), given('97110', 13)]), rules);
  expect(proposal).toMatchObject({ timedMinutes: 40, timedUnits: 3, rule: rule?.id, questions: [] });
  expect(proposal.lines.map(({ code, minutes, units }) => [code, minutes, units])).toEqual([
    ['97110', 33, 2],
    ['97140', 7, 1],
  ]);
});

test('a service that is not timed is one, whatever its minutes', () => {
  expect(unitsOf(day([given('97161', 40), given('97110', 15)]))).toEqual([
    ['97161', 1],
    ['97110', 1],
  ]);
});

test('minutes that are not recorded, and a payer whose rule nobody wrote down, give no units but a question', () => {
  const missing = proposeCharges(day([given('97110', 15), given('97110', null)]), rules);
  expect(missing).toMatchObject({ timedUnits: null, lines: [{ minutes: null, units: null }] });
  expect(missing.questions).toEqual(['97110 is counted by minutes, and not all of them are recorded.']);
  const unknown = proposeCharges(day([given('97110', 15)]), { ...rules, rule: null });
  expect(unknown).toMatchObject({ timedUnits: null, rule: null, lines: [{ minutes: 15, units: null }] });
  expect(unknown.questions.join()).toContain('not written down');
});

test('what has no code is charged under none, and it is said', () => {
  const proposal = proposeCharges(day([given(null, 10), given('97110', 15)]), rules);
  expect(proposal.lines).toHaveLength(1);
  expect(proposal.questions.join()).toContain('Interventions without a code: 1');
});

test('the units of an assistant carry the modifier; where nobody recorded who gave what, it is asked', () => {
  const clinicians = [
    { ref: 'usr_1', credential: 'PT' },
    { ref: 'usr_2', credential: 'PTA' },
  ] as const;
  const both = day([given('97110', 15, 'usr_2'), given('97140', 15, 'usr_1')], { clinicians: [...clinicians] });
  expect(proposeCharges(both, rules).lines).toMatchObject([
    { code: '97110', units: 1, assistantUnits: 1, assistantModifier: 'CQ' },
    { code: '97140', units: 1, assistantUnits: 0, assistantModifier: null },
  ]);
  const untold = day([given('97110', 15)], { clinicians: [...clinicians] });
  const asked = proposeCharges(untold, rules);
  expect(asked.lines).toMatchObject([{ assistantUnits: null }]);
  expect(asked.questions.join()).toContain('Who gave each intervention');
});

test('what was charged differs from what was captured by code and units; unknown is no difference', () => {
  const captured = [
    { code: '97110', units: 2 },
    { code: '97140', units: null },
  ];
  const charged = [
    { code: '97110', units: 3 },
    { code: '97140', units: 1 },
    { code: '97530', units: 1 },
  ];
  expect(chargeDifferences(captured, charged)).toEqual([
    { code: '97110', captured: 2, charged: 3 },
    { code: '97530', captured: 0, charged: 1 },
  ]);
});
