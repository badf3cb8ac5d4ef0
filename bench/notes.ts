// Composes 1,000 notes and verifies them, turn by turn; the verifier reads every text anew and may take no longer than composing.
import { readFile } from 'node:fs/promises';
import { compose, textOf } from '../domain/note/compose.ts';
import type { NoteDocument } from '../domain/note/document-schema.ts';
import { phrasesOf } from '../domain/note/phrases.ts';
import type { PhraseRow } from '../domain/note/phrases.ts';
import { documentKinds } from '../domain/note/source-schema.ts';
import { structureOf } from '../domain/note/structure.ts';
import type { StructureRow } from '../domain/note/structure.ts';
import { drawSources } from '../domain/note/testing/sessions.ts';
import type { VerificationRules } from '../domain/note-verifier/rules-schema.ts';
import { verifier } from '../domain/note-verifier/verify.ts';
import { percentile, rounded } from './support/numbers.ts';

const rounds = 15;
const seed = 20260504;
const notes = 1000;

async function file<Value>(name: string): Promise<Value> {
  const path = new URL(`../rules/documentation/${name}.json`, import.meta.url);
  return JSON.parse(await readFile(path, 'utf8')) as Value;
}

const phrases = phrasesOf((await file<{ rows: PhraseRow[] }>('phrases')).rows, 'narrative');
const structures = (await file<{ rows: StructureRow[] }>('structures')).rows;
const verify = verifier(await file<VerificationRules>('verification'));
const sources = drawSources(seed, 17, 6).slice(0, notes);

function composeAll(): NoteDocument[] {
  return sources.map((source, at) => {
    const kind = documentKinds[at % documentKinds.length] ?? 'daily';
    return compose({ source, system: 'webpt', structure: structureOf(structures, 'webpt', kind), phrases });
  });
}

interface Verified {
  readonly traces: number;
  readonly blocked: number;
}

function verifyAll(documents: readonly NoteDocument[]): Verified {
  let traces = 0;
  let blocked = 0;
  documents.forEach((document, at) => {
    const source = sources[at];
    if (source === undefined) return;
    const found = verify(document, source);
    traces += found.traces.length;
    if (!found.maySign) blocked++;
  });
  return { traces, blocked };
}

function timed<Result>(work: () => Result): { readonly milliseconds: number; readonly result: Result } {
  const start = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(start);
  return { milliseconds: (user + system) / 1000, result };
}

const composing: number[] = [];
const verifying: number[] = [];
let documents: NoteDocument[] = [];
let verified: Verified = { traces: 0, blocked: 0 };
for (let round = 0; round < rounds; round++) {
  const drafts = timed(composeAll);
  documents = drafts.result;
  const checks = timed(() => verifyAll(documents));
  verified = checks.result;
  composing.push(drafts.milliseconds);
  verifying.push(checks.milliseconds);
}
const composeMilliseconds = percentile(composing, 0.5);
const verifyMilliseconds = percentile(verifying, 0.5);
const limit = 1;
const ratio = verifyMilliseconds / composeMilliseconds;
/** Sixty pictures a second: a page paints in no less. */
const paintMilliseconds = 1000 / 60;
const oneNote = (composeMilliseconds + verifyMilliseconds) / notes;
console.log(
  JSON.stringify({
    bench: 'notes',
    seed,
    rounds,
    notes: documents.length,
    kilobytes: Math.round(documents.reduce((sum, document) => sum + textOf(document).length, 0) / 1000),
    ...verified,
    composeMilliseconds: rounded(composeMilliseconds, 1),
    verifyMilliseconds: rounded(verifyMilliseconds, 1),
    oneNoteMilliseconds: rounded(oneNote, 3),
    paintMilliseconds: rounded(paintMilliseconds, 1),
    ratio: rounded(ratio, 3),
    limit,
  }),
);
process.exitCode =
  documents.length === notes &&
  verified.blocked === 0 &&
  verified.traces > notes &&
  ratio <= limit &&
  oneNote < paintMilliseconds
    ? 0
    : 1;
