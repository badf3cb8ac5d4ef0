// A clinic with one followed patient, for tests: a user of every role, a key for flows, an authorization that runs out.
import { placeUntold } from '../../../connectors/pt-records/rows.ts';
import type { AppointmentRow, AuthorizationRow, CoverageRow, PatientRow } from '../../../connectors/pt-records/rows.ts';
import { addDays } from '../../../domain/calendar.ts';
import type { Role, SessionPrincipal } from '../../http/principal.ts';
import { roles, systemPrincipal } from '../../http/principal.ts';
import { createPolicies, readRuleBook } from '../policies.ts';
import type { Policies } from '../policies.ts';
import { storeAppointments } from '../../imports/appointments.ts';
import { storePatient, storePeriods } from '../../imports/rows.ts';
import { createLinker } from '../../../domain/linkage/linker.ts';
import type { Linker } from '../../../domain/linkage/linker.ts';
import { readDataRules } from '../../data-audit/rules.ts';
import type { Origin } from '../../imports/origin.ts';
import { addConnection, createClinic, createKey, createUser } from '../../setup.ts';
import type { Services } from '../../services.ts';
import { createDecisions } from '../../work-items/decide.ts';
import { createWorkItems } from '../../work-items/items.ts';
import type { WorkItems } from '../../work-items/items.ts';
import { createAuthorizations } from '../events.ts';
import { testZone } from '../../testing/days.ts';
import type { Workflows } from '../../temporal/workflows.ts';

export const password = 'correct horse battery';

export interface Followed {
  readonly clinic: string;
  readonly user: SessionPrincipal;
  readonly email: string;
  /** A flows key and a worker key. */
  readonly key: string;
  readonly workerKey: string;
  readonly webpt: string;
  readonly availity: string;
  readonly authorization: string;
  readonly patient: string;
  readonly policies: Policies;
  readonly workItems: WorkItems;
  readonly linker: Linker;
  /** Imports what a later patient report says of the followed patient. */
  report(change: Partial<CoveredPatient>): Promise<void>;
  /** Imports one more patient of whom a booked visit on `date` is the first that is not covered. */
  follow(recordNumber: string, date: string): Promise<string>;
  /** Opens a request for the authorization, approves it and returns what a step would hand over. */
  approved(attempt?: number): Promise<{ workItem: string; approval: string; effectKey: string }>;
}

/** No Temporal: nothing is followed, decisions are accepted. For tests of what the server does alone. */
export const noWorkflows: Workflows = {
  track: () => Promise.resolve(),
  checkNow: () => Promise.resolve(false),
  startEligibilityBatch: () => Promise.resolve(),
  trackClaim: () => Promise.resolve(),
  trackMessage: () => Promise.resolve(),
  trackFiling: () => Promise.resolve(),
  trackSlot: () => Promise.resolve(),
  tellClaim: () => Promise.resolve(),
  checkClaimNow: () => Promise.resolve(false),
  takeClaimBack: () => Promise.resolve({ kind: 'accepted' }),
  decideClaim: () => Promise.resolve({ kind: 'accepted' }),
  decide: () => Promise.resolve({ kind: 'accepted' }),
  completeStep: () => Promise.resolve('told'),
  endAttempt: () => Promise.resolve('told'),
  close: () => Promise.resolve(),
};

export interface CoveredPatient extends PatientRow {
  readonly coverage: CoverageRow;
}

