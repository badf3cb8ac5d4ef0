// Forms before a first visit: asked for once with the booking or the welcome, answered once by the patient, reviewed by the desk.
import { createHash } from 'node:crypto';
import { questionnaireSchema } from '../../domain/care/intake-schema.ts';
import type { Questionnaire } from '../../domain/care/intake-schema.ts';
import { readIntake, redFlagsIn, summaryFor } from '../../domain/care/intake.ts';
import type { IntakeAnswers } from '../../domain/care/intake.ts';
import type { FromSchema } from 'json-schema-to-ts';
import type { Selectable } from 'kysely';
import type { Db, Trx } from '../database/tables.ts';
import { actorOf, systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import { newReference, randomText } from '../vault/reference.ts';
import { dayOf } from './needs.ts';
import type { CareNeeds } from './needs.ts';
import type { CareTables } from './tables.ts';

export type IntakeRow = Selectable<CareTables['intake_forms']>;

const recordSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['form', 'token', 'answers'],
  properties: {
    form: questionnaireSchema,
    /** Of the link, so that a second message can name it again. */
    token: { type: 'string' },
    answers: {
      anyOf: [{ type: 'null' }, { type: 'object', additionalProperties: { type: 'string', phi: 'clinicalText' } }],
    },
  },
} as const;

export type IntakeRecord = FromSchema<typeof recordSchema>;

/** The desk reviews a form within a day, a clinician looks at a red flag within hours. */
const hoursToReview = 24;
const hoursToLook = 4;
const by = systemPrincipal('care');

/** What of a link is kept. */
export function digestOf(token: string): Buffer {
  return createHash('sha256').update(`intake ${token}`).digest();
}

/** The latest form that a patient was asked for; null: none. */
export async function latestIntake(db: Db, clinic: string, patient: string): Promise<IntakeRow | null> {
  const row = await db
    .selectFrom('intake_forms')
    .selectAll()
    .where('clinic', '=', clinic)
    .where('patient', '=', patient)
    .orderBy('asked_at', 'desc')
    .executeTakeFirst();
  return row ?? null;
}

/** The record of a form, opened. */
export async function intakeRecord(
  { vault, validator }: Pick<CareNeeds, 'vault' | 'validator'>,
  row: Pick<IntakeRow, 'clinic' | 'ref'>,
  opening: { readonly purpose: string; readonly actor: Parameters<CareNeeds['vault']['open']>[2]['actor']; trx?: Trx },
): Promise<IntakeRecord> {
  const record: unknown = await vault.open(row.clinic, row.ref, opening);
  assertRecord(validator, record);
  return record;
}

function assertRecord(validator: Validator, record: unknown): asserts record is IntakeRecord {
  validator.check(recordSchema, record, 'intake');
}

/** Where a form is filled in. */
export function formUrl({ publicUrl }: Pick<CareNeeds, 'publicUrl'>, token: string): string {
  return `${publicUrl}/f/${token}`;
}

/**
 * Asks a patient for the form of a first visit, once: who was asked before is not asked again.
 * @returns the link, and whether it is new
 */
export async function inviteToForm(
  needs: CareNeeds,
  trx: Trx,
  of: {
    readonly clinic: string;
    readonly patient: string;
    readonly appointment: string | null;
    readonly asker: Principal;
  },
): Promise<{ readonly ref: string; readonly link: string; readonly isNew: boolean }> {
  const { clinic, patient, appointment, asker } = of;
  const known = await latestIntake(trx, clinic, patient);
  if (known !== null) {
    const { token } = await intakeRecord(needs, known, { purpose: 'care.forms', actor: by, trx });
    return { ref: known.ref, link: formUrl(needs, token), isNew: false };
  }
  const { form, rule } = await dayOf({ ...needs, db: trx }, clinic);
  const ref = newReference('int');
  const token = randomText(22);
  const record: IntakeRecord = { form, token, answers: null };
  await needs.vault.put(clinic, 'intake', { ...record }, { ref, trx, schema: recordSchema });
  const at = needs.now();
  await trx
    .insertInto('intake_forms')
    .values({
      ref,
      clinic,
      patient,
      appointment,
      form: form.id,
      digest: digestOf(token),
      expires_at: new Date(at.getTime() + rule.intake.linkDays * 86_400_000),
      asked_at: at,
    })
    .execute();
  await needs.audit.append(trx, {
    clinic,
    actor: actorOf(asker),
    action: 'intake.asked',
    subject: ref,
    purpose: 'care.forms',
    details: { patient, form: form.id },
  });
  return { ref, link: formUrl(needs, token), isNew: true };
}

