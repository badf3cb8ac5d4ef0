// The figures of a clinic's claims from the books that remittances made, over HTTP and as the command prints them.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { outputs } from '../../../cli/schemas/all.ts';
import { addDays } from '../../../domain/calendar.ts';
import { sampleClaim } from '../../../domain/claim/testing/claims.ts';
import { remittanceFile, reversed } from '../../../domain/posting/testing/remittances.ts';
import type { Decided } from '../../../domain/posting/testing/remittances.ts';
import { createValidator } from '../../http/validation.ts';
import { bookClinic } from '../../posting/testing/books.ts';
import type { BookClinic } from '../../posting/testing/books.ts';
import { createKey } from '../../setup.ts';
import { testDay } from '../../testing/days.ts';
import { startServer } from '../../testing/server.ts';
import type { TestServer } from '../../testing/server.ts';
import { asJson, listOf } from '../testing/clinic.ts';
import type { Json } from '../testing/clinic.ts';

let server: TestServer;
let at: BookClinic;
let key: string;
const today = testDay();

beforeAll(async () => {
  server = await startServer();
  at = await bookClinic(server);
  key = (await createKey(server.services, { name: 'n8n', clinic: at.clinic, capabilities: ['flows'], expiresAt: null }))
    .secret;
});
afterAll(() => server?.stop());

const statistics = async (query = ''): Promise<Json> =>
  asJson((await server.call('GET', `/v1/claims/statistics${query}`, { key })).json);
const ofPayer = (all: Json, payer: string): Json => asJson(listOf(all, 'payers').find((one) => one['payer'] === payer));

let count = 0;
async function billed(day: string, payer = 'harbor-health'): Promise<{ ref: string; paid: Decided }> {
  const number = `FIG${(count += 1)}`;
  const { lines, payer: named } = sampleClaim();
  const claim = sampleClaim({
    patientControlNumber: number,
    payer: { ...named, id: payer },
    lines: lines.map((line) => ({ ...line, from: day })),
  });
  return { ref: await at.claim(claim), paid: { number, chargeCents: 18_050, day, payerClaimNumber: `ICN${count}` } };
}

/** Both lines paid: 80 dollars of 120 for two units of 97110, and the rest of 97140 as given. */
function linesPaid(day: string, exercise: number, manual: number): readonly string[] {
  const dollars = (cents: number) => (cents / 100).toFixed(2);
  return [
    `SVC*HC:97110:GP*120*${dollars(exercise)}**2`,
    `DTM*472*${day.replaceAll('-', '')}`,
    `CAS*CO*45*${dollars(12_000 - exercise)}`,
    'REF*6R*LINE1',
    `SVC*HC:97140:GP:59*60.5*${dollars(manual)}**1`,
    `DTM*472*${day.replaceAll('-', '')}`,
    `CAS*CO*45*${dollars(6_050 - manual)}`,
    'REF*6R*LINE2',
  ];
}

test('a clinic without claims has no payer, and nothing it does not know is 0', async () => {
  const none = await statistics();
  expect(none).toMatchObject({
    payers: [],
    therapists: [],
    unusualPayments: [],
    total: {
      figures: {
        claims: 0,
        accepted: null,
        paidInFull: null,
        denied: null,
        denialShare: null,
        recoveredCents: { known: null },
      },
      receivables: {
        open: { known: null },
        patients: { known: null },
        writtenOff: { known: null },
        daysInReceivables: null,
      },
    },
  });
});

test('paid, denied and open claims are told by payer, with the codes of the denial and the age of what is open', async () => {
  const day = addDays(today, -40);
  const [paid, denied] = [await billed(day), await billed(day)];
  await billed(day, 'keystone');
  const full = {
    ...paid.paid,
    adjustments: [
      ['CO', '45', 6_000],
      ['PR', '2', 2_410],
    ],
  } as const;
  const nothing = { ...denied.paid, status: '4', adjustments: [['CO', '50', 18_050]] } as const;
  await at.receive(remittanceFile([{ trace: 'FIRST', claims: [full, nothing], producedOn: addDays(today, -5) }]));
  const told = await statistics();
  expect(ofPayer(told, 'harbor-health')).toMatchObject({
    figures: {
      claims: 2,
      checked: 0,
      withFindings: null,
      sent: 2,
      decided: 2,
      paidInFull: 1,
      paidPartly: 0,
      denied: 1,
      denialShare: 0.5,
      denials: [{ class: 'medicalNecessity', group: 'CO', reason: '50', claims: 1, cents: 18_050 }],
      corrected: null,
      deniedNotFollowed: 1,
      takenInToSent: { count: 0, medianDays: null, unknownFor: 2 },
    },
    receivables: {
      open: { known: 0, unknownFor: 0 },
      patients: { known: 2_410, unknownFor: 0 },
      writtenOff: { known: null },
    },
  });
  expect(ofPayer(told, 'keystone')).toMatchObject({
    figures: { claims: 1, sent: 0, decided: 0, paidInFull: null },
    receivables: { open: { known: 18_050, unknownFor: 0 }, daysInReceivables: null },
  });
  const bands = listOf(asJson(asJson(told['total'])['receivables']), 'byAge');
  expect(bands.map(({ fromDays, open }) => [fromDays, asJson(open)['known']])).toEqual([
    [0, null],
    [31, 18_050],
    [61, null],
    [91, null],
    [121, null],
  ]);
});

