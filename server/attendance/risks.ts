// How likely the visits ahead are to be missed and patients to stay away: in the order in which staff should look, with reasons.
import { dropOutFacts, dropOutReasons, episodeStart } from '../../domain/attendance/drop-out.ts';
import { foretell } from '../../domain/attendance/model.ts';
import { noShowFacts, reasonsInWords } from '../../domain/attendance/no-show.ts';
import { addDays, daysBetween } from '../../domain/calendar.ts';
import { compareText } from '../../domain/schedule/order.ts';
import { episodesOf, visitsOf } from './history.ts';
import type { Models } from './models.ts';
import type { AttendanceNeeds, ClinicDay } from './needs.ts';

/** From 0 to 1; null: the clinic has no history at all. `reasons` are none where it is the base rate. */
export interface ShownRisk {
  readonly risk: number | null;
  readonly from: 'model' | 'baseRate';
  readonly reasons: readonly string[];
}

export interface VisitRisk extends ShownRisk {
  readonly visit: string;
  readonly patient: string;
  readonly date: string;
  readonly startsAt: string | null;
}

/** Booked visits of today and the days after it, the likeliest to be missed first. */
export async function visitRisks(
  { db }: Pick<AttendanceNeeds, 'db'>,
  clinic: string,
  { today, zone }: Pick<ClinicDay, 'today' | 'zone'>,
  { noShow }: Pick<Models, 'noShow'>,
  days: number,
): Promise<VisitRisk[]> {
  const ahead = await db
    .selectFrom('appointments')
    .select(['ref', 'patient'])
    .where('clinic', '=', clinic)
    .where('status', '=', 'booked')
    .where('date', '>=', today)
    .where('date', '<=', addDays(today, days))
    .execute();
  const wanted = new Set(ahead.map(({ ref }) => ref));
  const visits = await visitsOf(db, clinic, zone, [...new Set(ahead.map(({ patient }) => patient))]);
  const byPatient = Map.groupBy(visits, ({ patient }) => patient);
  const risks = visits.flatMap((one): VisitRisk[] => {
    if (!wanted.has(one.visit)) return [];
    const facts = noShowFacts(one, byPatient.get(one.patient) ?? []);
    const { risk, from, contributions } = foretell(noShow.model, facts);
    const { visit, patient, date, startsAt } = one;
    return [{ visit, patient, date, startsAt, risk, from, reasons: reasonsInWords(contributions, facts) }];
  });
  return risks.sort(
    (one, other) =>
      (other.risk ?? -1) - (one.risk ?? -1) ||
      compareText(one.startsAt ?? one.date, other.startsAt ?? other.date) ||
      compareText(one.visit, other.visit),
  );
}

export interface PatientRisk extends ShownRisk {
  readonly patient: string;
  readonly lastKept: string;
  /** First day of this run of visits: an alert counts once for it. */
  readonly since: string;
}

/** Patients in care who may stay away, the likeliest first; none where nobody can tell. */
export async function patientRisks(
  { db }: Pick<AttendanceNeeds, 'db'>,
  clinic: string,
  { today, zone, rule }: ClinicDay,
  { dropOut }: Pick<Models, 'dropOut'>,
): Promise<PatientRisk[]> {
  if (dropOut === null) return [];
  const episodes = await episodesOf(db, clinic, await visitsOf(db, clinic, zone), zone);
  const risks = (episodes ?? []).flatMap((episode): PatientRisk[] => {
    const since = episodeStart(episode, rule);
    const lastKept = episode.visits.findLast(({ outcome }) => outcome === 'kept')?.date;
    if (since === null || lastKept === undefined) return [];
    if (daysBetween(lastKept, today) > rule.dropOut.quietDays) return [];
    const { dischargedOn } = episode;
    if (dischargedOn !== null && dischargedOn >= lastKept && dischargedOn <= today) return [];
    const facts = dropOutFacts(episode, lastKept);
    const { risk, from, contributions } = foretell(dropOut.model, facts);
    const reasons = dropOutReasons(contributions, facts);
    return [{ patient: episode.patient, lastKept, since, risk, from, reasons }];
  });
  return risks.sort((one, other) => (other.risk ?? -1) - (one.risk ?? -1) || compareText(one.patient, other.patient));
}
