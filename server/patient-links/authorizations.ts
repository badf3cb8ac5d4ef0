// Which authorization follows the patient when two records become one: there is one to follow, or a person settles it first.
import { GaitError } from '../../domain/errors.ts';
import type { Trx } from '../database/tables.ts';
import type { Merge } from './moved.ts';

interface Own {
  readonly ref: string;
  readonly patient: string;
  readonly payer: string;
  readonly isFollowed: boolean;
}

/**
 * The authorizations that change sides. A record has one at most, so that the one nobody follows goes the other way.
 * @throws GaitError `state.conflict` where both are followed, or the followed one is with another payer than the patient who stays
 */
export async function authorizationsThatMove(
  trx: Trx,
  { clinic, stays, goes }: Merge,
): Promise<readonly { readonly ref: string; readonly was: string; readonly to: string }[]> {
  const own = await ownOf(trx, clinic, [stays, goes]);
  const followed = own.filter(({ isFollowed }) => isFollowed);
  const goingOn = followed.find(({ patient }) => patient === goes);
  if (goingOn === undefined) {
    const hers = own.find(({ patient }) => patient === goes);
    // Nobody follows it: it goes along only where the record that stays has none.
    const isAlone = hers !== undefined && !own.some(({ patient }) => patient === stays);
    return isAlone ? [{ ref: hers.ref, was: goes, to: stays }] : [];
  }
  if (followed.some(({ patient }) => patient === stays))
    throw new GaitError('state.conflict', 'Both records have an authorization that is followed.', {
      where: 'decision',
      fix: 'Close one of the two in the PT system, import it, and decide again.',
    });
  const { payer } = await trx.selectFrom('patients').select('payer').where('ref', '=', stays).executeTakeFirstOrThrow();
  if (payer !== null && payer !== goingOn.payer)
    throw new GaitError('state.conflict', 'The authorization that is followed is with another payer.', {
      where: 'outcome.stays',
      fix: 'Let the other record stay, or correct the coverage of this one first.',
    });
  const other = own.find(({ patient }) => patient === stays);
  return [
    { ref: goingOn.ref, was: goes, to: stays },
    ...(other === undefined ? [] : [{ ref: other.ref, was: stays, to: goes }]),
  ];
}

async function ownOf(trx: Trx, clinic: string, patients: readonly string[]): Promise<Own[]> {
  const rows = await trx
    .selectFrom('authorizations')
    .select(['ref', 'patient', 'payer', 'periods'])
    .where('clinic', '=', clinic)
    .where('patient', 'in', patients)
    .orderBy('ref')
    .forNoKeyUpdate()
    .execute();
  if (rows.length === 0) return [];
  const asked = await trx
    .selectFrom('work_items')
    .select('subject')
    .where('clinic', '=', clinic)
    .where('status', '=', 'open')
    .where(
      'subject',
      'in',
      rows.map(({ ref }) => ref),
    )
    .execute();
  const open = new Set(asked.map(({ subject }) => subject));
  return rows.map(({ ref, patient, payer, periods }) => ({
    ref,
    patient,
    payer,
    isFollowed: periods.length > 0 || open.has(ref),
  }));
}

/** Makes each authorization that of the patient named, and has its workflow look again. */
export async function giveAuthorizations(
  trx: Trx,
  moves: readonly { readonly ref: string; readonly to: string }[],
  at: Date,
): Promise<void> {
  for (const { ref, to } of moves)
    await trx
      .updateTable('authorizations')
      .set({ patient: to, to_track: true, updated_at: at })
      .where('ref', '=', ref)
      .execute();
}
