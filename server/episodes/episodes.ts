// The episode of care a patient is in: what a clinician entered, completed by the chart, the plan of care and the visits.
import type { JSONSchema } from 'json-schema-to-ts';
import { addDays } from '../../domain/calendar.ts';
import { GaitError } from '../../domain/errors.ts';
import { episodeSchema } from '../../domain/note/source-schema.ts';
import type { Episode } from '../../domain/note/source-schema.ts';
import type { Db, Trx } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { SessionPrincipal, SystemPrincipal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import { allOf } from '../patient-links/same-as.ts';
import type { Services } from '../services.ts';
import { episodeFromChart, unknownEpisode } from './from-chart.ts';
import { daysOfTreatment } from './treatment-days.ts';

export type EpisodeNeeds = Pick<Services, 'db' | 'vault' | 'validator' | 'audit' | 'now'>;

/** `ref` null and `revision` 0: nobody entered it yet; it is what the chart tells. */
export interface StoredEpisode {
  readonly ref: string | null;
  readonly revision: number;
  readonly beganOn: string | null;
  readonly endedOn: string | null;
  /** `treatmentDays` are reckoned anew, up to the day that was asked for. */
  readonly episode: Episode;
}

export interface EpisodeReading {
  /** For whom it is opened; the server itself where nothing is said. */
  readonly by?: SessionPrincipal | SystemPrincipal;
  readonly trx?: Trx;
}

/**
 * The episode of a patient on a day; null where neither a clinician nor a chart tells anything.
 * @param day `YYYY-MM-DD`
 */
export async function currentEpisode(
  needs: EpisodeNeeds,
  clinic: string,
  patient: string,
  day: string,
  { by = systemPrincipal('episodes'), trx }: EpisodeReading = {},
): Promise<StoredEpisode | null> {
  const db: Db = trx ?? needs.db;
  const patients = await allOf(db, clinic, patient);
  const row = await episodeRow(db, clinic, patients, day);
  const told = await toldBySystems(db, clinic, patients, day);
  const refs = [row?.ref, told.chart].filter((ref) => typeof ref === 'string');
  if (refs.length === 0 && told.plan === null) return null;
  const opening = { purpose: 'episode.read', actor: by, ...(trx === undefined ? {} : { trx }) };
  const opened = await needs.vault.openMany(clinic, refs, opening);
  const record = opened.get(told.chart ?? '');
  const chart = record === undefined ? unknownEpisode : episodeFromChart(record);
  const own = row === undefined ? null : episodeIn(needs.validator, opened.get(row.ref));
  const startOfCare = own?.startOfCare ?? chart.startOfCare ?? told.evaluated ?? told.plan?.from ?? null;
  const last = row?.ended_on ?? null;
  const to = last !== null && last < day ? last : day;
  const days = startOfCare === null ? null : await daysOfTreatment(db, { clinic, patients, from: startOfCare, to });
  const base = own ?? chart;
  return {
    ref: row?.ref ?? null,
    revision: row?.revision ?? 0,
    beganOn: startOfCare,
    endedOn: last,
    episode: { ...base, startOfCare, plan: base.plan ?? told.plan, treatmentDays: days?.length ?? null },
  };
}

/** The one entered for that day: the one that goes on, else the one that ended last on or after it. */
async function episodeRow(db: Db, clinic: string, patients: readonly string[], day: string) {
  return db
    .selectFrom('episodes')
    .select(['ref', 'revision', 'ended_on'])
    .where('clinic', '=', clinic)
    .where('patient', 'in', patients)
    .where((where) => where.or([where('began_on', 'is', null), where('began_on', '<=', day)]))
    .where((where) => where.or([where('ended_on', 'is', null), where('ended_on', '>=', day)]))
    .orderBy('ended_on', (order) => order.desc().nullsFirst())
    .orderBy('began_on', (order) => order.desc().nullsLast())
    .executeTakeFirst();
}

async function toldBySystems(db: Db, clinic: string, patients: readonly string[], day: string) {
  const [first] = patients;
  const row = await db
    .selectFrom('patients as p')
    .leftJoin('care_plans as c', 'c.patient', 'p.ref')
    .select(['p.chart', 'c.starts_on', 'c.ends_on', 'c.visits_per_week'])
    .where('p.clinic', '=', clinic)
    .where('p.ref', '=', first ?? '')
    .executeTakeFirst();
  const evaluation = await db
    .selectFrom('visit_notes')
    .select('date')
    .where('clinic', '=', clinic)
    .where('patient', 'in', patients)
    .where('kind', '=', 'evaluation')
    .where('date', '<=', day)
    .orderBy('date', 'desc')
    .executeTakeFirst();
  return {
    chart: row?.chart ?? null,
    evaluated: evaluation?.date ?? null,
    plan:
      row === undefined || row.starts_on === null
        ? null
        : {
            from: row.starts_on,
            to: row.ends_on,
            visitsPerWeek: row.visits_per_week,
            weeks: row.ends_on === null ? null : weeksBetween(row.starts_on, row.ends_on),
            interventions: [],
          },
  };
}

/** Weeks begun from the first day to the last, both included. */
function weeksBetween(from: string, to: string): number {
  let weeks = 0;
  while (addDays(from, weeks * 7) <= to) weeks += 1;
  return weeks;
}

/** What a clinician enters. `revision` 0: a new episode. */
export interface EpisodeEntry {
  readonly revision: number;
  readonly episode: Episode;
  /** The last day of the episode; null: it goes on. */
  readonly endedOn: string | null;
}

/**
 * Keeps what a clinician says of the episode, as its next revision. Treatment days are reckoned, whatever is sent.
 * Throws `state.conflict` where another revision is stored, `reference.unknown` for a patient the clinic does not have.
 */
export async function saveEpisode(
  needs: EpisodeNeeds,
  clinic: string,
  patient: string,
  entry: EpisodeEntry,
  by: SessionPrincipal,
  joined?: Trx,
): Promise<{ readonly episode: string; readonly revision: number }> {
  assertOrder(entry);
  const work = async (trx: Trx) => {
    const known = await trx
      .selectFrom('patients')
      .select('ref')
      .where('clinic', '=', clinic)
      .where('ref', '=', patient)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (known === undefined)
      throw new GaitError('reference.unknown', 'This clinic has no such patient.', { where: 'patient' });
    const row = await trx
      .selectFrom('episodes')
      .select(['ref', 'revision'])
      .where('clinic', '=', clinic)
      .where('patient', 'in', await allOf(trx, clinic, patient))
      .where('ended_on', 'is', null)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if ((row?.revision ?? 0) !== entry.revision)
      throw new GaitError('state.conflict', 'The episode was changed by somebody else meanwhile.', {
        where: 'revision',
        fix: 'Look at the newest state, then save again.',
      });
    const record = { ...entry.episode, treatmentDays: null };
    const revision = entry.revision + 1;
    const said = {
      revision,
      began_on: record.startOfCare,
      ended_on: entry.endedOn,
      by_user: by.user,
      updated_at: needs.now(),
    };
    const schema: JSONSchema = episodeSchema;
    let ref = row?.ref;
    if (ref === undefined) {
      ref = await needs.vault.put(clinic, 'episode', record, { prefix: 'epi', schema, trx });
      await trx
        .insertInto('episodes')
        .values({ ref, clinic, patient, ...said })
        .execute();
    } else {
      await needs.vault.replace(clinic, ref, record, { schema, trx });
      await trx.updateTable('episodes').set(said).where('ref', '=', ref).execute();
    }
    const details = { patient, revision };
    const action = entry.endedOn === null ? 'episode.saved' : 'episode.ended';
    await needs.audit.append(trx, { clinic, actor: by.user, action, subject: ref, details });
    return { episode: ref, revision };
  };
  return joined === undefined ? needs.db.transaction().execute(work) : work(joined);
}

function assertOrder({ endedOn, episode: { startOfCare, goals } }: EpisodeEntry): void {
  if (endedOn !== null && startOfCare !== null && endedOn < startOfCare)
    throw new GaitError('input.invalid', 'The last day lies before the start of care.', { where: 'endedOn' });
  if (new Set(goals.map(({ id }) => id)).size !== goals.length)
    throw new GaitError('input.invalid', 'Two goals carry the same id.', { where: 'episode.goals' });
}

function episodeIn(validator: Validator, value: unknown): Episode {
  assertEpisode(validator, value);
  return value;
}

/** Throws `input.invalid` naming the field by its path, never its value. */
export function assertEpisode(validator: Validator, value: unknown): asserts value is Episode {
  const schema: JSONSchema = episodeSchema;
  validator.check(schema, value, 'episode');
}