/** The row of a patient whose request lacks nothing. */
export function patientRow(change: Partial<CoveredPatient> = {}): CoveredPatient {
  return {
    recordNumber: 'P-1001',
    name: { given: 'Quillon', family: 'Abernathy' },
    birthDate: '1961-03-14',
    gender: 'male',
    contact: { phone: '555-0142', email: 'quillon@example.org' },
    address: null,
    coverage: {
      payerId: 'sunrise-medicare',
      payerName: 'Sunrise Medicare Advantage',
      memberId: 'SUN000111222',
      groupNumber: 'G-77',
      planName: 'Sunrise Plus',
      relationship: 'self',
      order: 'primary',
      from: '2026-01-01',
      to: null,
    },
    referringProvider: { name: 'Avery Stone', npi: '1999999984' },
    renderingProvider: { name: 'Dana Quill', npi: '1999999976' },
    diagnoses: [{ code: 'M25.561' }],
    planOfCare: {
      from: '2026-01-05',
      to: '2027-12-31',
      visitsPerWeek: 2,
      weeks: null,
      procedures: [{ code: '97110', unitsPerVisit: 2 }],
    },
    clinical: {
      evaluationDate: '2026-01-05',
      limitations: 'Stairs one at a time.',
      goals: 'Stairs step over step.',
      progress: 'Flexion 95 to 118 degrees.',
      outcomeMeasures: [{ measure: 'LEFS', score: 52, date: '2026-03-01' }],
    },
    authorizationRequired: true,
    ...change,
  };
}

/** Rows as a report of that day tells them. */
export function originOf(of: Pick<Origin, 'clinic' | 'connection' | 'today'>): Origin {
  return {
    ...of,
    asOf: `${of.today}T12:00:00.000Z`,
    by: systemPrincipal('test'),
    numbers: 'clinic',
    changed: () => undefined,
  };
}

/** The row of an approved first period. */
export function periodRow(change: Partial<AuthorizationRow> = {}): AuthorizationRow {
  return {
    recordNumber: 'P-1001',
    number: 'PA-556677',
    payerName: 'Sunrise Medicare Advantage',
    payerId: 'sunrise-medicare',
    kind: 'initial',
    status: 'approved',
    from: '2026-01-05',
    to: '2026-12-31',
    requested: { visits: 12, units: null },
    approved: { visits: 12, units: null },
    visitsUsed: null,
    weekLimit: null,
    maxGapDays: null,
    submittedOn: '2026-01-02',
    decidedOn: '2026-01-04',
    reason: null,
    ...change,
  };
}

