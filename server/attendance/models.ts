// The models of a clinic's attendance: trained at night on its own history, kept with the day and how much they saw, read by whoever asks.
import { dropOutFeatures, dropOutSamples } from '../../domain/attendance/drop-out.ts';
import type { DropOutFeature } from '../../domain/attendance/drop-out.ts';
import { train } from '../../domain/attendance/model.ts';
import type { AttendanceModel } from '../../domain/attendance/model.ts';
import { noShowFeatures, noShowSamples } from '../../domain/attendance/no-show.ts';
import type { NoShowFeature } from '../../domain/attendance/no-show.ts';
import type { Trx } from '../database/tables.ts';
import { dayOf } from './needs.ts';
import type { AttendanceNeeds, ClinicDay } from './needs.ts';
import { episodesOf, visitsOf } from './history.ts';
import type { ModelKind } from './tables.ts';

/** A model with the history it saw; dates `YYYY-MM-DD` in the clinic's zone, null where the history is empty. */
export interface Trained<Feature extends string> {
  readonly trainedOn: string;
  readonly historyFrom: string | null;
  readonly historyTo: string | null;
  readonly model: AttendanceModel<Feature>;
}

export interface Models {
  readonly noShow: Trained<NoShowFeature>;
  /** Null: no system tells of discharges, so that nobody can tell the end of care from staying away. */
  readonly dropOut: Trained<DropOutFeature> | null;
}

/** Trains both on everything the clinic knows today. The same history gives the same models. */
export async function trainModels(
  { db }: Pick<AttendanceNeeds, 'db'>,
  clinic: string,
  day: ClinicDay,
): Promise<Models> {
  const { zone, today, rule } = day;
  const visits = await visitsOf(db, clinic, zone);
  const seen = visits.filter(({ outcome }) => outcome === 'kept' || outcome === 'missed').map(({ date }) => date);
  const history = { trainedOn: today, historyFrom: seen[0] ?? null, historyTo: seen.at(-1) ?? null };
  const episodes = await episodesOf(db, clinic, visits, zone);
  return {
    noShow: { ...history, model: train(noShowSamples(visits), noShowFeatures, rule) },
    dropOut:
      episodes === null
        ? null
        : { ...history, model: train(dropOutSamples(episodes, rule, today), dropOutFeatures, rule) },
  };
}

/** Trains and keeps both. */
export async function keepModels(needs: AttendanceNeeds, clinic: string): Promise<Models> {
  const models = await trainModels(needs, clinic, await dayOf(needs, clinic));
  await needs.db.transaction().execute(async (trx) => {
    await keep(needs, trx, clinic, 'noShow', models.noShow);
    if (models.dropOut !== null) await keep(needs, trx, clinic, 'dropOut', models.dropOut);
    else await trx.deleteFrom('attendance_models').where('clinic', '=', clinic).where('kind', '=', 'dropOut').execute();
  });
  return models;
}

async function keep<Feature extends string>(
  { now }: AttendanceNeeds,
  trx: Trx,
  clinic: string,
  kind: ModelKind,
  { trainedOn, historyFrom, historyTo, model }: Trained<Feature>,
): Promise<void> {
  const row = {
    trained_on: trainedOn,
    trained_at: now(),
    history_from: historyFrom,
    history_to: historyTo,
    model: JSON.stringify(model),
  };
  await trx
    .insertInto('attendance_models')
    .values({ clinic, kind, ...row })
    .onConflict((conflict) => conflict.columns(['clinic', 'kind']).doUpdateSet(row))
    .execute();
}

/** The models that were kept; where none was, or it was made for other features or another rule, they are trained now and not kept. */
export async function modelsOf(needs: AttendanceNeeds, clinic: string, day: ClinicDay): Promise<Models> {
  const rows = await needs.db.selectFrom('attendance_models').selectAll().where('clinic', '=', clinic).execute();
  const kept = <Feature extends string>(kind: ModelKind, features: readonly Feature[]): Trained<Feature> | null => {
    const row = rows.find((one) => one.kind === kind);
    if (row === undefined || !isModel(row.model, features, day.rule.id)) return null;
    return { trainedOn: row.trained_on, historyFrom: row.history_from, historyTo: row.history_to, model: row.model };
  };
  const noShow = kept('noShow', noShowFeatures);
  if (noShow === null) return trainModels(needs, clinic, day);
  return { noShow, dropOut: kept('dropOut', dropOutFeatures) };
}

function isModel<Feature extends string>(
  value: unknown,
  features: readonly Feature[],
  rule: string,
): value is AttendanceModel<Feature> {
  if (typeof value !== 'object' || value === null || Reflect.get(value, 'rule') !== rule) return false;
  if (Reflect.get(value, 'type') === 'baseRate') return true;
  const columns: unknown = Reflect.get(value, 'columns');
  const named: readonly unknown[] = Array.isArray(columns) ? columns : [];
  return (
    named.length === features.length &&
    named.every((one, at) => typeof one === 'object' && one !== null && Reflect.get(one, 'feature') === features[at])
  );
}
