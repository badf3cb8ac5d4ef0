// Requests, answers and corrections as they change an authorization: what was asked for is never overwritten.
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerStructure, applyAnswer, effectiveStatus } from './answer.ts';
import type { AnswerStructure } from './answer-schema.ts';
import { answerStatuses, answerStructureSchema, authorizationAnswerSchema } from './answer-schema.ts';
import { authorizationEventSchema, notedEventTypes } from './event-schema.ts';
import type { AnsweredEvent, SubmittedEvent } from './event-schema.ts';
import { assess } from './assessment.ts';
import { applyEvent } from './events.ts';
import type { EventContext } from './events.ts';
import { authorization, period, policy, visit } from './testing/cases.ts';

const common = { id: 'e1', at: '2026-05-05T15:00:00Z', by: 'usr_1', period: 2, workItem: 'wi_1' } as const;

const submitted: SubmittedEvent = {
  ...common,
  type: 'submitted',
  kind: 'renewal',
  channel: 'electronic',
  sentAt: '2026-05-05T15:00:00Z',
  requested: { visits: 12, units: null },
  from: '2026-05-12',
  to: '2026-06-30',
};

function answer(change: Partial<AnswerStructure> = {}): AnswerStructure {
  return {
    status: 'approved',
    number: 'present',
    visitsApproved: 12,
    unitsApproved: null,
    from: null,
    to: null,
    reasonCodes: [],
    receivedAt: '2026-05-08T10:00:00Z',
    ...change,
  };
}

function answered(change: Partial<AnsweredEvent> = {}): AnsweredEvent {
  return { ...common, id: 'e2', type: 'answered', kind: 'renewal', answer: answer(), ...change };
}

const context = { zone: 'America/Chicago', coverage: null };

const second = (events: Parameters<typeof applyEvent>[1][]) =>
  events
    .reduce((now, event) => applyEvent(now, event, context), authorization())
    .periods.find(({ sequence }) => sequence === 2);

test('a submitted renewal is a second period that covers nothing yet', () => {
  expect(second([submitted])).toMatchObject({
    status: 'requested',
    requested: { visits: 12, units: null },
    approved: { visits: null, units: null },
    number: 'missing',
    submittedOn: '2026-05-05',
    decidedOn: null,
  });
});

test('fewer visits than asked for is a partial approval, whatever the payer calls it', () => {
  expect(second([submitted, answered({ answer: answer({ visitsApproved: 8 }) })])).toMatchObject({
    status: 'partlyApproved',
    requested: { visits: 12 },
    approved: { visits: 8 },
    decidedOn: '2026-05-08',
  });
});

test('a fax sent on Saturday evening in Chicago was sent on Saturday, and what came that evening came then', () => {
  const evening = '2026-11-22T00:30:00Z';
  const result = second([
    { ...submitted, sentAt: evening },
    answered({ answer: answer({ receivedAt: '2026-12-01T05:59:00Z' }) }),
  ]);
  expect(result).toMatchObject({ submittedOn: '2026-11-21', decidedOn: '2026-11-30' });
});

test('an approval that names no count leaves it unknown', () => {
  const result = second([submitted, answered({ answer: answer({ visitsApproved: null }) })]);
  expect(result).toMatchObject({
    status: 'approved',
    approved: { visits: null, units: null },
    from: '2026-05-12',
    to: '2026-06-30',
  });
});

test('the payer’s dates replace those asked for', () => {
  const result = second([submitted, answered({ answer: answer({ from: '2026-05-11', to: '2026-06-10' }) })]);
  expect(result).toMatchObject({ from: '2026-05-11', to: '2026-06-10' });
});

test('denied is decided, approves nothing and keeps the request', () => {
  const result = second([submitted, answered({ answer: answer({ status: 'denied', visitsApproved: null }) })]);
  expect(result).toMatchObject({
    status: 'denied',
    requested: { visits: 12 },
    approved: { visits: null },
    decidedOn: '2026-05-08',
  });
});

test('pended and unknown answers leave the request pending', () => {
  for (const status of ['pended', 'unknown'] as const) {
    expect(second([submitted, answered({ answer: answer({ status }) })])).toMatchObject({
      status: 'pended',
      decidedOn: null,
    });
  }
});

test('a late "pended" does not undo a decision', () => {
  const late = answered({ id: 'e3', answer: answer({ status: 'pended' }) });
  expect(second([submitted, answered(), late])).toMatchObject({ status: 'approved' });
});

