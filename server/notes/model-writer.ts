// The draft writer that lets a language model word the composer's sentences anew, where the clinic set one; whatever fails, the composer's stand.
import { randomInt } from 'node:crypto';
import type { JSONSchema } from 'json-schema-to-ts';
import { operations } from '../../connectors/registry.ts';
import { GaitError } from '../../domain/errors.ts';
import type { ErrorCode } from '../../domain/errors.ts';
import type { Key } from '../../domain/note/deidentify.ts';
import { departing, returning, reworded, rewrittenSchema } from '../../domain/note/rewrite.ts';
import type { Departure, Reworded, Rewritten } from '../../domain/note/rewrite.ts';
import type { NoteDocument } from '../../domain/note/document-schema.ts';
import type { Structure } from '../audit/entry.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import { withinSeconds } from '../operations/timeout.ts';
import { nameIn } from '../patient-links/name.ts';
import type { Services } from '../services.ts';
import type { ModelNeeds } from './model-leave.ts';
import { leaveToAsk } from './model-leave.ts';
import type { NoteRules } from './rules.ts';
import type { DraftWriter, WriteAsk } from './writer.ts';
import { composerWriter } from './writer.ts';
import { documentationOf } from './wording.ts';

export interface ModelWriterNeeds extends ModelNeeds, Pick<Services, 'vault' | 'validator' | 'log'> {
  readonly noteRules: NoteRules;
}

const operation = operations['languageModel.sentences.rewrite'];
/** A little longer than the operation waits by itself. */
const patienceSeconds = operation.requestTimeoutSeconds + 5;
/** Dates move by up to this many days, and by more than a month. */
const shift = { least: 31, most: 400 };

/** What the model is told. It names the rules the verifier holds it to, and no patient. */
const instruction = `You word sentences of a physical therapy note so that they read well. Answer with JSON only:
{"sentences":[{"id":"…","text":"…"}]}. Use the ids you are given, each at most once; leave a sentence out to keep it as it is.
Keep every number, unit, side, joint, motion, grade, assistance level, code, date, negation and name exactly as it is. Add no finding,
no reason and no judgement. Keep words in square brackets unchanged. One sentence each, no line breaks.`;

export function modelWriter(needs: ModelWriterNeeds): DraftWriter {
  return {
    async write(ask) {
      const composed = await composerWriter.write(ask);
      const { modelConnection } = await documentationOf(needs.db, ask.clinic);
      if (modelConnection === undefined) return composed;
      try {
        const { document, writers, taken } = await inOtherWords(needs, ask, composed.document, modelConnection);
        return taken === 0 ? composed : { document, writers, writtenBy: 'model' };
      } catch (error) {
        const code: ErrorCode = error instanceof GaitError ? error.code : 'internal.bug';
        needs.log.warn({ code, note: ask.note }, 'the composer’s draft stands: no model worded it');
        return composed;
      }
    },
  };
}

async function inOtherWords(
  needs: ModelWriterNeeds,
  ask: WriteAsk,
  draft: NoteDocument,
  connection: string,
): Promise<Reworded> {
  const key = await keyFor(needs, ask);
  const departure = departing(draft, key);
  if (departure.sentences.length === 0) return reworded(draft, new Map(), ask.source, needs.noteRules.verify);
  const text = await answerOf(needs, ask, departure, connection);
  const answer = parsed(text);
  assertRewritten(needs.validator, answer);
  const result = reworded(draft, returning(answer, departure, key), ask.source, needs.noteRules.verify);
  const { offered, taken } = result;
  await note(needs, ask, 'model.answered', { sent: departure.sentences.length, offered, taken });
  return result;
}

/** Asks once. Throws what kept the answer away. */
async function answerOf(
  needs: ModelWriterNeeds,
  ask: WriteAsk,
  { sentences }: Departure,
  connection: string,
): Promise<string> {
  const context = await leaveToAsk(needs, {
    clinic: ask.clinic,
    connection,
    operation: operation.name,
    holds: ['clinicalText'],
    subject: ask.note,
    details: { kind: ask.structure.kind, sentences: sentences.length },
  });
  const question = JSON.stringify({ kind: ask.structure.kind, sentences });
  const outcome = await withinSeconds(operation.run(context, { instruction, question }), patienceSeconds);
  if (outcome !== 'late' && outcome.kind === 'done') return outcome.result.text;
  const code = outcome === 'late' ? 'vendor.unavailable' : outcome.code;
  await note(needs, ask, 'model.failed', { code });
  throw new GaitError(code, 'The model gave no answer that can be used.');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new GaitError('vendor.malformed', 'The model’s answer is no JSON.');
  }
}

function assertRewritten(validator: Validator, value: unknown): asserts value is Rewritten {
  const schema: JSONSchema = rewrittenSchema;
  validator.check(schema, value, 'answer');
}

/** Whose names and numbers stay at home, and by how many days dates move for this one asking. */
async function keyFor({ db, vault }: ModelWriterNeeds, { clinic, source, note: ref }: WriteAsk): Promise<Key> {
  const { patient } = source.session;
  const actor = systemPrincipal('languageModel');
  const record = await vault.open(clinic, patient, { purpose: 'note.deidentify', actor });
  const people = await db.selectFrom('users').select('display_name as name').where('clinic', '=', clinic).execute();
  const therapists = await db.selectFrom('therapists').select('name').where('clinic', '=', clinic).execute();
  const days = randomInt(shift.least, shift.most + 1);
  return {
    identifiers: {
      '[patient]': patientWords(record),
      '[clinician]': [...people, ...therapists].flatMap(({ name }) => (name === null ? [] : partsOf(name))),
      '[reference]': [ref, patient, source.session.ref],
    },
    shiftDays: randomInt(2) === 0 ? days : -days,
  };
}

/** Everything in a patient's record that may be written in a text: name and its parts, contact, address, number. */
function patientWords(record: Readonly<Record<string, unknown>>): string[] {
  const name = nameIn(record);
  const named = name === null ? [] : [`${name.given} ${name.family}`, ...partsOf(name.given), ...partsOf(name.family)];
  return [...new Set([...named, ...leaves([record['contact'], record['address'], record['recordNumber']])])];
}

function partsOf(name: string): string[] {
  return [name, ...name.split(/[\s-]+/)].filter((part) => part.length > 1);
}

function leaves(value: unknown): string[] {
  if (typeof value === 'string') return value.length > 2 ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [];
}

function note(
  { db, audit }: ModelWriterNeeds,
  { clinic, note: subject }: WriteAsk,
  action: string,
  details: Readonly<Record<string, Structure>>,
): Promise<unknown> {
  return db
    .transaction()
    .execute((trx) => audit.append(trx, { clinic, actor: 'system:languageModel', action, subject, details }));
}