/** The form of a link that is neither answered nor over. */
export async function openForm(db: Db, token: string, now: Date, lock = false): Promise<IntakeRow | null> {
  const query = db
    .selectFrom('intake_forms')
    .selectAll()
    .where('digest', '=', digestOf(token))
    .where('state', '=', 'asked')
    .where('expires_at', '>', now);
  return (await (lock ? query.forNoKeyUpdate() : query).executeTakeFirst()) ?? null;
}

/**
 * Takes what a patient filled in, once: sealed, the desk's part laid before the desk, a red flag before a clinician.
 * @returns the questions that lack an answer; then nothing was taken
 */
export async function takeForm(
  needs: CareNeeds,
  trx: Trx,
  row: IntakeRow,
  fields: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const record = await intakeRecord(needs, row, { purpose: 'care.forms', actor: by, trx });
  const { form } = record;
  const { answers, lacking } = readIntake(form, fields);
  if (lacking.length > 0) return lacking;
  const kept: IntakeRecord = { ...record, answers };
  await needs.vault.replace(row.clinic, row.ref, { ...kept }, { schema: recordSchema, trx });
  const flags = redFlagsIn(form, answers);
  const workItem = await layBefore(needs, trx, { row, form, answers, flags: flags.length });
  if (flags.length > 0) await warnClinician(needs, trx, { row, form, answers });
  await trx
    .updateTable('intake_forms')
    .set({ state: 'answered', answered_at: needs.now(), flags: flags.length, work_item: workItem })
    .where('ref', '=', row.ref)
    .execute();
  await needs.audit.append(trx, {
    clinic: row.clinic,
    actor: 'system:care',
    action: 'intake.answered',
    subject: row.ref,
    purpose: 'care.forms',
    details: { patient: row.patient },
  });
  return [];
}

/** What the desk reads and confirms; of the rest it learns only that a clinician has it. */
async function layBefore(
  needs: CareNeeds,
  trx: Trx,
  of: {
    readonly row: IntakeRow;
    readonly form: Questionnaire;
    readonly answers: IntakeAnswers;
    readonly flags: number;
  },
): Promise<string> {
  const { row, form, answers, flags } = of;
  const forDesk = summaryFor(form, answers, 'frontDesk');
  const open = forDesk.filter(({ value }) => value === 'not answered').length;
  const { workItem } = await needs.workItems.open(
    {
      clinic: row.clinic,
      key: `patient.intake/${row.ref}`,
      kind: 'patient.intake',
      subject: row.patient,
      workflow: null,
      dueAt: new Date(needs.now().getTime() + hoursToReview * 3_600_000).toISOString(),
      context: { intake: row.ref },
      reason: [
        'A patient filled in the form before the first visit',
        open === 0 ? '' : `; left empty: ${open}`,
        flags === 0 ? '' : '; a clinician looks at it too',
      ].join(''),
      draft: { system: 'Intake form', values: forDesk },
    },
    by,
    trx,
  );
  return workItem;
}

async function warnClinician(
  needs: CareNeeds,
  trx: Trx,
  of: { readonly row: IntakeRow; readonly form: Questionnaire; readonly answers: IntakeAnswers },
): Promise<void> {
  const { row, form, answers } = of;
  const flags = redFlagsIn(form, answers);
  const values = [
    ...flags.map(({ id, text, redFlagSource = 'set by the clinic' }) => ({
      label: text,
      value: `${answers[id] ?? ''} (${redFlagSource})`,
    })),
    ...summaryFor(form, answers, 'therapist').filter(({ label }) => !flags.some(({ text }) => text === label)),
  ];
  await needs.workItems.open(
    {
      clinic: row.clinic,
      key: `patient.redFlag/${row.ref}`,
      kind: 'patient.redFlag',
      subject: row.patient,
      workflow: null,
      dueAt: new Date(needs.now().getTime() + hoursToLook * 3_600_000).toISOString(),
      context: { intake: row.ref },
      reason: 'An answer in the form before the first visit is one to look at before the visit; it is no diagnosis',
      draft: { system: 'Intake form', values },
    },
    by,
    trx,
  );
}
