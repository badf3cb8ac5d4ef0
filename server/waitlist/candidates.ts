// What is known today of those who wait: their visits, what authorization and benefit have left, the offers they had.
import type { Candidate, VisitsLeft } from '../../domain/waitlist/candidate.ts';
import { appointmentsOf, factsOfRow } from '../authorizations/facts.ts';
import type { Db, Trx } from '../database/tables.ts';
import { timesOf } from '../schedule/patient-times.ts';
import type { EntryRow, WaitlistNeeds } from './needs.ts';

/** Everybody on the clinic's list, as a candidate for a slot. */
export async function candidatesOf(needs: WaitlistNeeds, trx: Trx, clinic: string): Promise<Candidate[]> {
  const rows = await trx
    .selectFrom('waitlist_entries')
    .selectAll()
    .where('clinic', '=', clinic)
    .where('state', 'in', ['waiting', 'paused'])
    .orderBy('ref')
    .execute();
  const candidates: Candidate[] = [];
  for (const row of rows) candidates.push(await candidateOf(needs, trx, row));
  return candidates;
}

/** One entry with what is known of its patient now. */
export async function candidateOf(needs: WaitlistNeeds, trx: Trx, row: EntryRow): Promise<Candidate> {
  const { clinic, patient, wishes } = row;
  const visits = (await appointmentsOf(trx, clinic, patient)).filter(
    ({ status }) => status === 'booked' || status === 'arrived',
  );
  const replaced = visits.find(({ ref }) => ref === row.replaces);
  return {
    entry: row.ref,
    patient,
    discipline: wishes.discipline,
    minutes: wishes.minutes,
    therapists: wishes.therapists,
    wantedTherapist: wishes.wantedTherapist,
    locations: wishes.locations,
    equipment: wishes.equipment,
    // Asked once: what the patient said last holds, wherever it was said.
    times: (await timesOf(trx, patient)) ?? wishes.times,
    noticeMinutes: wishes.noticeMinutes,
    plan: {
      from: wishes.planFrom,
      to: wishes.planTo,
      visitsPerWeek: wishes.visitsPerWeek,
      daysApart: wishes.daysApart,
    },
    visitDays: visits.map(({ date }) => date),
    replaces: replaced === undefined ? null : { appointment: replaced.ref, date: replaced.date },
    authorization: await authorizationOf(needs, trx, row),
    benefitVisitsLeft: await benefitVisitsLeft(trx, clinic, patient),
    // A booked visit of the past that nobody has marked yet may have been kept.
    visitsBooked: visits.filter(({ status }) => status === 'booked').length,
    waitingSince: row.waiting_since.toISOString(),
    priority: row.priority,
    offers: await offersOf(trx, row.ref),
    holdsSlot: await heldFor(trx, row.ref),
    paused: row.state === 'paused',
  };
}

async function offersOf(db: Db, entry: string): Promise<Candidate['offers']> {
  const rows = await db
    .selectFrom('slot_offers')
    .select(['slot', 'at'])
    .where('entry', '=', entry)
    .orderBy('at')
    .execute();
  return rows.map(({ slot, at }) => ({ slot, at: at.toISOString() }));
}

/** The slot that this entry said yes to and that staff have not booked yet. */
async function heldFor(db: Db, entry: string): Promise<string | null> {
  const row = await db
    .selectFrom('slot_holds as h')
    .innerJoin('slot_offers as o', 'o.ref', 'h.offer')
    .select('h.slot')
    .where('o.entry', '=', entry)
    .orderBy('h.at')
    .executeTakeFirst();
  return row?.slot ?? null;
}

/** Of the authorization that covers the patient; where there is none, nobody knows whether the payer asks for one. */
export async function authorizationOf(
  needs: Pick<WaitlistNeeds, 'policies' | 'now'>,
  db: Db,
  row: Pick<EntryRow, 'clinic' | 'patient'>,
): Promise<Candidate['authorization']> {
  const found = await db
    .selectFrom('authorizations')
    .selectAll()
    .where('clinic', '=', row.clinic)
    .where('patient', '=', row.patient)
    .orderBy('ref')
    .execute();
  const none = { required: null, visitsLeft: null, from: null, to: null };
  const [first, ...others] = found;
  // Of several nobody can tell here which pays for the visit: a person looks.
  if (first === undefined || others.length > 0) return none;
  const { authorization, assessment } = await factsOfRow({ ...needs, db }, first, needs.now());
  const { state, visits, visitsLeftAhead, runsOutOn, limitedBy } = assessment.projection;
  if (state === 'notRequired') return { ...none, required: false };
  const required = authorization.requiredByPayer;
  // Held, ended or never approved: no visit is covered.
  if (state === 'held' || state === 'ended' || state === 'noApproval') return { ...none, required, visitsLeft: 0 };
  const approved = authorization.periods.filter(({ status }) => status === 'approved' || status === 'partlyApproved');
  const [from = null] = approved.map((period) => period.from).sort();
  return {
    required,
    visitsLeft: visitsLeftAhead ?? visits.left,
    from,
    to: limitedBy === 'endDate' ? runsOutOn : null,
  };
}

/** By the newest answer of the payer; where none told, it is unknown. */
export async function benefitVisitsLeft(db: Db, clinic: string, patient: string): Promise<VisitsLeft> {
  const row = await db
    .selectFrom('eligibility_summaries as s')
    .innerJoin('eligibility_checks as c', 'c.ref', 's.check_ref')
    .select('s.structure')
    .where('s.clinic', '=', clinic)
    .where('c.patient', '=', patient)
    .where('c.state', '=', 'answered')
    .orderBy('s.at', 'desc')
    .orderBy('s.position')
    .executeTakeFirst();
  const left: unknown = row?.structure['visitsLeft'];
  return typeof left === 'number' || left === 'unlimited' ? left : null;
}
