// Keeping a session record: a save may be told twice, a conflict is answered with what is stored, closing and opening again.
import { createHash } from 'node:crypto';
import { stillCarried } from '../../domain/capture/carry.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Session } from '../../domain/session/schema.ts';
import type { Trx } from '../database/tables.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import type { CaptureNeeds } from './needs.ts';
import { assertSession } from './needs.ts';

export interface Save {
  /** Made by the tablet, once for each save: sent again it changes nothing. */
  readonly id: string;
  readonly appointment: string;
  /** The revision it starts from; 0: none is known. */
  readonly base: number;
  readonly record: Session;
}

/** What is stored now. */
export interface Stored {
  readonly session: string;
  readonly revision: number;
  readonly state: 'open' | 'closed';
  readonly record: Session;
}

export type SaveOutcome =
  | { readonly outcome: 'saved'; readonly revision: number }
  | { readonly outcome: 'conflict'; readonly current: Stored };

/**
 * Takes a tablet's record as the next revision; the first one begins it. Whoever starts from another revision than the
 * stored one, or from a closed record, is answered with what is stored and nothing is changed.
 * Throws `reference.unknown` for a visit or record the clinic does not have, `input.invalid` naming the field.
 */
export async function saveSession(
  needs: CaptureNeeds,
  clinic: string,
  ref: string,
  { id, appointment, base, record }: Save,
  by: SessionPrincipal,
): Promise<SaveOutcome> {
  if (record.ref !== ref) throw new GaitError('input.invalid', 'The record is another one.', { where: 'record.ref' });
  return needs.db.transaction().execute(async (trx) => {
    // The row of the visit keeps two tablets apart, also while no record is there yet.
    const visit = await trx
      .selectFrom('appointments')
      .select(['patient', 'date'])
      .where('ref', '=', appointment)
      .where('clinic', '=', clinic)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (visit === undefined) throw new GaitError('reference.unknown', 'There is no such visit.');
    const told = await trx.selectFrom('session_saves').selectAll().where('id', '=', id).executeTakeFirst();
    if (told !== undefined && told.session === ref) return { outcome: 'saved', revision: told.revision };
    if (told !== undefined)
      throw new GaitError('input.invalid', 'This save belongs to another record.', { where: 'save' });
    const row = await trx
      .selectFrom('session_records')
      .selectAll()
      .where('appointment', '=', appointment)
      .executeTakeFirst();
    const at = needs.now();
    if (row === undefined) {
      if (base !== 0) throw new GaitError('reference.unknown', 'There is no such session record.');
      assertAbout(record, visit);
      await begin(needs, trx, { clinic, ref, appointment, record, by, at });
    } else {
      if (row.ref !== ref || row.revision !== base || row.state === 'closed')
        return { outcome: 'conflict', current: await storedOf(needs, trx, clinic, row, by) };
      const about = (await wereOnce(trx, clinic, record.patient, row.patient)) ? row.patient : record.patient;
      const known = { ...record, patient: about };
      assertAbout(known, row);
      await needs.vault.replace(clinic, ref, known, { trx });
      await trx
        .updateTable('session_records')
        .set({ revision: base + 1, updated_at: at })
        .where('ref', '=', ref)
        .execute();
    }
    const revision = base + 1;
    await trx.insertInto('session_saves').values({ id, session: ref, revision, by_user: by.user, at }).execute();
    return { outcome: 'saved', revision };
  });
}

/** Whether somebody put the two records of a person together, or took them apart again: a tablet may know the other one still. */
async function wereOnce(trx: Trx, clinic: string, one: string, other: string): Promise<boolean> {
  if (one === other) return false;
  const link = await trx
    .selectFrom('patient_links')
    .select('id')
    .where('clinic', '=', clinic)
    .where('patient', 'in', [one, other])
    .where('stands_for', 'in', [one, other])
    .executeTakeFirst();
  return link !== undefined;
}

/** Patient and day of a record are those of its visit. */
function assertAbout(record: Session, { patient, date }: { readonly patient: string; readonly date: string }): void {
  if (record.patient !== patient)
    throw new GaitError('input.invalid', 'The record is about another patient than the visit.', {
      where: 'record.patient',
    });
  if (record.date !== date)
    throw new GaitError('input.invalid', 'The record is of another day than the visit.', { where: 'record.date' });
}

