// The calls of the schedule.
import type {
  Broken,
  ConflictAhead,
  ScheduleStaff,
  ScheduleWeek,
  SeriesAnswer,
  SeriesAsk,
  VisitOfSeries,
  VisitPlace,
} from '../schedule.ts';
import type { WeeklyWindow } from '../../domain/schedule/clock.ts';
import type { VisitsOfDay } from '../visits.ts';
import type { Server } from './server.ts';

const visitPath = ({ series, visit }: VisitOfSeries): string =>
  `/v1/console/schedule/series/${encodeURIComponent(series)}/visits/${encodeURIComponent(visit)}`;

export class ScheduleCalls {
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  visits(day: string): Promise<VisitsOfDay> {
    return this.#server.get(`/v1/console/confirmations?day=${encodeURIComponent(day)}`);
  }

  /** The week that holds a day; null: the present one. */
  scheduleWeek(of: string | null): Promise<ScheduleWeek> {
    return this.#server.get(`/v1/console/schedule/week${of === null ? '' : `?of=${encodeURIComponent(of)}`}`);
  }

  async scheduleConflicts(): Promise<readonly ConflictAhead[]> {
    const { conflicts } = await this.#server.get<{ conflicts: readonly ConflictAhead[] }>(
      '/v1/console/schedule/conflicts',
    );
    return conflicts;
  }

  proposeSeries(ask: SeriesAsk): Promise<SeriesAnswer> {
    return this.#server.post('/v1/schedule/series', ask);
  }

  async checkMove(of: VisitOfSeries, to: VisitPlace): Promise<readonly Broken[]> {
    return (await this.#server.post<{ breaks: readonly Broken[] }>(`${visitPath(of)}/check`, to)).breaks;
  }

  /** @param knowing whether the person was told which rules it breaks there */
  moveVisit(of: VisitOfSeries, to: VisitPlace, revision: number, knowing: boolean): Promise<unknown> {
    return this.#server.post(`${visitPath(of)}/move`, { ...to, revision, knowing });
  }

  removeVisit(of: VisitOfSeries, revision: number): Promise<unknown> {
    return this.#server.post(`${visitPath(of)}/remove`, { revision });
  }

  scheduleStaff(): Promise<ScheduleStaff> {
    return this.#server.get('/v1/console/schedule/staff');
  }

  /** @param ref null for a new one */
  keepStaff(kind: 'therapists' | 'rooms', ref: string | null, facts: object): Promise<unknown> {
    return this.#server.post(`/v1/console/schedule/${kind}${ref === null ? '' : `/${encodeURIComponent(ref)}`}`, facts);
  }

  async patientTimes(patient: string): Promise<readonly WeeklyWindow[] | null> {
    const path = `/v1/console/schedule/patients/${encodeURIComponent(patient)}/times`;
    return (await this.#server.get<{ times: readonly WeeklyWindow[] | null }>(path)).times;
  }

  keepPatientTimes(patient: string, times: readonly WeeklyWindow[]): Promise<unknown> {
    return this.#server.post(`/v1/console/schedule/patients/${encodeURIComponent(patient)}/times`, { times });
  }
}
