// Where a video visit takes place: a link of its own, sealed, or the clinic's room; a visit that has neither is told to the desk.
import { GaitError } from '../../domain/errors.ts';
import type { Db, Trx } from '../database/tables.ts';
import { actorOf, systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import { clinicOf } from '../messages/needs.ts';
import type { MessageNeeds } from '../messages/needs.ts';

/** The link of a visit; null: none is known. */
export async function videoLinkOf(
  { vault }: Pick<MessageNeeds, 'vault'>,
  trx: Trx,
  clinic: string,
  visit: string,
): Promise<string | null> {
  const row = await trx
    .selectFrom('visit_links')
    .select('record')
    .where('clinic', '=', clinic)
    .where('appointment', '=', visit)
    .executeTakeFirst();
  if (row !== undefined) {
    const opening = { purpose: 'care.videoLink', actor: systemPrincipal('care'), trx };
    const link: unknown = (await vault.open(clinic, row.record, opening))['link'];
    if (typeof link === 'string') return link;
  }
  return (await clinicOf(trx, clinic)).care.videoRoom ?? null;
}

/** Enters a link, or another one; the earlier is forgotten. Throws `reference.unknown` where the clinic has no such visit. */
export async function setVideoLink(
  needs: MessageNeeds,
  of: { readonly clinic: string; readonly visit: string; readonly link: string; readonly by: Principal },
): Promise<void> {
  const { clinic, visit, link, by } = of;
  await needs.db.transaction().execute(async (trx) => {
    const patient = await patientOf(trx, clinic, visit);
    const record = await needs.vault.put(clinic, 'videoLink', { link }, { trx });
    const said = { record, by_actor: actorOf(by), at: needs.now() };
    await trx
      .insertInto('visit_links')
      .values({ appointment: visit, clinic, ...said })
      .onConflict((conflict) => conflict.column('appointment').doUpdateSet(said))
      .execute();
    await needs.audit.append(trx, {
      clinic,
      actor: actorOf(by),
      action: 'visit.videoLinkSet',
      subject: visit,
      purpose: 'care.videoLink',
      details: { patient },
    });
  });
}

async function patientOf(db: Db, clinic: string, visit: string): Promise<string> {
  const row = await db
    .selectFrom('appointments')
    .select('patient')
    .where('clinic', '=', clinic)
    .where('ref', '=', visit)
    .executeTakeFirst();
  if (row === undefined) throw new GaitError('reference.unknown', 'This clinic has no such visit.', { where: 'visit' });
  return row.patient;
}

/** Asks the desk for the link of a video visit, once per visit and time. */
export async function askForVideoLink(
  needs: MessageNeeds,
  trx: Trx,
  of: { readonly clinic: string; readonly patient: string; readonly visit: string; readonly startsAt: Date },
): Promise<void> {
  const { clinic, patient, visit, startsAt } = of;
  await needs.workItems.open(
    {
      clinic,
      key: `patient.videoLink/${visit}/${startsAt.toISOString()}`,
      kind: 'patient.videoLink',
      subject: patient,
      workflow: null,
      dueAt: new Date(Math.max(needs.now().getTime(), startsAt.getTime() - 24 * 3_600_000)).toISOString(),
      context: { visit },
      reason: 'The reminder of a video visit waits for its link: enter it under Care, or set the room of the clinic',
    },
    systemPrincipal('care'),
    trx,
  );
}