async function begin(
  { vault, audit }: CaptureNeeds,
  trx: Trx,
  of: {
    readonly clinic: string;
    readonly ref: string;
    readonly appointment: string;
    readonly record: Session;
    readonly by: SessionPrincipal;
    readonly at: Date;
  },
): Promise<void> {
  const { clinic, ref, appointment, record, by, at } = of;
  const taken = await trx.selectFrom('vault_records').select('ref').where('ref', '=', ref).executeTakeFirst();
  if (taken !== undefined) throw new GaitError('reference.unknown', 'There is no such session record.');
  await vault.put(clinic, 'session', { ...record }, { ref, trx });
  const { patient, date } = record;
  await trx
    .insertInto('session_records')
    .values({
      ref,
      clinic,
      patient,
      appointment,
      date,
      revision: 1,
      state: 'open',
      clinician: by.user,
      begun_at: at,
      updated_at: at,
      closed_at: null,
      closed_by: null,
    })
    .execute();
  await audit.append(trx, { clinic, actor: by.user, action: 'session.begun', subject: ref, details: { appointment } });
}

interface Row {
  readonly ref: string;
  readonly revision: number;
  readonly state: 'open' | 'closed';
}

async function storedOf(
  { vault, validator }: CaptureNeeds,
  trx: Trx,
  clinic: string,
  { ref, revision, state }: Row,
  by: SessionPrincipal,
): Promise<Stored> {
  const record: unknown = await vault.open(clinic, ref, { purpose: 'session.conflict', actor: by, trx });
  assertSession(validator, record);
  return { session: ref, revision, state, record };
}

/**
 * Closes a record: what was captured is complete as far as its therapist can say, and a draft may be made of it.
 * Throws `state.conflict` where another revision is stored, or entries of the last session were neither confirmed nor removed.
 */
export function closeSession(
  needs: CaptureNeeds,
  clinic: string,
  ref: string,
  revision: number,
  by: SessionPrincipal,
): Promise<{ readonly revision: number }> {
  return needs.db.transaction().execute(async (trx) => {
    const row = await lockedRow(trx, clinic, ref);
    if (row.state === 'closed') throw new GaitError('state.conflict', 'This session is closed already.');
    assertRevision(row, revision);
    const { record } = await storedOf(needs, trx, clinic, row, by);
    const left = stillCarried(record);
    if (left > 0)
      throw new GaitError('state.conflict', `Entries of the last session that nobody confirmed: ${left}.`, {
        fix: 'Confirm each of them, or remove it.',
      });
    const at = needs.now();
    await trx
      .updateTable('session_records')
      .set({ state: 'closed', closed_at: at, closed_by: by.user, updated_at: at })
      .where('ref', '=', ref)
      .execute();
    const hash = createHash('sha256').update(canonicalJson(record)).digest('hex');
    const details = { revision, hash };
    await needs.audit.append(trx, { clinic, actor: by.user, action: 'session.closed', subject: ref, details });
    return { revision };
  });
}

/** Opens a closed record again. Throws `state.conflict` where it is open, or a document made of it is signed. */
export function reopenSession(
  needs: CaptureNeeds,
  clinic: string,
  ref: string,
  by: SessionPrincipal,
): Promise<{ readonly revision: number }> {
  return needs.db.transaction().execute(async (trx) => {
    const { state, revision } = await lockedRow(trx, clinic, ref);
    if (state === 'open') throw new GaitError('state.conflict', 'This session is open.');
    await assertUnsigned(trx, ref);
    await trx
      .updateTable('session_records')
      .set({ state: 'open', closed_at: null, closed_by: null, updated_at: needs.now() })
      .where('ref', '=', ref)
      .execute();
    const details = { revision };
    await needs.audit.append(trx, { clinic, actor: by.user, action: 'session.reopened', subject: ref, details });
    return { revision };
  });
}

/** What a signed document was made of stays as it was; the lock of the session keeps a signature from coming between. */
async function assertUnsigned(trx: Trx, session: string): Promise<void> {
  const signed = await trx
    .selectFrom('notes')
    .select('ref')
    .where('session', '=', session)
    .where('state', 'in', ['awaitingCosign', 'signed', 'filed'])
    .executeTakeFirst();
  if (signed === undefined) return;
  throw new GaitError('state.conflict', 'A document made of this session is signed.', {
    fix: 'Write an addendum to the signed document.',
  });
}

async function lockedRow(trx: Trx, clinic: string, ref: string): Promise<Row> {
  const row = await trx
    .selectFrom('session_records')
    .select(['ref', 'revision', 'state'])
    .where('ref', '=', ref)
    .where('clinic', '=', clinic)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new GaitError('reference.unknown', 'There is no such session record.');
  return row;
}

function assertRevision(row: Row, revision: number): void {
  if (row.revision === revision) return;
  throw new GaitError('state.conflict', 'The session was changed on another device meanwhile.', {
    where: 'revision',
    fix: 'Look at the newest state, then close it.',
  });
}
