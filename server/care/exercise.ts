// Reminders of home programs and what is answered to them: one answer a day, praise within the caps, and a therapist who hears of trouble.
import { dateInZone, dayNumber, spokenDate } from '../../domain/calendar.ts';
import { concernsOf, isAgreed, milestonesReached } from '../../domain/care/exercise.ts';
import type { Concern, Done, ExerciseAnswer } from '../../domain/care/exercise.ts';
import { instantOf } from '../../domain/zoned-time.ts';
import type { Trx } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import type { AnswerTaker } from '../messages/answers.ts';
import type { MessageRow } from '../messages/needs.ts';
import { queueMessage } from '../messages/queue.ts';
import type { Queued } from '../messages/queue.ts';
import { dayOf } from './needs.ts';
import type { CareDay, CareNeeds } from './needs.ts';
import { activePrograms, answersOf, programOf, programRow } from './programs.ts';
import type { ProgramRow } from './programs.ts';

export interface ExerciseReminded extends Queued {
  readonly patient: string;
  readonly program: string;
}

/** After that hour nobody is asked for today any more. */
const lastHour = '21:00';
/** Praise that could not go out within so many hours is of no use. */
const hoursToPraise = 72;
/** A therapist looks at trouble within a working day. */
const hoursToLook = 24;
/** What is laid before the therapist beside the answer itself. */
const answersShown = 7;
const by = systemPrincipal('care');

/** The reminders of today, each once, and an item for every program about which nobody has heard for too long. */
export async function remindOfExercise(
  needs: CareNeeds,
  clinic: string,
  asker: Principal,
): Promise<ExerciseReminded[]> {
  const day = await dayOf(needs, clinic);
  const until = new Date(instantOf(`${day.today}T${lastHour}`, day.zone) ?? `${day.today}T${lastHour}:00Z`);
  const reminded: ExerciseReminded[] = [];
  for (const row of await activePrograms(needs.db, clinic, day.today)) {
    const program = programOf(row);
    const answers = await answersOf(needs.db, row.ref);
    const concerns = concernsOf(program, answers, day.rule, day.today).filter(({ kind }) => kind === 'silent');
    for (const concern of concerns)
      await needs.db.transaction().execute((trx) => tellTherapist(needs, trx, { row, concern, answers, day }));
    if (!isAgreed(program, day.today) || answers.some((one) => one.day === day.today) || needs.now() >= until) continue;
    const queued = await needs.db
      .transaction()
      .execute((trx) => remind(needs, trx, { clinic, row, today: day.today, zone: day.zone, until, asker }));
    reminded.push({ patient: row.patient, program: row.ref, ...queued });
  }
  return reminded;
}

function remind(
  needs: CareNeeds,
  trx: Trx,
  of: {
    readonly clinic: string;
    readonly row: ProgramRow;
    readonly today: string;
    readonly zone: string;
    readonly until: Date;
    readonly asker: Principal;
  },
): Promise<Queued> {
  const { clinic, row, today, zone, until, asker } = of;
  return queueMessage(
    needs,
    trx,
    clinic,
    {
      patient: row.patient,
      purpose: 'exercise.reminder',
      about: row.ref,
      key: `exercise.reminder/${row.ref}/${today}`,
      until,
      // The noon says which day it is about.
      occasion: { startsAt: new Date(instantOf(`${today}T12:00`, zone) ?? `${today}T12:00:00Z`), page: true },
    },
    asker,
  );
}

/** What a patient says of one day. `words` are theirs, for the therapist alone. */
export interface SaidOfDay {
  readonly done: Done;
  readonly felt: number | null;
  readonly words: string | null;
}

/** Whether a message is a reminder of a program, with the program and the day it is about. */
export function programDayOf(row: MessageRow, zone: string): { readonly program: string; readonly day: string } | null {
  if (row.purpose !== 'exercise.reminder' || row.about === null || row.about_at === null) return null;
  return { program: row.about, day: dateInZone(row.about_at.toISOString(), zone) };
}

/**
 * Takes an answer about a day, once: the second one, by whatever way it comes, changes nothing.
 * @returns the milestone it reached, by its count; false where the day was answered before
 */
export async function answerExercise(
  needs: CareNeeds,
  trx: Trx,
  of: { readonly clinic: string; readonly program: string; readonly day: string; readonly said: SaidOfDay },
): Promise<{ readonly milestone: number | null } | false> {
  const { clinic, program, day, said } = of;
  // One at a time: praise and concerns are weighed over all answers.
  const row = await programRow(trx, clinic, program, true);
  const known = await trx
    .selectFrom('exercise_answers')
    .select('day')
    .where('program', '=', program)
    .where('day', '=', day)
    .executeTakeFirst();
  if (known !== undefined) return false;
  const words =
    said.words === null ? null : await needs.vault.put(clinic, 'exerciseWords', { text: said.words }, { trx });
  await trx
    .insertInto('exercise_answers')
    .values({ program, day, clinic, done: said.done, felt: said.felt, words, at: needs.now() })
    .execute();
  await needs.audit.append(trx, {
    clinic,
    actor: 'system:care',
    action: 'exercise.answered',
    subject: program,
    purpose: 'care.exercise',
    details: { patient: row.patient, day },
  });
  const answers = await answersOf(trx, program);
  const today = await dayOf({ ...needs, db: trx }, clinic);
  await tellOfAnswer(needs, trx, { row, answers, day, said, today });
  return { milestone: await praise(needs, trx, { row, answers, today }) };
}

