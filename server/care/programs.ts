// Home programs: entered by whoever treats, sealed but for their days, ended by a person, never changed under an answer.
import { addDays } from '../../domain/calendar.ts';
import type { ExerciseAnswer, ExerciseProgram } from '../../domain/care/exercise.ts';
import { GaitError } from '../../domain/errors.ts';
import type { FromSchema } from 'json-schema-to-ts';
import type { Selectable } from 'kysely';
import type { Db } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import { newReference } from '../vault/reference.ts';
import { assertPatient } from '../messages/views.ts';
import type { CareNeeds } from './needs.ts';
import type { CareTables } from './tables.ts';

const line = { type: 'string', minLength: 1, maxLength: 120 } as const;

/** What of a program lies in the vault. */
export const programRecordSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['title', 'exercises'],
  properties: {
    title: { ...line, phi: 'clinicalText' },
    exercises: {
      type: 'array',
      minItems: 1,
      maxItems: 30,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name'],
        properties: {
          name: { ...line, phi: 'clinicalText' },
          /** How often and how, in the therapist's words. */
          how: { type: 'string', maxLength: 400, phi: 'clinicalText' },
          /** A video that shows it. */
          link: { type: 'string', pattern: '^https://', maxLength: 300 },
        },
      },
    },
  },
} as const;

export type ProgramRecord = FromSchema<typeof programRecordSchema>;

const date = { type: 'string', format: 'date' } as const;

export const newProgramSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['program', 'startsOn', 'endsOn', 'weekdays'],
  properties: {
    program: programRecordSchema,
    startsOn: date,
    endsOn: { type: ['string', 'null'], format: 'date' },
    /** 0 for Monday to 6 for Sunday. */
    weekdays: {
      type: 'array',
      minItems: 1,
      maxItems: 7,
      uniqueItems: true,
      items: { type: 'integer', minimum: 0, maximum: 6 },
    },
  },
} as const;

export type NewProgram = FromSchema<typeof newProgramSchema>;
export type ProgramRow = Selectable<CareTables['exercise_programs']>;

/** Keeps a program. Throws `input.invalid` where it ends before it begins. */
export async function addProgram(
  needs: CareNeeds,
  of: { readonly clinic: string; readonly patient: string; readonly said: NewProgram; readonly by: Principal },
): Promise<string> {
  const { clinic, patient, said, by } = of;
  if (said.endsOn !== null && said.endsOn < said.startsOn)
    throw new GaitError('input.invalid', 'The program ends before it begins.', { where: 'endsOn' });
  return needs.db.transaction().execute(async (trx) => {
    await assertPatient(trx, clinic, patient);
    const ref = newReference('exr');
    await needs.vault.put(clinic, 'exerciseProgram', { ...said.program }, { ref, trx, schema: programRecordSchema });
    await trx
      .insertInto('exercise_programs')
      .values({
        ref,
        clinic,
        patient,
        starts_on: said.startsOn,
        ends_on: said.endsOn,
        weekdays: [...said.weekdays].sort(),
        by_actor: actorOf(by),
        at: needs.now(),
      })
      .execute();
    await needs.audit.append(trx, {
      clinic,
      actor: actorOf(by),
      action: 'exercise.programAdded',
      subject: ref,
      purpose: 'care.exercise',
      details: { patient },
    });
    return ref;
  });
}

/** From tomorrow on nobody is reminded of it any more; what was answered stays. */
export async function endProgram(
  needs: CareNeeds,
  of: { readonly clinic: string; readonly program: string; readonly today: string; readonly by: Principal },
): Promise<void> {
  const { clinic, program, today, by } = of;
  await needs.db.transaction().execute(async (trx) => {
    const row = await programRow(trx, clinic, program, true);
    // One that has not begun never did.
    const last = row.starts_on > today ? addDays(row.starts_on, -1) : today;
    await trx.updateTable('exercise_programs').set({ ends_on: last }).where('ref', '=', program).execute();
    await needs.audit.append(trx, {
      clinic,
      actor: actorOf(by),
      action: 'exercise.programEnded',
      subject: program,
      purpose: 'care.exercise',
      details: { patient: row.patient },
    });
  });
}

/** The row of a program. Throws `reference.unknown`. */
export async function programRow(db: Db, clinic: string, ref: string, lock = false): Promise<ProgramRow> {
  const query = db.selectFrom('exercise_programs').selectAll().where('clinic', '=', clinic).where('ref', '=', ref);
  const row = await (lock ? query.forNoKeyUpdate() : query).executeTakeFirst();
  if (row === undefined)
    throw new GaitError('reference.unknown', 'This clinic has no such home program.', { where: 'program' });
  return row;
}

export function programOf({ ref, starts_on, ends_on, weekdays }: ProgramRow): ExerciseProgram {
  return { ref, startsOn: starts_on, endsOn: ends_on, weekdays };
}

/** What was answered, in the order of the days. */
export async function answersOf(db: Db, program: string): Promise<readonly ExerciseAnswer[]> {
  return db
    .selectFrom('exercise_answers')
    .select(['day', 'done', 'felt'])
    .where('program', '=', program)
    .orderBy('day')
    .execute();
}

/** The programs that are agreed for some day from `today` on. */
export function activePrograms(db: Db, clinic: string, today: string): Promise<ProgramRow[]> {
  return db
    .selectFrom('exercise_programs')
    .selectAll()
    .where('clinic', '=', clinic)
    .where('starts_on', '<=', today)
    .where((where) => where.or([where('ends_on', 'is', null), where('ends_on', '>=', today)]))
    .orderBy('ref')
    .execute();
}
