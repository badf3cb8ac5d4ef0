// The due list over HTTP and by night: days of treatment counted, references to flows, names to people, an item that closes by itself.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '../../domain/calendar.ts';
import { followedClinic } from '../authorizations/testing/followed.ts';
import type { Followed } from '../authorizations/testing/followed.ts';
import { systemPrincipal } from '../http/principal.ts';
import { readAuditRules } from '../note-audits/audits.ts';
import { addPatient, addVisit } from '../patient-links/testing/patients.ts';
import { testDay } from '../testing/days.ts';
import { signIn } from '../testing/people.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import { newReference } from '../vault/reference.ts';
import { lookOverDocuments } from './nightly.ts';
import type { DueNightNeeds } from './nightly.ts';
import { readDueRules } from './rules.ts';
import type { DueLine } from './list.ts';

let server: TestServer;
let clinic: Followed;
let patient: string;
let needs: DueNightNeeds;
const today = testDay();
const start = addDays(today, -40);

beforeAll(async () => {
  server = await startServer();
  clinic = await followedClinic(server.services, { today });
  const { services } = server;
  const payer = 'medicare-part-b';
  await services.db
    .updateTable('clinics')
    .set({ settings: JSON.stringify({ payers: [{ payer, lineOfBusiness: 'medicare' }] }) })
    .where('id', '=', clinic.clinic)
    .execute();
  patient = await addPatient(services, { clinic: clinic.clinic, connection: clinic.webpt, payer });
  const dueRules = await readDueRules(services.validator);
  const auditRules = await readAuditRules(services.validator);
  needs = { ...services, auditRules, policies: clinic.policies, workItems: clinic.workItems, dueRules };
  await note(start, 'evaluation');
  // Ten treatment days after the evaluation, one of them with two visits.
  for (let day = 1; day <= 10; day += 1) await treated(addDays(start, day * 3));
  await treated(addDays(start, 3));
});
afterAll(() => server.stop());

async function treated(date: string): Promise<void> {
  const visit = await addVisit(server.services, {
    clinic: clinic.clinic,
    connection: clinic.webpt,
    patient,
    date,
  });
  await server.services.db.updateTable('appointments').set({ status: 'arrived' }).where('ref', '=', visit).execute();
  await note(date, 'daily');
}

async function note(date: string, kind: 'evaluation' | 'daily' | 'progress', signed = true): Promise<void> {
  const { db, now } = server.services;
  await db
    .insertInto('visit_notes')
    .values({
      ref: newReference('rec'),
      clinic: clinic.clinic,
      connection: clinic.webpt,
      patient,
      date,
      kind,
      signed_on: signed ? date : null,
      updated_at: now(),
    })
    .execute();
}

interface Listed {
  readonly counts: Readonly<Record<string, number>>;
  readonly items: readonly (Partial<DueLine> & { readonly name?: unknown })[];
}

const forFlow = async (query = ''): Promise<Listed> => {
  const answer = await server.call('GET', `/v1/documentation/due?patient=${patient}${query}`, { key: clinic.key });
  expect([answer.status, answer.text]).toEqual([200, answer.text]);
  return answer.json as Listed;
};

describe('the due list', () => {
  test('counts treatment days and not visits, and tells a flow references, kinds and days alone', async () => {
    const { items } = await forFlow('&kind=progressReport');
    expect(items).toEqual([
      {
        patient,
        kind: 'progressReport',
        about: expect.any(String) as string,
        due: expect.any(String) as string,
        treatmentDays: { soFar: 11, dueBy: 10 },
        state: 'overdue',
        rule: expect.any(String) as string,
        note: null,
        session: null,
      },
    ]);
    expect((await forFlow('&state=later')).items.every(({ state }) => state === 'later')).toBe(true);
  });

  test('tells people names and reasons, and the front desk too; a biller is refused', async () => {
    const desk = await signIn(server, clinic.clinic, ['frontDesk']);
    const path = `/v1/console/documentation/due?patient=${patient}&kind=progressReport`;
    const { json } = await server.call('GET', path, { cookie: desk });
    const [line] = (json as { due: Listed['items'] }).due;
    expect(line).toMatchObject({ name: { given: 'Rosa', family: 'Delgado' } });
    expect(line?.words).toContain('Treatment day 11');
    const biller = await signIn(server, clinic.clinic, ['biller']);
    expect((await server.call('GET', path, { cookie: biller })).status).toBe(403);
  });

  test('a plan of which nothing is known of a certification is unknown; recorded as not certified it is overdue', async () => {
    const { db, now } = server.services;
    const plan = { starts_on: start, ends_on: addDays(start, 89), visits_per_week: 2 };
    await db
      .insertInto('care_plans')
      .values({
        patient,
        clinic: clinic.clinic,
        chart: null,
        chart_version: null,
        therapist_key: null,
        read_at: now(),
        plan: null,
        ...plan,
      })
      .execute();
    expect((await forFlow('&kind=certification')).items).toMatchObject([{ state: 'unknown' }]);
    await db
      .insertInto('plan_certifications')
      .values({
        clinic: clinic.clinic,
        patient,
        starts_on: start,
        certified_on: null,
        order_on_file: false,
        transmitted_on: null,
        by_user: clinic.user.user,
        at: now(),
      })
      .execute();
    expect((await forFlow('&kind=certification')).items).toMatchObject([
      { state: 'overdue', due: addDays(start, 30), about: start },
    ]);
  });
});

describe('by night', () => {
  const round = () => lookOverDocuments(needs, clinic.clinic, systemPrincipal('test'));
  const open = async () =>
    server.services.db
      .selectFrom('work_items')
      .select(['kind', 'role', 'reason'])
      .where('subject', '=', patient)
      .where('kind', 'like', 'documentation.%')
      .where('status', '=', 'open')
      .orderBy('kind')
      .execute();

  test('one item for each overdue document, told once; it closes when the document is there', async () => {
    await round();
    expect(await open()).toMatchObject([
      { kind: 'documentation.certification', role: 'frontDesk' },
      { kind: 'documentation.overdue', role: 'therapist' },
    ]);
    expect(await round()).toMatchObject({ opened: 0, closed: 0 });
    await note(addDays(start, 30), 'progress');
    expect(await round()).toMatchObject({ closed: 1 });
    expect(await open()).toMatchObject([{ kind: 'documentation.certification' }]);
  });

  test('notes that are missing are one item of a patient, however many', async () => {
    await note(addDays(today, -8), 'daily', false);
    await note(addDays(today, -9), 'daily', false);
    await round();
    const items = await open();
    expect(items.filter(({ reason }) => reason?.includes('not signed'))).toHaveLength(1);
    expect(items.map(({ reason }) => reason).join(' ')).toContain('and 1 more of this patient');
  });
});
