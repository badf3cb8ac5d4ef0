// Proposed charges as a biller reads them, beside what the billing system has of the same day; and the biller's decision.
import { chargeDifferences } from '../../domain/charge-proposal/compare.ts';
import { GaitError } from '../../domain/errors.ts';
import type { CaptureNeeds } from '../documentation/needs.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import { nameIn } from '../patient-links/name.ts';
import type { DeclineReason } from './tables.ts';

type Needs = Pick<CaptureNeeds, 'db' | 'vault' | 'audit' | 'now'>;

const most = 200;

export interface ProposalAsk {
  readonly state?: 'proposed' | 'accepted' | 'declined' | undefined;
  readonly patient?: string | undefined;
}

/** The newest days first; those nobody has decided on, where nothing else is asked. */
export async function proposalsOf({ db, vault }: Needs, clinic: string, ask: ProposalAsk, by: SessionPrincipal) {
  let query = db
    .selectFrom('charge_proposals as c')
    .leftJoin('users as u', 'u.id', 'c.decided_by')
    .selectAll('c')
    .select('u.display_name')
    .where('c.clinic', '=', clinic)
    .where('c.state', '=', ask.state ?? 'proposed');
  if (ask.patient !== undefined) query = query.where('c.patient', '=', ask.patient);
  const rows = await query.orderBy('c.date', 'desc').orderBy('c.session').limit(most).execute();
  const patients = [...new Set(rows.map(({ patient }) => patient))];
  const people = await vault.openMany(clinic, patients, { purpose: 'charges.review', actor: by });
  const charged = await chargedOn(db, clinic, patients);
  return {
    proposals: rows.map((row) => {
      const onDay = charged.filter(({ patient, date }) => patient === row.patient && date === row.date);
      return {
        session: row.session,
        revision: row.revision,
        patient: row.patient,
        name: nameIn(people.get(row.patient)),
        state: row.state,
        ...row.proposal,
        /** null: the billing system tells no charge of that day. */
        differences: onDay.length === 0 ? null : chargeDifferences(row.proposal.lines, onDay),
        decided:
          row.decided_at === null
            ? null
            : { by: row.display_name, at: row.decided_at.toISOString(), reason: row.reason },
      };
    }),
  };
}

async function chargedOn(db: Needs['db'], clinic: string, patients: readonly string[]) {
  if (patients.length === 0) return [];
  return db
    .selectFrom('visit_charges')
    .select(['patient', 'date', 'code', 'units'])
    .where('clinic', '=', clinic)
    .where('patient', 'in', patients)
    .execute();
}

export interface ProposalDecision {
  /** Of the session that the proposal shown was made of. */
  readonly revision: number;
  readonly decision: 'accepted' | 'declined';
  readonly reason: DeclineReason | null;
}

/** A named person takes the codes and units over, or does not; Gait puts them onto no claim. Throws `reference.unknown`, `state.conflict`. */
export async function decideProposal(
  { db, audit, now }: Needs,
  clinic: string,
  session: string,
  { revision, decision, reason }: ProposalDecision,
  by: SessionPrincipal,
) {
  if (decision === 'declined' && reason === null)
    throw new GaitError('input.invalid', 'A reason is missing.', { where: 'reason' });
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('charge_proposals')
      .select(['state', 'revision'])
      .where('clinic', '=', clinic)
      .where('session', '=', session)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (row === undefined)
      throw new GaitError('reference.unknown', 'No charges are proposed for this session.', { where: 'session' });
    if (row.state !== 'proposed' || row.revision !== revision)
      throw new GaitError('state.conflict', 'The proposal was decided on, or the session was changed meanwhile.', {
        fix: 'Look at the list again.',
      });
    const said = { state: decision, reason, decided_by: by.user, decided_at: now() };
    await trx.updateTable('charge_proposals').set(said).where('session', '=', session).execute();
    const details = { decision, revision, reason };
    await audit.append(trx, { clinic, actor: by.user, action: 'charges.decided', subject: session, details });
    return { session, state: decision };
  });
}
