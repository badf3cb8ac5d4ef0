// How a clinic's requests went, by payer: how long each part took, what was asked and approved. Counts and days, no record.
import { sql } from 'kysely';
import type { Db } from '../database/tables.ts';

/** Days of 24 hours to one decimal; null: nothing of the kind happened, so nobody knows. */
export interface DaysSpent {
  readonly count: number;
  readonly medianDays: number | null;
  readonly days90thPercentile: number | null;
}

/** `known` is what the requests that tell it add up to, null where none does; `unknownFor` requests do not tell it. */
export interface VisitSum {
  readonly known: number | null;
  readonly unknownFor: number;
}

export interface PayerStatistics {
  readonly payer: string;
  /** Requests that left for the payer, appeals included. */
  readonly sent: number;
  /** From the opening of the item that asks for a request to the request's leaving. */
  readonly openedToSent: DaysSpent;
  /** To the day the payer's answer came; pended is no answer. */
  readonly sentToAnswered: DaysSpent;
  readonly approved: number;
  readonly partlyApproved: number;
  readonly denied: number;
  readonly cancelled: number;
  readonly notAnswered: number;
  readonly visitsAsked: VisitSum;
  /** Of the requests that were approved, wholly or partly. */
  readonly visitsApproved: VisitSum;
  /**
   * Visits that took place on days no approved period covers, of patients whose payer is known to want an authorization;
   * null where the schedule of none of them is known.
   */
  readonly visitsTreatedUncovered: number | null;
}

/** `from` and `to` are `YYYY-MM-DD` in the clinic's zone, both included; null: no bound. */
export interface Span {
  readonly from: string | null;
  readonly to: string | null;
}

interface Row {
  payer: string;
  sent: number;
  opened_count: number;
  opened_median: number | null;
  opened_p90: number | null;
  answered_count: number;
  answered_median: number | null;
  answered_p90: number | null;
  approved: number;
  partly_approved: number;
  denied: number;
  cancelled: number;
  visits_asked: number | null;
  asked_unknown: number;
  visits_approved: number | null;
  approved_unknown: number;
  uncovered: number | null;
}

/**
 * The statistics of the requests sent within the span, by payer. A request belongs to the payer that was asked, whoever
 * pays now; it is sent, and answered, once for each time it left.
 */
export async function authorizationStatistics(db: Db, clinic: string, span: Span): Promise<PayerStatistics[]> {
  const { rows } = await sql<Row>`
    with zone as (select timezone from clinics where id = ${clinic}),
    sendings as (
      select e.authorization_ref, e.seq, e.detail,
        (e.detail->>'period')::int as period,
        (e.detail->>'sentAt')::timestamptz as sent_at,
        lag(e.seq) over request as sent_before,
        lead(e.seq) over request as sent_again
      from authorization_events e
      where e.clinic = ${clinic} and e.event = 'submitted'
      window request as (partition by e.authorization_ref, e.detail->>'period' order by e.seq)
    ),
    requests as (
      select s.*, coalesce(p.payer, a.payer) as payer, opened.at as opened_at, answered.answer
      from sendings s
      join authorizations a on a.ref = s.authorization_ref
      left join lateral (
        select one.value->>'payer' as payer from jsonb_array_elements(a.periods) one
        where (one.value->>'sequence')::int = s.period limit 1
      ) p on true
      left join lateral (
        select e.at from authorization_events e
        where e.authorization_ref = s.authorization_ref and e.event in ('requestOpened', 'appealStarted')
          and (e.detail->>'period')::int = s.period and e.seq < s.seq and e.seq > coalesce(s.sent_before, 0)
        order by e.seq limit 1
      ) opened on true
      left join lateral (
        select e.detail->'answer' as answer from authorization_events e
        where e.authorization_ref = s.authorization_ref and e.event = 'answered'
          and (e.detail->>'period')::int = s.period and e.seq > s.seq and (s.sent_again is null or e.seq < s.sent_again)
          and e.detail->'answer'->>'status' in ('approved', 'partlyApproved', 'denied', 'cancelled')
        order by e.seq limit 1
      ) answered on true
      where (${span.from}::date is null or (s.sent_at at time zone (select timezone from zone))::date >= ${span.from}::date)
        and (${span.to}::date is null or (s.sent_at at time zone (select timezone from zone))::date <= ${span.to}::date)
    ),
    timed as (
      select payer, answer->>'status' as status,
        extract(epoch from sent_at - opened_at)::float8 / 86400 as to_sent,
        extract(epoch from (answer->>'receivedAt')::timestamptz - sent_at)::float8 / 86400 as to_answer,
        (detail->'requested'->>'visits')::int as asked,
        (answer->>'visitsApproved')::int as granted
      from requests
    ),
    counted as (
      select payer, count(*)::int as sent,
        count(to_sent)::int as opened_count,
        percentile_cont(0.5) within group (order by to_sent) as opened_median,
        percentile_cont(0.9) within group (order by to_sent) as opened_p90,
        count(to_answer)::int as answered_count,
        percentile_cont(0.5) within group (order by to_answer) as answered_median,
        percentile_cont(0.9) within group (order by to_answer) as answered_p90,
        count(*) filter (where status = 'approved')::int as approved,
        count(*) filter (where status = 'partlyApproved')::int as partly_approved,
        count(*) filter (where status = 'denied')::int as denied,
        count(*) filter (where status = 'cancelled')::int as cancelled,
        sum(asked)::int as visits_asked,
        count(*) filter (where asked is null)::int as asked_unknown,
        sum(granted) filter (where status in ('approved', 'partlyApproved'))::int as visits_approved,
        count(*) filter (where status in ('approved', 'partlyApproved') and granted is null)::int as approved_unknown
      from timed group by payer
    ),
    treated as (
      select a.payer, count(distinct v.ref) filter (
        where v.status = 'arrived'
          and (${span.from}::date is null or v.date >= ${span.from}::date)
          and (${span.to}::date is null or v.date <= ${span.to}::date)
          and not exists (
            select from authorizations other, jsonb_array_elements(other.periods) one
            where other.patient = a.patient and one.value->>'status' in ('approved', 'partlyApproved')
              and v.date between coalesce((one.value->>'from')::date, v.date) and coalesce((one.value->>'to')::date, v.date)
          ))::int as uncovered
      from authorizations a join appointments v on v.patient = a.patient
      where a.clinic = ${clinic} and a.required_by_payer
      group by a.payer
    )
    select counted.*, treated.uncovered from counted left join treated using (payer) order by payer`.execute(db);
  return rows.map((row) => ({
    payer: row.payer,
    sent: row.sent,
    openedToSent: daysSpent(row.opened_count, row.opened_median, row.opened_p90),
    sentToAnswered: daysSpent(row.answered_count, row.answered_median, row.answered_p90),
    approved: row.approved,
    partlyApproved: row.partly_approved,
    denied: row.denied,
    cancelled: row.cancelled,
    notAnswered: row.sent - row.approved - row.partly_approved - row.denied - row.cancelled,
    visitsAsked: { known: row.visits_asked, unknownFor: row.asked_unknown },
    visitsApproved: { known: row.visits_approved, unknownFor: row.approved_unknown },
    visitsTreatedUncovered: row.uncovered,
  }));
}

function daysSpent(count: number, median: number | null, p90: number | null): DaysSpent {
  const rounded = (days: number | null): number | null => (days === null ? null : Number(days.toFixed(1)));
  return { count, medianDays: rounded(median), days90thPercentile: rounded(p90) };
}
