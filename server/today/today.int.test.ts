// Today over a real clinic: every source as the reader may see it, silent ones unknown, nothing of a patient in it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Today, TodaySource } from '../../domain/today/today.ts';
import { dateInZone } from '../../domain/calendar.ts';
import { followedClinic, password, patientRow } from '../authorizations/testing/followed.ts';
import type { Followed } from '../authorizations/testing/followed.ts';
import { readDataRules } from '../data-audit/rules.ts';
import { createDataAudits } from '../data-audit/audits.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Role } from '../http/principal.ts';
import { addVisit } from '../patient-links/testing/patients.ts';
import { reconcileAndKeep } from '../reconciliation/nightly.ts';
import { createClinic, createUser } from '../setup.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';

let server: TestServer;
let clinic: Followed;
let today: string;

beforeAll(async () => {
  server = await startServer();
  const zone = 'America/New_York';
  today = dateInZone(server.services.now().toISOString(), zone);
  clinic = await followedClinic(server.services, { today });
  await server.services.db
    .updateTable('clinics')
    .set({ timezone: zone, settings: JSON.stringify({ outreach: { name: 'North PT', phone: '555-0100' } }) })
    .where('id', '=', clinic.clinic)
    .execute();
});
afterAll(() => server.stop());

async function seenBy(of: string, roles: readonly Role[]): Promise<{ text: string; page: Today }> {
  const email = `${crypto.randomUUID()}@example.org`;
  await createUser(server.services, { clinic: of, email, displayName: 'Someone', roles: [...roles], password });
  const signedIn = await server.call('POST', '/v1/session', { body: { email, password } });
  const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const { status, text, json } = await server.call('GET', '/v1/console/today', { cookie });
  expect([status, text]).toEqual([200, text]);
  return { text, page: json as Today };
}

const source = ({ sources }: Today, name: string): TodaySource | undefined =>
  sources.find((one) => one.source === name);
const figures = (page: Today, name: string): Record<string, number | null> =>
  Object.fromEntries((source(page, name)?.figures ?? []).map(({ words, value }) => [words, value]));

test('of a clinic nothing is known of, every source but the work list is unknown, and none of it is 0', async () => {
  const { id } = await createClinic(server.services, { name: 'empty', timezone: 'America/New_York' });
  const { page } = await seenBy(id, ['admin']);
  expect(page.sources.map((one) => one.source)).toEqual([
    'work',
    'visits',
    'authorizations',
    'coverage',
    'claims',
    'messages',
    'documentation',
    'imports',
    'dataAudit',
    'reconciliation',
  ]);
  const values = page.sources
    .filter((one) => one.source !== 'work')
    .flatMap((one) => [one.asOf, ...one.figures.map(({ value }) => value)]);
  expect(new Set(values)).toEqual(new Set([null]));
});

