// A plan of care as a flow may know it, and as a therapist reads it.
import type { SessionPrincipal } from '../http/principal.ts';
import { nameIn } from '../patient-links/name.ts';
import type { PlanNeeds } from './needs.ts';
import { openPlan, planHash, planRow } from './stored.ts';

/** References, days and counts. Throws `reference.unknown`. */
export async function planForFlow({ db }: Pick<PlanNeeds, 'db'>, clinic: string, ref: string) {
  const row = await planRow(db, clinic, ref);
  return {
    plan: row.ref,
    patient: row.patient,
    session: row.session,
    state: row.state,
    revision: row.revision,
    recertification: row.recertification,
    protocol: row.protocol,
    protocolVersion: row.protocol_version,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    visitsPerWeek: row.visits_per_week,
    visits: row.visits,
    goals: row.goals,
    unknown: row.unknown,
  };
}

/** The whole plan with its patient's name, for who treats. Throws `reference.unknown`. */
export async function planForPeople(needs: PlanNeeds, clinic: string, ref: string, by: SessionPrincipal) {
  const { db, vault } = needs;
  const row = await planRow(db, clinic, ref);
  const sealed = await openPlan(vault, clinic, ref, { purpose: 'planOfCare.view', actor: by });
  const people = await vault.openMany(clinic, [row.patient], { purpose: 'planOfCare.view', actor: by });
  const approver =
    row.approved_by === null
      ? undefined
      : await db
          .selectFrom('users')
          .select(['id', 'display_name as displayName'])
          .where('id', '=', row.approved_by)
          .executeTakeFirst();
  const certification = await db
    .selectFrom('plan_certifications')
    .select(['certified_on', 'order_on_file', 'transmitted_on'])
    .where('patient', '=', row.patient)
    .where('starts_on', '=', row.starts_on)
    .executeTakeFirst();
  return {
    plan: row.ref,
    patient: row.patient,
    name: nameIn(people.get(row.patient)),
    revision: row.revision,
    state: row.state,
    recertification: row.recertification,
    hash: planHash(sealed.draft),
    protocolName: sealed.protocolName,
    draft: sealed.draft,
    similar: sealed.similar,
    approved:
      approver === undefined || row.approved_at === null ? null : { by: approver, at: row.approved_at.toISOString() },
    certification:
      certification === undefined
        ? null
        : {
            certifiedOn: certification.certified_on,
            orderOnFile: certification.order_on_file,
            transmittedOn: certification.transmitted_on,
          },
  };
}
