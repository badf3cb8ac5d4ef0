// Synthetic facts for the tests of the claim's machine and of its workflow.

import type { Denial } from '../denial.ts';
import type { Posting } from '../machine-state.ts';
import type { ClaimPlan } from '../plan.ts';
import type { ClaimTerms } from '../terms.ts';

/** Terms of a synthetic commercial payer that takes replacements. */
export function termsOf(more: Partial<ClaimTerms> = {}): ClaimTerms {
  return {
    acknowledgeHours: 72,
    firstStatusDays: 14,
    pollEveryMinutes: 1_440,
    overdueDays: 30,
    remittanceDays: 14,
    appealDays: 180,
    appealAnswerDays: 60,
    reopeningDays: null,
    replacements: 'accepted',
    statementDays: 30,
    reviewDueDays: 2,
    remindAfterHours: 24,
    escalateAfterHours: 48,
    escalateTo: 'admin',
    citations: {},
    ...more,
  };
}

/** What the server knows of a synthetic claim: checked, nothing blocks it, never sent. */
export function planOf(more: Partial<ClaimPlan> = {}): ClaimPlan {
  return {
    claim: 'clm_1',
    clinic: 'cl_1',
    payer: 'payer-a',
    route: 'electronic',
    version: 1,
    frequency: '1',
    blocks: 0,
    payerNumberKnown: false,
    attempts: {},
    sentBefore: null,
    hold: null,
    fileBy: null,
    terms: termsOf(),
    ...more,
  };
}

/** A denial for want of an authorization, to be appealed within 180 days. */
export function denialOf(more: Partial<Denial> = {}): Denial {
  return {
    class: 'authorization',
    whatToDo: 'appeal',
    role: 'biller',
    deadlineDays: 180,
    deadlineCitation: null,
    why: 'No authorization on file.',
    rule: 'authorization/missing',
    group: 'CO',
    reason: '197',
    remarks: [],
    cents: 18_050,
    ...more,
  };
}

/** A remittance that paid the claim in full. */
export function postingOf(more: Partial<Posting> = {}): Posting {
  return {
    ledger: 1,
    source: 'remittance',
    on: '2026-11-21',
    reversal: false,
    denial: null,
    doubt: null,
    payerNumberKnown: true,
    insuranceCents: 0,
    patientCents: 0,
    ...more,
  };
}
