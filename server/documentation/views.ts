// What the capture page shows: the visits of a day with what starting one needs, and one record with all it is judged by.
import { dateInZone } from '../../domain/calendar.ts';
import { ruleOn } from '../../domain/dated-rows.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Session } from '../../domain/session/schema.ts';
import type { AssistantRule, UnitRuleRow } from '../../domain/units/rule-schema.ts';
import { assistantRuleOn, unitRuleOf } from '../../domain/units/rule-schema.ts';
import { chartGoals } from '../episodes/from-chart.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import { recentInterventions } from './interventions.ts';
import { documentationOf } from '../notes/wording.ts';
import { nameIn } from '../patient-links/name.ts';
import type { CaptureNeeds } from './needs.ts';
import { assertSession } from './needs.ts';

/** How one payer counts, as far as it is written down. */
export interface PayerCounting {
  readonly rule: UnitRuleRow | null;
  readonly assistant: AssistantRule | null;
}

/** A goal of the episode. */
export interface ShownGoal {
  readonly id: string;
  readonly words: string;
}

/** The visits of a day, today's where none is named, with codes, people and interventions to choose from. */
export async function dayOf(
  needs: CaptureNeeds,
  clinic: string,
  of: { readonly day?: string | undefined },
  by: SessionPrincipal,
) {
  const { db, now, captureRules } = needs;
  const { timezone } = await db
    .selectFrom('clinics')
    .select('timezone')
    .where('id', '=', clinic)
    .executeTakeFirstOrThrow();
  const day = of.day ?? dateInZone(now().toISOString(), timezone);
  const rows = await db
    .selectFrom('appointments as a')
    .innerJoin('patients as p', 'p.ref', 'a.patient')
    .leftJoin('session_records as s', 's.appointment', 'a.ref')
    .leftJoin('users as u', 'u.id', 's.clinician')
    .leftJoin('therapists as t', 't.ref', 'a.therapist')
    .leftJoin('episodes as e', (join) => join.onRef('e.patient', '=', 'a.patient').on('e.ended_on', 'is', null))
    .select([
      'a.ref',
      'a.patient',
      'a.starts_at',
      'a.status',
      'p.payer',
      'p.chart',
      't.name as therapist',
      'e.ref as episode',
    ])
    .select(['s.ref as session', 's.state', 's.revision', 's.updated_at', 'u.display_name as begun_by'])
    .where('a.clinic', '=', clinic)
    .where('a.date', '=', day)
    .where('a.status', 'in', ['booked', 'arrived'])
    .orderBy('a.starts_at')
    .orderBy('a.ref')
    .execute();
  const records = await needs.vault.openMany(
    clinic,
    [...new Set(rows.flatMap(({ patient, chart, episode }) => [patient, chart, episode]))].filter(
      (ref) => ref !== null,
    ),
    { purpose: 'session.day', actor: by },
  );
  const last = await lastSessions(
    needs,
    clinic,
    rows.map(({ patient }) => patient),
    day,
  );
  const counting = await countingOf(
    needs,
    clinic,
    rows.map(({ payer }) => payer),
    day,
  );
  return {
    day,
    visits: rows.map((row) => ({
      appointment: row.ref,
      patient: row.patient,
      name: nameIn(records.get(row.patient)),
      startsAt: row.starts_at?.toISOString() ?? null,
      status: row.status,
      /** As the schedule names them; null: it does not. */
      therapist: row.therapist,
      session:
        row.session === null
          ? null
          : {
              ref: row.session,
              state: row.state ?? 'open',
              revision: row.revision ?? 1,
              begunBy: row.begun_by,
              updatedAt: row.updated_at?.toISOString() ?? null,
            },
      last: last.get(row.patient) ?? null,
      counting: counting.get(row.payer ?? '') ?? { rule: null, assistant: null },
      goals: goalsOf(records.get(row.episode ?? ''), records.get(row.chart ?? '')),
    })),
    people: await therapistsOf(needs, clinic),
    codes: captureRules.codes,
    interventions: await recentInterventions(needs, clinic, by),
    listening: {
      vocabulary: ruleOn(captureRules.vocabularies, day, 'dictation'),
      measures: captureRules.measures,
      /** Whether the clinic has somebody who writes down speech. */
      hasSpeech: (await documentationOf(db, clinic)).speechConnection !== undefined,
    },
  };
}