/** Makes the clinic. `today` is the day of the report, `YYYY-MM-DD`; visits are booked around it. */
export async function followedClinic(
  services: Services,
  options: { name?: string; today: string; availity?: string },
): Promise<Followed> {
  const { db } = services;
  const name = options.name ?? 'north';
  const settings = { organization: { name: 'North Physical Therapy', npi: '1999999992', taxId: '000000000' } };
  const clinic = (await createClinic(services, { name, timezone: testZone, settings })).id;
  const email = `${name}@example.org`;
  const { id: user } = await createUser(services, {
    clinic,
    email,
    displayName: 'Robin Desk',
    roles: [...roles],
    password,
  });
  const { secret: key } = await createKey(services, { name: 'n8n', clinic, capabilities: ['flows'] });
  const { secret: workerKey } = await createKey(services, {
    name: `worker ${name}`,
    clinic: null,
    capabilities: ['worker'],
  });
  const agreement = {
    vendor: 'availity',
    effective: '2020-01-01',
    expires: null,
    scope: ['name', 'memberId'],
    evidence: 'signed copy in the safe',
  };
  const availity = await addConnection(services, clinic, {
    name: 'Availity',
    system: 'availity',
    mode: 'live',
    config: {
      environment: 'demo',
      scope: 'healthcare-hipaa-transactions-demo',
      baseUrl: options.availity ?? 'http://127.0.0.1:9',
      requestTimeoutSeconds: 3,
      inquireAfterSeconds: 1,
      pollSeconds: 0.05,
    },
    secrets: { clientId: 'clinic', clientSecret: 'secret' },
    agreement,
  });
  const webpt = await addConnection(services, clinic, {
    name: 'WebPT',
    system: 'webpt',
    mode: 'live',
    config: { dropFolder: '/tmp', profile: 'webpt-standard' },
    secrets: {},
    agreement: { ...agreement, vendor: 'webpt' },
  });
  const policies = createPolicies({ ...services, book: await readRuleBook(services.validator) });
  const followed = { ...services, policies, workflows: noWorkflows };
  const workItems = createWorkItems(followed);
  const linker = createLinker((await readDataRules(services.validator)).linkage);
  const shared = { ...followed, workItems, linker };
  const from = originOf({ clinic, connection: webpt.id, today: options.today });
  await db.transaction().execute(async (trx) => {
    await storePatient(shared, trx, from, patientRow());
    await storePeriods(shared, trx, from, 'P-1001', [periodRow()]);
    const visits = Array.from({ length: 14 }, (_, visit): AppointmentRow => {
      const date = addDays(options.today, visit * 3 - 15);
      return {
        appointmentId: `A-${visit}`,
        recordNumber: 'P-1001',
        date,
        time: '09:00',
        startsAt: `${date}T15:00:00.000Z`,
        status: date < options.today ? 'arrived' : 'booked',
        type: 'PT follow-up',
        units: 4,
        ...placeUntold,
      };
    });
    await storeAppointments(shared, trx, from, visits, new Map());
  });
  const row = await db
    .selectFrom('authorizations')
    .select(['ref', 'patient'])
    .where('clinic', '=', clinic)
    .executeTakeFirstOrThrow();
  const decisions = createDecisions(shared);
  const everyRole: readonly Role[] = roles;
  const principal: SessionPrincipal = {
    kind: 'session',
    user,
    displayName: 'Robin Desk',
    clinic,
    roles: everyRole,
    session: 'test',
  };
  return {
    clinic,
    user: principal,
    email,
    key,
    workerKey,
    webpt: webpt.id,
    availity: availity.id,
    authorization: row.ref,
    patient: row.patient,
    policies,
    workItems,
    linker,
    report: (change) =>
      db.transaction().execute(async (trx) => {
        await storePatient(shared, trx, from, patientRow(change));
      }),
    async follow(recordNumber, date) {
      await db.transaction().execute(async (trx) => {
        await storePatient(shared, trx, from, patientRow({ recordNumber }));
        await storePeriods(shared, trx, from, recordNumber, [periodRow({ recordNumber, to: addDays(date, -1) })]);
        const visit: AppointmentRow = {
          appointmentId: `A-${recordNumber}`,
          recordNumber,
          date,
          time: '09:00',
          startsAt: `${date}T15:00:00.000Z`,
          status: 'booked',
          type: 'PT follow-up',
          units: 4,
          ...placeUntold,
        };
        await storeAppointments(shared, trx, from, [visit], new Map());
      });
      const followed = await db
        .selectFrom('authorizations as a')
        .innerJoin('appointments as v', 'v.patient', 'a.patient')
        .select('a.ref')
        .where('a.clinic', '=', clinic)
        .where('a.ref', '<>', row.ref)
        .where('v.date', '=', date)
        .executeTakeFirstOrThrow();
      return followed.ref;
    },
    async approved(attempt = 1) {
      await createAuthorizations(shared).assess(clinic, row.ref);
      const { workItem } = await workItems.open(
        {
          clinic,
          key: `request-${attempt}`,
          kind: 'authorization.request',
          subject: row.ref,
          workflow: null,
          dueAt: null,
          context: { period: 2, requestKind: 'renewal', attempt, approval: null },
        },
        systemPrincipal('test'),
      );
      const revision = await db
        .selectFrom('work_item_revisions')
        .select('hash')
        .where('work_item', '=', workItem)
        .executeTakeFirstOrThrow();
      await decisions.decide(clinic, workItem, { decision: 'approve', hash: revision.hash }, principal);
      return { workItem, approval: revision.hash, effectKey: `authorization.submit/${row.ref}/2/renewal/${attempt}` };
    },
  };
}