describe('a clinic at work', () => {
  test('visits are counted by the system that told them, confirmations only where somebody was asked', async () => {
    const before = await seenBy(clinic.clinic, ['frontDesk']);
    const known = figures(before.page, 'visits');
    expect(known).toMatchObject({ 'Booked or kept': 1, Confirmed: null });
    const [webpt, ...others] = source(before.page, 'visits')?.systems ?? [];
    expect([webpt?.name, webpt?.words, others]).toEqual(['WebPT', '1 visit', []]);
    expect(Number.isNaN(Date.parse(webpt?.asOf ?? ''))).toBe(false);
    const other = { clinic: clinic.clinic, connection: clinic.webpt, patient: clinic.patient };
    await addVisit(server.services, { ...other, date: today, status: 'cancelled' });

    const visit = await server.services.db
      .selectFrom('appointments')
      .select(['ref', 'starts_at'])
      .where('clinic', '=', clinic.clinic)
      .where('date', '=', today)
      .where('status', '<>', 'cancelled')
      .executeTakeFirstOrThrow();
    const asked = await server.call('POST', '/v1/messages', {
      key: clinic.key,
      body: { messages: [{ patient: clinic.patient, purpose: 'visit.reminder', about: visit.ref }] },
    });
    const message = /msg_\w{22}/.exec(asked.text)?.[0] ?? asked.text;
    const answered = (answer: string | null) =>
      server.services.db.updateTable('messages').set({ answer }).where('ref', '=', message).execute();
    await answered(null);
    const silent = figures((await seenBy(clinic.clinic, ['frontDesk'])).page, 'visits');
    expect(silent).toMatchObject({ Confirmed: 0, 'Reminded, without an answer': 1, 'Cancelled or missed': 1 });
    await answered('yes');
    const { page } = await seenBy(clinic.clinic, ['frontDesk']);
    expect(figures(page, 'visits')).toMatchObject({ Confirmed: 1, 'Reminded, without an answer': 0 });
    expect(figures(page, 'messages')).toMatchObject({ 'Under way': 1 });
  });

  test('audit and comparison are told as of their last end, with what is open of them', async () => {
    const rules = await readDataRules(server.services.validator);
    const by = systemPrincipal('test');
    await createDataAudits({ ...server.services, ...clinic, rules }).run(clinic.clinic, by);
    await reconcileAndKeep({ ...server.services, ...clinic, rules: rules.reconciliation }, clinic.clinic, by);
    const { page } = await seenBy(clinic.clinic, ['admin']);
    expect(figures(page, 'dataAudit')).toMatchObject({ 'Days since the last audit': 0 });
    expect(figures(page, 'reconciliation')).toMatchObject({ 'Patients compared': 1 });
    server.pass(31 * 86_400_000);
    const later = source((await seenBy(clinic.clinic, ['admin'])).page, 'dataAudit');
    expect(later?.figures.at(-1)).toMatchObject({ value: 31, urgent: true });
    server.pass(-31 * 86_400_000);
  });

  test('money is for whoever bills, coverage not for therapists alone, the pages of an admin not for others', async () => {
    await server.services.db
      .insertInto('work_items')
      .values({
        id: 'wi_today0000000000000000001',
        clinic: clinic.clinic,
        kind: 'patient.call',
        role: 'frontDesk',
        waits_for: null,
        status: 'open',
        priority: 3,
        priority_reason: 'test',
        title: 'test',
        reason: 'test',
        subject: clinic.patient,
        payer: null,
        effect_key: null,
        workflow_id: null,
        context: '{}',
        draft_kind: null,
        due_at: new Date(server.services.now().getTime() - 1_000),
        opened_at: server.services.now(),
        reminded_at: null,
        escalated_from: null,
        escalated_at: null,
        closed_at: null,
        close_reason: null,
      })
      .execute();
    const biller = await seenBy(clinic.clinic, ['biller']);
    const therapist = await seenBy(clinic.clinic, ['therapist']);
    const cents = ({ page }: { page: Today }) =>
      page.sources.flatMap((one) => one.figures.filter(({ unit }) => unit === 'cents'));
    expect(cents(biller).length).toBe(2);
    expect(cents(therapist)).toEqual([]);
    expect(source(therapist.page, 'coverage')).toBeUndefined();
    expect(source(biller.page, 'documentation')).toBeUndefined();
    expect(figures(therapist.page, 'documentation')).toMatchObject({ 'Drafts to sign': null });
    expect(figures(therapist.page, 'work')).toMatchObject({ 'For you': 0, Overdue: 1 });
    expect(figures(therapist.page, 'messages')).toMatchObject({ 'On the call list': 1 });
    const pages = (of: Today) => of.sources.flatMap((one) => one.figures.map(({ page }) => page));
    for (const { page } of [biller, therapist])
      expect(pages(page).filter((one) => one === 'connections' || one === 'dataAudit')).toEqual([]);
    expect(pages((await seenBy(clinic.clinic, ['admin'])).page)).toContain('dataAudit');
  });

  test('nothing in it names a patient or a record, and nobody gets it who is not signed in', async () => {
    const { text } = await seenBy(clinic.clinic, ['admin', 'biller']);
    const { name, coverage } = patientRow();
    for (const value of [name.given, name.family, coverage.memberId, clinic.patient]) expect(text).not.toContain(value);
    expect((await server.call('GET', '/v1/console/today', {})).status).toBe(401);
    expect((await server.call('GET', '/v1/console/today', { key: clinic.key })).status).not.toBe(200);
  });
});