/** One record as it is stored. Throws `reference.unknown`. */
export async function recordOf(needs: CaptureNeeds, clinic: string, ref: string, by: SessionPrincipal) {
  const row = await needs.db
    .selectFrom('session_records')
    .selectAll()
    .where('ref', '=', ref)
    .where('clinic', '=', clinic)
    .executeTakeFirst();
  if (row === undefined) throw new GaitError('reference.unknown', 'There is no such session record.');
  const record: unknown = await needs.vault.open(clinic, ref, { purpose: 'session.capture', actor: by });
  assertSession(needs.validator, record);
  return {
    session: ref,
    appointment: row.appointment,
    date: row.date,
    revision: row.revision,
    state: row.state,
    updatedAt: row.updated_at.toISOString(),
    record: record satisfies Session,
  };
}

/** By patient: the newest record of an earlier day. A visit that went to another patient's record took its session along. */
async function lastSessions({ db }: CaptureNeeds, clinic: string, patients: readonly string[], day: string) {
  const last = new Map<string, { readonly session: string; readonly date: string }>();
  if (patients.length === 0) return last;
  const rows = await db
    .selectFrom('session_records as s')
    .innerJoin('appointments as a', 'a.ref', 's.appointment')
    .select(['s.ref as session', 's.date', 'a.patient'])
    .distinctOn('a.patient')
    .where('s.clinic', '=', clinic)
    .where('a.patient', 'in', [...new Set(patients)])
    .where('s.date', '<', day)
    .orderBy('a.patient')
    .orderBy('s.date', 'desc')
    .orderBy('s.begun_at', 'desc')
    .execute();
  for (const { patient, session, date } of rows) last.set(patient, { session, date });
  return last;
}

/** By payer: how it counts units on that day, and what an assistant's share means. */
async function countingOf(
  { db, policies, captureRules }: CaptureNeeds,
  clinic: string,
  payers: readonly (string | null)[],
  on: string,
): Promise<Map<string, PayerCounting>> {
  const { unitRules, assistantRules } = captureRules.units;
  const counting = new Map<string, PayerCounting>();
  for (const payer of new Set(payers)) {
    if (payer === null) continue;
    const known = await policies.lineOfBusiness(db, clinic, payer, on);
    const lineOfBusiness = known === 'unknown' ? null : known;
    const rule = unitRuleOf(unitRules, { payer, lineOfBusiness, on });
    counting.set(payer, { rule, assistant: assistantRuleOn(assistantRules, on) });
  }
  return counting;
}

function therapistsOf({ db }: CaptureNeeds, clinic: string) {
  return db
    .selectFrom('users')
    .select(['id', 'display_name as displayName'])
    .where('clinic', '=', clinic)
    .where('disabled_at', 'is', null)
    .where((eb) => eb('roles', '@>', eb.val(['therapist'])))
    .orderBy('display_name')
    .execute();
}

/** The goals a clinician entered; where nobody has, those of the chart. */
function goalsOf(episode: unknown, chart: unknown): ShownGoal[] {
  const entered: unknown = textHolder(episode, 'goals');
  const goals: readonly unknown[] = Array.isArray(entered) ? entered : chartGoals(chart);
  return goals.flatMap((goal) => {
    const id = textAt(goal, 'id');
    const words = textAt(goal, 'words');
    return id === null || words === null ? [] : [{ id, words }];
  });
}

function textHolder(record: unknown, field: string): unknown {
  return typeof record === 'object' && record !== null ? Reflect.get(record, field) : null;
}

function textAt(record: unknown, field: string): string | null {
  const value = textHolder(record, field);
  return typeof value === 'string' ? value : null;
}