test('an appeal leaves the partial approval in force until it is won', () => {
  const appeal: SubmittedEvent = { ...submitted, id: 'e3', kind: 'appeal', sentAt: '2026-05-09T15:00:00Z' };
  const partly = answered({ answer: answer({ visitsApproved: 8 }) });
  const pending = second([submitted, partly, appeal]);
  expect(pending).toMatchObject({ status: 'partlyApproved', approved: { visits: 8 }, appeal: { status: 'requested' } });
  const lost = second([
    submitted,
    partly,
    appeal,
    answered({ id: 'e4', kind: 'appeal', answer: answer({ status: 'denied', receivedAt: '2026-05-20T15:00:00Z' }) }),
  ]);
  expect(lost).toMatchObject({
    status: 'partlyApproved',
    approved: { visits: 8 },
    appeal: { status: 'denied', submittedOn: '2026-05-09', decidedOn: '2026-05-20' },
  });
  const won = second([submitted, partly, appeal, answered({ id: 'e4', kind: 'appeal' })]);
  expect(won).toMatchObject({ status: 'approved', approved: { visits: 12 }, appeal: { status: 'approved' } });
});

test('a corrected number makes the approval count', () => {
  const placeholder = authorization({ periods: [period({ number: 'placeholder' })] });
  const corrected = applyEvent(
    placeholder,
    { ...common, period: 1, type: 'numberCorrected', number: 'present' },
    context,
  );
  expect(corrected.periods[0]?.number).toBe('present');
});

test('a payer that requires none is asked for none any more', () => {
  const unknown = authorization({ periods: [], requiredByPayer: null });
  const after = applyEvent(unknown, { ...common, type: 'notRequired', on: '2026-05-05' }, context);
  expect(after.requiredByPayer).toBe(false);
  const { need } = assess(after, [visit('2026-05-12')], policy(), { date: '2026-05-05' });
  expect(need).toBe('none');
});

test('a hold without a change of coverage is lifted and nothing else', () => {
  const before = authorization({ coverageChangedOn: '2026-05-01' });
  const held = applyEvent(before, { ...common, type: 'held', reason: 'payer asked to wait' }, context);
  expect(held.held).toEqual({ reason: 'payer asked to wait' });
  expect(applyEvent(held, { ...common, type: 'resumed' }, context)).toMatchObject({
    held: null,
    coverageChangedOn: null,
  });
});

const harbor = { coverage: 'cov_2', payer: 'harbor-health', lineOfBusiness: 'commercial' } as const;
const changed = authorization({
  coverageChangedOn: '2026-05-01',
  periods: [period({ payer: 'sunrise-medicare' }), period({ sequence: 2, status: 'pended', decidedOn: null })],
});
const visits = [visit('2026-05-05'), visit('2026-05-12')];
const assessed = (type: 'resumed' | 'coverageReplaced', coverage: EventContext['coverage'] = harbor) => {
  const after = applyEvent(changed, { ...common, type }, { ...context, coverage });
  return { after, assessment: assess(after, visits, policy(), { date: '2026-05-04' }) };
};

test('the new payer is to be asked: what the old one approved stays in the history and covers nothing', () => {
  const { after, assessment } = assessed('coverageReplaced');
  expect(after).toMatchObject({ ...harbor, held: null, coverageChangedOn: null });
  expect(after.periods.map(({ status, approved }) => [status, approved.visits])).toEqual([
    ['superseded', 12],
    ['superseded', 12],
  ]);
  expect(assessment).toMatchObject({ need: 'initial', period: 3, projection: { state: 'noApproval' } });
});

test('the same payer under another member id is to be asked too: the approval was for the old one', () => {
  const { after } = assessed('coverageReplaced', { ...harbor, payer: 'sunrise-medicare' });
  expect(after.periods.every(({ status }) => status === 'superseded')).toBe(true);
});

test('what the new payer was asked already is not superseded with the rest', () => {
  const asked = { ...changed, periods: [...changed.periods, period({ sequence: 3, payer: 'harbor-health' })] };
  const after = applyEvent(asked, { ...common, type: 'coverageReplaced' }, { ...context, coverage: harbor });
  expect(after.periods.map(({ status }) => status)).toEqual(['superseded', 'superseded', 'approved']);
});