test('a claim taken in outside the span is in no figure of it, and what it owes is owed all the same', async () => {
  const later = await statistics(`?from=${addDays(today, 2)}`);
  expect(later).toMatchObject({
    total: { figures: { claims: 0 }, receivables: { patients: { known: 2_410 } } },
    therapists: [],
  });
  expect((await statistics(`?from=${today}&to=${today}`))['total']).toMatchObject({ figures: { claims: 3 } });
  expect((await server.call('GET', '/v1/claims/statistics?from=yesterday', { key })).status).toBe(400);
});

test('what a therapist brought in is told by line, and a payment taken back is in none of it', async () => {
  const before = listOf(await statistics(), 'therapists')[0];
  expect(before).toMatchObject({
    therapist: '1999999976',
    visits: 1,
    billed: { known: 54_150 },
    paid: { known: 9_640 },
  });
  const day = addDays(today, -30);
  const { paid } = await billed(day);
  const first = { ...paid, adjustments: [['CO', '45', 8_050]] } as const;
  await at.receive(remittanceFile([{ trace: 'BACK1', claims: [first] }]));
  await at.receive(
    remittanceFile([{ trace: 'BACK2', claims: [reversed(first), { ...paid, adjustments: [['CO', '45', 9_050]] }] }]),
  );
  const [after] = listOf(await statistics(), 'therapists');
  expect(after).toMatchObject({ visits: 2, paid: { known: 18_640 }, allowed: { known: 2_410 + 18_640 } });
  expect(JSON.stringify(after)).not.toContain('Quill');
});

test('a payment that is smaller than the payer allowed before stands among the unusual ones, by reference', async () => {
  for (const [index, age] of [20, 19, 18, 17, 16].entries()) {
    const day = addDays(today, -age);
    const { paid } = await billed(day);
    const lines = linesPaid(day, 8_000, 4_000);
    await at.receive(
      remittanceFile([
        { trace: `USUAL${index}`, producedOn: day, claims: [{ ...paid, adjustments: [['CO', '45', 6_050]], lines }] },
      ]),
    );
  }
  const day = addDays(today, -3);
  const { ref, paid } = await billed(day);
  const lines = linesPaid(day, 6_000, 4_000);
  await at.receive(
    remittanceFile([
      { trace: 'LESS', producedOn: day, claims: [{ ...paid, adjustments: [['CO', '45', 8_050]], lines }] },
    ]),
  );
  expect((await statistics())['unusualPayments']).toEqual([
    {
      claim: ref,
      line: 1,
      payer: 'harbor-health',
      code: '97110',
      modifiers: ['GP'],
      units: 2,
      allowedCents: 6_000,
      on: day,
      usualCents: 8_000,
      differenceCents: -2_000,
      earlierPayments: 5,
    },
  ]);
});

test('whoever bills sees the therapists by name; a front desk sees none of it; no patient is named to anybody', async () => {
  const answer = await at.get('/v1/console/claims/statistics');
  expect(answer.status).toBe(200);
  expect(listOf(answer.json, 'therapists')[0]).toMatchObject({ name: 'Quill, Dana' });
  expect(answer.text).not.toMatch(/Fenwick|HBR900|FIG\d|ICN\d/);
  expect((await at.get('/v1/console/claims/statistics', 'frontDesk')).status).toBe(403);
  const schema = outputs.find(({ name }) => name === 'claims.statistics')?.schema;
  expect(schema).toBeDefined();
  createValidator().check(schema ?? {}, answer.json, 'output');
});
