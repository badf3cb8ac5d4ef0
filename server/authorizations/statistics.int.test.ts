// The statistics of requests, counted by PostgreSQL from what happened.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createValidator } from '../http/validation.ts';
import { createClinic } from '../setup.ts';
import type { TestServer } from '../testing/server.ts';
import { startServer } from '../testing/server.ts';
import { outputs } from '../../cli/schemas/all.ts';
import type { PayerStatistics } from './statistics.ts';
import { authorizationStatistics } from './statistics.ts';

let server: TestServer;
let clinic: string;

beforeAll(async () => {
  server = await startServer();
  clinic = (await createClinic(server.services, { name: 'north', timezone: 'America/Chicago' })).id;
});
afterAll(() => server.stop());

const at = (day: string, time = '15:00'): string => `2026-03-${day}T${time}:00.000Z`;

/** An authorization with its patient; `periods` as the read model has them. */
async function authorization(payer: string, periods: readonly object[] = [{ sequence: 1 }]): Promise<string> {
  const { db, vault } = server.services;
  const patient = await vault.put(clinic, 'patient', {});
  const ref = await vault.put(clinic, 'authorization', {});
  await db
    .insertInto('patients')
    .values({
      ref: patient,
      clinic,
      coverage: null,
      payer,
      coverage_changed_on: null,
      chart: null,
      updated_at: new Date(),
    })
    .execute();
  await db
    .insertInto('authorizations')
    .values({
      ref,
      clinic,
      connection: null,
      patient,
      coverage: 'cov_x',
      coverage_changed_on: null,
      payer,
      line_of_business: 'commercial',
      discipline: 'PT',
      periods: JSON.stringify(periods),
      required_by_payer: true,
      held: null,
      assessment: null,
      act_by: null,
      tracked_at: null,
      updated_at: new Date(),
    })
    .execute();
  return ref;
}

async function happened(ref: string, event: string, when: string, detail: object = {}): Promise<void> {
  await server.services.db
    .insertInto('authorization_events')
    .values({
      clinic,
      id: `${ref}/${event}/${when}`,
      authorization_ref: ref,
      at: when,
      event,
      by_whom: 'workflow',
      detail: JSON.stringify({ period: 1, ...detail }),
      refs: [],
    })
    .execute();
}

const sent = (ref: string, when: string, visits: number | null): Promise<void> =>
  happened(ref, 'submitted', when, { kind: 'initial', sentAt: when, requested: { visits, units: null } });
const answered = (ref: string, when: string, status: string, visitsApproved: number | null): Promise<void> =>
  happened(ref, 'answered', when, { answer: { status, visitsApproved, receivedAt: when } });

async function treated(ref: string, date: string, status: 'arrived' | 'booked' = 'arrived'): Promise<void> {
  const { db } = server.services;
  const { patient } = await db
    .selectFrom('authorizations')
    .select('patient')
    .where('ref', '=', ref)
    .executeTakeFirstOrThrow();
  const visit = { ref: `${ref}/${date}`, clinic, patient, date, starts_at: null, status, units: null };
  await db
    .insertInto('appointments')
    .values({ ...visit, discipline: 'PT', updated_at: new Date() })
    .execute();
}

const of = async (from: string | null = null, to: string | null = null): Promise<PayerStatistics[]> =>
  authorizationStatistics(server.services.db, clinic, { from, to });

test('a clinic that sent nothing has no line', async () => {
  expect(await of()).toEqual([]);
});

test('days, answers and visits are told by payer, and what nobody knows is null, never 0', async () => {
  const [one, two, three] = [
    await authorization('harbor'),
    await authorization('harbor'),
    await authorization('harbor'),
  ];
  await happened(one, 'requestOpened', at('01'));
  await sent(one, at('03'), 12);
  await answered(one, at('04'), 'pended', null);
  await answered(one, at('08'), 'approved', 12);
  await happened(two, 'requestOpened', at('01'));
  await sent(two, at('05'), 10);
  await answered(two, at('06'), 'partlyApproved', 6);
  await sent(three, at('31', '23:30'), null);
  const quiet = await authorization('quiet');
  await sent(quiet, at('10'), null);
  const statistics = await of();
  expect(statistics).toMatchObject([
    {
      payer: 'harbor',
      sent: 3,
      openedToSent: { count: 2, medianDays: 3, days90thPercentile: 3.8 },
      sentToAnswered: { count: 2, medianDays: 3, days90thPercentile: 4.6 },
      approved: 1,
      partlyApproved: 1,
      denied: 0,
      notAnswered: 1,
      visitsAsked: { known: 22, unknownFor: 1 },
      visitsApproved: { known: 18, unknownFor: 0 },
      visitsTreatedUncovered: null,
    },
    {
      payer: 'quiet',
      sent: 1,
      openedToSent: { count: 0, medianDays: null, days90thPercentile: null },
      sentToAnswered: { count: 0, medianDays: null, days90thPercentile: null },
      visitsAsked: { known: null, unknownFor: 1 },
      visitsApproved: { known: null, unknownFor: 0 },
    },
  ]);
  const schema = outputs.find(({ name }) => name === 'authorizations.stats')?.schema;
  expect(schema).toBeDefined();
  createValidator().check(schema ?? {}, { from: null, to: null, payers: statistics }, 'output');
});

test('a request counts on the day it was sent by the calendar of the clinic', async () => {
  // 23:30 UTC on 31 March is the evening of 31 March in Chicago.
  expect((await of('2026-03-31', '2026-03-31')).map(({ payer, sent: count }) => [payer, count])).toEqual([
    ['harbor', 1],
  ]);
  expect(await of('2026-04-01')).toEqual([]);
  expect((await of(null, '2026-03-04')).map(({ payer, sent: count }) => [payer, count])).toEqual([['harbor', 1]]);
});

test('a denial and the appeal after it are two requests, each with its own days and answer', async () => {
  const ref = await authorization('strict');
  await happened(ref, 'requestOpened', at('01'));
  await sent(ref, at('02'), 8);
  await answered(ref, at('05'), 'denied', null);
  await happened(ref, 'appealStarted', at('06'));
  await sent(ref, at('10'), 8);
  await answered(ref, at('20'), 'approved', 8);
  expect((await of()).find(({ payer }) => payer === 'strict')).toMatchObject({
    sent: 2,
    openedToSent: { count: 2, medianDays: 2.5 },
    sentToAnswered: { count: 2, medianDays: 6.5 },
    approved: 1,
    denied: 1,
    notAnswered: 0,
    visitsApproved: { known: 8, unknownFor: 0 },
  });
});

test('a request belongs to the payer that was asked; a visit outside every approved period was treated uncovered', async () => {
  const approved = { sequence: 1, payer: 'former', status: 'approved', from: '2026-03-01', to: '2026-03-20' };
  const ref = await authorization('present', [approved]);
  await sent(ref, at('01'), 8);
  for (const date of ['2026-03-10', '2026-03-20', '2026-03-21', '2026-03-25']) await treated(ref, date);
  await treated(ref, '2026-03-27', 'booked');
  const later = await authorization('present');
  await sent(later, at('22'), 8);
  expect((await of()).filter(({ payer }) => ['former', 'present'].includes(payer))).toMatchObject([
    { payer: 'former', sent: 1 },
    { payer: 'present', sent: 1, visitsTreatedUncovered: 2 },
  ]);
});