test('the new payer confirmed that the approval counts: it covers as before', () => {
  const { after, assessment } = assessed('resumed');
  expect(after).toMatchObject({ ...harbor, held: null, coverageChangedOn: null });
  expect(assessment.projection.visits.approved).toBe(12);
});

test('what is only noted changes nothing', () => {
  const before = authorization();
  for (const type of notedEventTypes)
    expect(applyEvent(before, { ...common, type, detail: null }, context)).toBe(before);
});

test('an answer to a request nobody made is refused', () => {
  expect(() => applyEvent(authorization(), answered({ period: 7 }), context)).toThrow(
    expect.objectContaining({ code: 'state.conflict' }),
  );
});

test('a cancelled request may be sent again under its period', () => {
  const cancelled = answered({ answer: answer({ status: 'cancelled' }) });
  expect(second([submitted, cancelled, { ...submitted, id: 'e3', sentAt: '2026-05-10T15:00:00Z' }])).toMatchObject({
    status: 'requested',
    submittedOn: '2026-05-10',
    decidedOn: null,
  });
});

const anyAnswer = fc.record({
  status: fc.constantFrom(...answerStatuses),
  number: fc.constantFrom('present' as const, 'placeholder' as const, 'missing' as const),
  visitsApproved: fc.option(fc.nat(40)),
  unitsApproved: fc.option(fc.nat(200)),
  from: fc.constant(null),
  to: fc.constant(null),
  reasonCodes: fc.array(fc.constantFrom('A1', 'A3', '0F')),
  receivedAt: fc.constant('2026-05-08T10:00:00Z'),
});

test('no answer ever changes what was asked for, and the same answer twice is one answer', () => {
  fc.assert(
    fc.property(anyAnswer, fc.boolean(), (given, asAppeal) => {
      const before = period({ status: 'requested', approved: { visits: null, units: null }, decidedOn: null });
      const once = applyAnswer(before, given, '2026-05-08', asAppeal);
      expect(once.requested).toEqual(before.requested);
      expect(applyAnswer(once, given, '2026-05-08', asAppeal)).toEqual(once);
      if (once.status === 'approved' || once.status === 'partlyApproved') {
        expect(once.approved).toEqual({ visits: given.visitsApproved, units: given.unitsApproved });
      } else {
        expect(once.approved).toEqual({ visits: null, units: null });
      }
    }),
  );
});

test('approved for all that was asked is approved, unknown counts are not compared', () => {
  expect(effectiveStatus(answer(), { visits: 12, units: null })).toBe('approved');
  expect(effectiveStatus(answer({ visitsApproved: 11 }), { visits: 12, units: null })).toBe('partlyApproved');
  expect(effectiveStatus(answer({ visitsApproved: null }), { visits: 12, units: null })).toBe('approved');
  expect(effectiveStatus(answer({ unitsApproved: 20 }), { visits: 12, units: 48 })).toBe('partlyApproved');
});

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
addFormats.default(ajv);
ajv.addKeyword('phi');

test('the structure of an answer passes its schema and holds neither number nor text', () => {
  const whole = {
    status: 'partlyApproved' as const,
    number: 'PA-77120',
    visitsApproved: 8,
    unitsApproved: null,
    from: '2026-05-12',
    to: '2026-06-30',
    reasonCodes: ['A2'],
    reasonText: 'Reviewer spoke with the daughter',
    vendorRequestId: 'req-991',
    receivedAt: '2026-05-08T10:00:00Z',
  };
  expect(ajv.validate(authorizationAnswerSchema, whole)).toBe(true);
  const structure = answerStructure(whole);
  expect(ajv.validate(answerStructureSchema, structure)).toBe(true);
  expect(JSON.stringify(structure)).not.toMatch(/PA-77120|daughter|req-991/);
  expect(structure.number).toBe('present');
});

test('every event passes the one schema of the endpoint, and one with a foreign field does not', () => {
  const validate = ajv.compile(authorizationEventSchema);
  for (const event of [
    submitted,
    answered(),
    { ...common, type: 'resumed' },
    { ...common, type: 'overdue', detail: '2026-05-12' },
  ]) {
    expect(validate(event)).toBe(true);
  }
  expect(validate({ ...submitted, patientName: 'Rosa Example' })).toBe(false);
  expect(validate({ ...submitted, by: 'Rosa' })).toBe(false);
});
