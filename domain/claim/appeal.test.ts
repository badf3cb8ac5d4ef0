// What the drafted letter of an appeal says, and what it leaves to a person.

import { describe, expect, test } from 'vitest';
import { draftAppeal, hasBlanks } from './appeal.ts';
import type { AppealFacts } from './appeal.ts';
import { sampleClaim } from './testing/claims.ts';

function factsOf(more: Partial<AppealFacts> = {}): AppealFacts {
  return {
    kind: 'appeal',
    on: '2026-11-22',
    claim: sampleClaim(),
    payerClaimNumber: 'ICN1',
    denial: {
      class: 'medicalNecessity',
      group: 'CO',
      reason: '50',
      remarks: ['N115'],
      cents: 18_050,
      decidedOn: '2026-11-20',
    },
    chart: {
      patient: 'pat_1',
      planOfCare: { start: '2026-10-01', end: '2026-12-24', transmittedOn: '2026-10-02', certifiedOn: '2026-10-09' },
      visits: [
        {
          date: '2026-11-02',
          totalMinutes: 45,
          interventions: [
            { code: '97110', minutes: 30 },
            { code: '97140', minutes: 15 },
          ],
          note: { signedOn: '2026-11-02', credential: 'PT' },
          outcomes: [{ measure: 'LEFS', score: 52 }],
        },
        { date: '2026-10-01', outcomes: [{ measure: 'LEFS', score: 41 }] },
      ],
    },
    sentOn: null,
    acknowledgedOn: null,
    ...more,
  };
}

const sentences = (facts: AppealFacts) => draftAppeal(facts).statements.map(({ text }) => text);

describe('the letter of an appeal', () => {
  test('names the decision, what was billed, the minutes, the plan and the measures, each with its source', () => {
    expect(draftAppeal(factsOf()).statements).toEqual([
      { text: 'We appeal the denial of $180.50 dated 2026-11-20 (CO-50 N115).', source: 'Remittance' },
      { text: 'On 2026-11-02 we billed 97110 GP (2 units), 97140 GP 59 (1 unit).', source: 'Claim, lines 1, 2' },
      {
        text:
          'The note of 2026-11-02 documents 30 minutes of 97110 and 15 minutes of 97140, 45 minutes of treatment in all. ' +
          'It was signed on 2026-11-02 by a PT.',
        source: 'Chart, visit of 2026-11-02',
      },
      {
        text:
          'The plan of care runs from 2026-10-01 to 2026-12-24. It was sent to the physician on 2026-10-02. ' +
          'It was certified on 2026-10-09.',
        source: 'Chart, plan of care',
      },
      { text: 'LEFS: 41 on 2026-10-01, 52 on 2026-11-02.', source: 'Chart, outcome measures' },
    ]);
  });

  test('why the therapy was needed is the therapist’s to say', () => {
    const { text } = draftAppeal(factsOf());
    expect(text).toContain("[fill in: why the patient needed skilled therapy on these days, in the therapist's words]");
    expect(hasBlanks(text)).toBe(true);
  });

  test('without a chart nothing of a visit or a plan is claimed', () => {
    const { text } = draftAppeal(factsOf({ chart: null }));
    expect(text).toContain('[fill in: what the note of 2026-11-02 documents]');
    expect(text).toContain('The plan of care runs from [fill in: its first day] to [fill in: its last day].');
    expect(text).not.toContain('minutes of 97110');
  });

  test('a denial for want of an authorization is answered with the one that covers the day, else with the claim’s', () => {
    const { denial } = factsOf();
    const missing = { ...denial, class: 'authorization', reason: '197', remarks: [] } as const;
    const authorizations = [
      { number: 'OLD1', from: '2026-01-01', to: '2026-06-30' },
      { number: 'A1', from: '2026-10-01', to: '2026-12-31', visitsApproved: 12 },
    ];
    const chart = { patient: 'pat_1', authorizations };
    expect(sentences(factsOf({ denial: missing, chart }))).toContain(
      'You authorized the service under A1, valid from 2026-10-01 to 2026-12-31 for 12 visits.',
    );
    expect(sentences(factsOf({ denial: missing, chart: null }))).toContain(
      'The claim names authorization PA1234567890.',
    );
    const claim = sampleClaim({ priorAuthorizationNumber: null });
    expect(sentences(factsOf({ denial: missing, chart: null, claim }))).toContain(
      'Authorization: [fill in: its number and the days it is valid].',
    );
  });

  test('a claim denied as late is answered with the days it was sent and acknowledged', () => {
    const { denial } = factsOf();
    const late = { ...denial, class: 'timelyFiling', reason: '29' } as const;
    expect(sentences(factsOf({ denial: late, sentOn: '2026-11-03', acknowledgedOn: '2026-11-04' })).at(-1)).toBe(
      'The claim was sent on 2026-11-03 and acknowledged on 2026-11-04.',
    );
    expect(sentences(factsOf({ denial: late })).at(-1)).toContain('[fill in: the day the claim was first sent]');
  });

  test('a denial a person heard of has no codes yet: they are left to be filled in', () => {
    const told = { class: null, group: '', reason: '', remarks: [], cents: 0, decidedOn: null };
    expect(sentences(factsOf({ denial: told, kind: 'reopening' }))[0]).toBe(
      'We ask to reopen the decision dated [fill in: the day of the decision] ([fill in: group and reason code of the denial]).',
    );
  });
});
