// A session record as lines, one for each entry, so that what a dictation means can be written down and compared.
import type { Intervention, Load, Session } from '../../session/schema.ts';

type Marks = { readonly unsure?: readonly { readonly field: string }[] };

/** The lines of the entries that a dictation fills, in the order of the alphabet. Words taken over as they are have none. */
export function linesOf(session: Session): readonly string[] {
  const { gait, homeProgram } = session;
  return [
    ...session.interventions.map(workLine),
    ...session.pain.map((one) => line('pain', one.when, one.score, one.side, one.part, doubts(one))),
    ...session.subjective.reports.map((one) =>
      line(one.present ? 'reports' : 'denies', one.symptom, one.side, one.part, doubts(one)),
    ),
    ...session.rangeOfMotion.map((one) =>
      line('range', one.side, one.part, one.motion, one.mode, one.degrees, doubts(one)),
    ),
    ...session.strength.map((one) =>
      line('strength', one.side, one.part, one.motion ?? one.muscle, one.grade, doubts(one)),
    ),
    ...session.specialTests.map((one) =>
      line(
        'test',
        one.name,
        one.side,
        one.positive === null ? null : one.positive ? 'positive' : 'negative',
        doubts(one),
      ),
    ),
    ...session.measures.map((one) => line('measure', one.measure, one.score, doubts(one))),
    ...session.balance.map((one) => line('balance', one.test, one.side, one.seconds, one.assistance, doubts(one))),
    ...session.function.map((one) => line('function', one.activity, one.assistance, doubts(one))),
    ...(gait === null ? [] : [gaitLine(gait)]),
    ...(homeProgram === null ? [] : [line('home', homeProgram.done)]),
    ...(session.totalMinutes === null ? [] : [`total ${session.totalMinutes}`]),
    ...(session.timedMinutes === null ? [] : [`timed ${session.timedMinutes}`]),
  ].sort();
}

function line(...words: readonly (string | number | null | undefined)[]): string {
  return words.filter((word) => word !== null && word !== undefined && word !== '').join(' ');
}

function doubts({ unsure = [] }: Marks): string {
  return unsure
    .map(({ field }) => `?${field}`)
    .sort()
    .join(' ');
}

function gaitLine(gait: NonNullable<Session['gait']>): string {
  const distance = gait.distance === null ? null : `${gait.distance} ${gait.unit ?? ''}`;
  const parts = [distance, gait.device, gait.assistance, [...gait.deviations].sort().join('+'), doubts(gait)];
  return `gait ${parts.filter((part) => part !== null && part !== '').join(', ')}`;
}

function workLine(done: Intervention): string {
  const said: readonly (readonly [string, string | number | null])[] = [
    ['code', done.code],
    ['minutes', done.minutes],
    ['sets', done.sets],
    ['repetitions', done.repetitions],
    ['hold', done.holdSeconds],
    ['load', done.load === null ? null : loadWords(done.load)],
    ['side', done.side],
    ['part', done.part],
    ['assistance', done.assistance],
    ['skills', done.skills.length === 0 ? null : [...done.skills].sort().join('+')],
    ['response', done.response],
    ['progression', done.progression],
  ];
  const fields = said.flatMap(([name, value]) => (value === null ? [] : [`${name} ${value}`]));
  const all = [...fields, ...(done.unsure ?? []).map(({ field }) => `?${field}`).sort()].join(', ');
  return all === '' ? `do ${done.name}` : `do ${done.name}: ${all}`;
}

function loadWords({ value, unit, band }: Load): string {
  if (unit === 'band') return `${band ?? ''} band`;
  if (unit === 'level') return `level ${value ?? ''}`;
  return unit === 'bodyweight' ? 'bodyweight' : `${value ?? ''} ${unit}`;
}
