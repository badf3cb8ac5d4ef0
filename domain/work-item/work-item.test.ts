// Kinds, decisions, outcomes and the order of urgency of work items.
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../calendar.ts';
import { decisionsFor, isAllowedDecision, isWorkItemKind, workItemKinds } from './kinds.ts';
import { rank } from './priority.ts';
import { outcomeSchemaFor, workItemKindNames } from './schema.ts';

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
addFormats.default(ajv);
ajv.addKeyword('phi');

test('the schema knows every kind', () => {
  expect([...workItemKindNames].sort()).toEqual(Object.keys(workItemKinds).sort());
  expect(isWorkItemKind('authorization.request')).toBe(true);
  expect(isWorkItemKind('toString')).toBe(false);
});

test('a request can be approved, rejected or found not to be required, and nothing else', () => {
  expect(decisionsFor('authorization.request')).toEqual(['approve', 'reject', 'notRequired']);
  expect(isAllowedDecision('authorization.request', 'approve')).toBe(true);
  expect(isAllowedDecision('authorization.request', 'sent')).toBe(false);
});

test('a packet that was sent needs its channel and time', () => {
  const schema = outcomeSchemaFor('authorization.send', 'sent');
  expect(schema).not.toBeNull();
  if (schema === null) return;
  expect(ajv.validate(schema, { channel: 'fax', at: '2026-05-04T15:00:00Z', confirmation: null })).toBe(true);
  expect(ajv.validate(schema, { channel: 'pigeon', at: '2026-05-04T15:00:00Z', confirmation: null })).toBe(false);
  expect(ajv.validate(schema, { channel: 'fax', confirmation: null })).toBe(false);
});

test('decisions with an outcome are these fifteen', () => {
  const withOutcome = workItemKindNames.flatMap((kind) =>
    decisionsFor(kind)
      .filter((decision) => outcomeSchemaFor(kind, decision) !== null)
      .map((decision) => `${kind}/${decision}`),
  );
  expect(withOutcome.sort()).toEqual([
    'authorization.answer/answered',
    'authorization.answer/stillPending',
    'authorization.number/corrected',
    'authorization.request/notRequired',
    'authorization.send/sent',
    'authorization.uncertain/wasSent',
    'claim.followUp/stillPending',
    'claim.paymentPlan/agreed',
    'claim.send/sent',
    'claim.uncertain/wasSent',
    'eligibility.call/called',
    'eligibility.correct/called',
    'note.uncertain/wasSent',
    'patient.merge/merge',
    'remittance.unmatched/match',
  ]);
});

const now = { date: '2026-05-04' };
const nothing = { lossOn: null, actBy: null, dueOn: null };

test.each([
  [{ lossOn: '2026-05-04' }, 1, 'A visit today is not covered'],
  [{ lossOn: '2026-05-05', actBy: '2026-04-27' }, 1, 'A visit tomorrow is not covered'],
  [{ lossOn: '2026-05-01' }, 1, 'A booked visit was not covered'],
  [
    { lossOn: '2026-05-08', actBy: '2026-04-30' },
    2,
    'Should have been sent 4 days ago; first uncovered visit in 4 days',
  ],
  [{ lossOn: '2026-05-12', actBy: '2026-05-04' }, 2, 'Send today; first uncovered visit in 8 days'],
  [{ lossOn: '2026-05-18', actBy: '2026-05-10' }, 3, 'Send in 6 days; first uncovered visit in 14 days'],
  [{ dueOn: '2026-05-01' }, 3, 'Was due 3 days ago'],
  [{ lossOn: '2026-06-18', actBy: '2026-06-10' }, 4, 'First uncovered visit in 45 days'],
  [{ actBy: '2026-06-10' }, 4, 'Send in 37 days'],
  [{}, 5, 'No booked visit is known to be lost'],
] as const)('%j has priority %i: %s', (stake, priority, reason) => {
  expect(rank({ ...nothing, ...stake }, now)).toEqual({ priority, reason });
});

test('a visit that is lost sooner is never less urgent', () => {
  const days = fc.integer({ min: -30, max: 90 });
  fc.assert(
    fc.property(days, fc.nat(30), fc.nat(30), (loss, turnaround, sooner) => {
      const stake = (day: number) => ({
        ...nothing,
        lossOn: addDays(now.date, day),
        actBy: addDays(now.date, day - 1 - turnaround),
      });
      expect(rank(stake(loss - sooner), now).priority).toBeLessThanOrEqual(rank(stake(loss), now).priority);
    }),
  );
});

test('the reason of an urgency says what this kind of item asks for', () => {
  const stake = { lossOn: '2026-05-12', actBy: '2026-05-05', dueOn: null };
  expect(rank({ ...stake, kind: 'authorization.partial' }, now).reason).toBe(
    'Decide tomorrow; first uncovered visit in 8 days',
  );
  expect(rank({ ...stake, kind: 'authorization.denied', actBy: '2026-05-02' }, now).reason).toBe(
    'Should have been appealed 2 days ago; first uncovered visit in 8 days',
  );
});

test('a missing flow holds up every request and is published before anything that is lost later', () => {
  expect(rank({ ...nothing, kind: 'flow.missing' }, now)).toEqual({
    priority: 2,
    reason: 'Requests wait until a flow is published',
  });
});