async function tellOfAnswer(
  needs: CareNeeds,
  trx: Trx,
  of: {
    readonly row: ProgramRow;
    readonly answers: readonly ExerciseAnswer[];
    readonly day: string;
    readonly said: SaidOfDay;
    readonly today: CareDay;
  },
): Promise<void> {
  const { row, answers, day, said, today } = of;
  const concerns = concernsOf(programOf(row), answers, today.rule, day).filter(
    ({ kind, key }) => kind !== 'silent' && (kind !== 'hurt' || key.endsWith(`/${day}`)),
  );
  for (const concern of concerns)
    await tellTherapist(needs, trx, { row, concern, answers, day: today, words: said.words });
  if (concerns.length > 0 || said.words === null) return;
  const wrote: Concern = {
    kind: 'hurt',
    key: `words/${row.ref}/${day}`,
    words: 'The patient wrote something about the home program',
  };
  await tellTherapist(needs, trx, { row, concern: wrote, answers, day: today, words: said.words });
}

const doneInWords: Readonly<Record<Done, string>> = { done: 'done', partly: 'partly done', not: 'not done' };

async function tellTherapist(
  needs: CareNeeds,
  trx: Trx,
  of: {
    readonly row: ProgramRow;
    readonly concern: Concern;
    readonly answers: readonly ExerciseAnswer[];
    readonly day: CareDay;
    readonly words?: string | null;
  },
): Promise<void> {
  const { row, concern, answers, day, words = null } = of;
  const values = answers.slice(-answersShown).map((answer) => ({
    label: spokenDate(dayNumber(answer.day), dayNumber(day.today)),
    value: `${doneInWords[answer.done]}, felt ${answer.felt === null ? 'not said' : `${answer.felt} of 10`}`,
  }));
  await needs.workItems.open(
    {
      clinic: row.clinic,
      key: `patient.exercise/${concern.key}`,
      kind: 'patient.exercise',
      subject: row.patient,
      workflow: null,
      dueAt: new Date(needs.now().getTime() + hoursToLook * 3_600_000).toISOString(),
      context: { program: row.ref },
      reason: concern.words,
      draft: {
        system: 'Home program',
        values: [...(words === null ? [] : [{ label: 'They wrote', value: words }]), ...values],
      },
    },
    by,
    trx,
  );
}

/** At most one milestone an answer, the greatest that is new; the caps decide whether a message tells it too. */
async function praise(
  needs: CareNeeds,
  trx: Trx,
  {
    row,
    answers,
    today,
  }: { readonly row: ProgramRow; readonly answers: readonly ExerciseAnswer[]; readonly today: CareDay },
): Promise<number | null> {
  const reached = milestonesReached(programOf(row), answers, today.rule, today.today);
  const key = (id: string): string => `exercise.milestone/${row.ref}/${id}`;
  const known = await trx
    .selectFrom('messages')
    .select('key')
    .where('clinic', '=', row.clinic)
    .where('purpose', '=', 'exercise.milestone')
    .where('patient', '=', row.patient)
    .execute();
  const milestone = reached.findLast(({ id }) => !known.some((one) => one.key === key(id)));
  if (milestone === undefined) return null;
  await queueMessage(
    needs,
    trx,
    row.clinic,
    {
      patient: row.patient,
      purpose: 'exercise.milestone',
      about: row.ref,
      key: key(milestone.id),
      until: new Date(needs.now().getTime() + hoursToPraise * 3_600_000),
      occasion: { count: milestone.count },
    },
    by,
  );
  return milestone.count;
}

/** Takes YES and NO to a reminder of a program; a reminder that a flow wrote for no program is just answered. */
export function exerciseTaker(needs: CareNeeds): AnswerTaker {
  return async (trx, row, answer) => {
    if (answer === 'reschedule') return false;
    const { zone } = await dayOf({ ...needs, db: trx }, row.clinic);
    const of = programDayOf(row, zone);
    if (of === null) return answer === 'yes';
    const said = { done: answer === 'yes' ? 'done' : 'not', felt: null, words: null } as const;
    return (await answerExercise(needs, trx, { clinic: row.clinic, ...of, said })) !== false;
  };
}
