// Drafts 1,000 notes and verifies them, turn by turn; the verifier reads every text anew and may take no longer than drafting.
import { readFile } from 'node:fs/promises';
import { compose, textOf } from '../domain/note/compose.ts';
import type { NoteDocument } from '../domain/note/document-schema.ts';
import { phrasesOf } from '../domain/note/phrases.ts';
import type { PhraseRow } from '../domain/note/phrases.ts';
import { completeness } from '../domain/note/requirements.ts';
import type { Completeness, RequirementRow } from '../domain/note/requirements.ts';
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
const requirements = (await file<{ rows: RequirementRow[] }>('requirements')).rows;
const verify = verifier(await file<VerificationRules>('verification'));
const sources = drawSources(seed, 17, 6).slice(0, notes);

interface Draft {
  readonly document: NoteDocument;
  readonly text: string;
  readonly lacks: Completeness;
}

function composeAll(): NoteDocument[] {
  return sources.map((source, at) => {
    const kind = documentKinds[at % documentKinds.length] ?? 'daily';
    return compose({ source, system: 'webpt', structure: structureOf(structures, 'webpt', kind), phrases });
  });
}

/** Notes as a clinician gets them: sentences with their sources, the text, and what it lacks against the manual. */
function draftAll(): Draft[] {
  return composeAll().flatMap((document, at) => {
    const source = sources[at];
    return source === undefined
      ? []
      : [{ document, text: textOf(document), lacks: completeness(requirements, document, source) }];
  });
}

interface Verified {
  readonly traces: number;
  readonly blocked: number;
}

function verifyAll(drafts: readonly Draft[]): Verified {
  let traces = 0;
  let blocked = 0;
  drafts.forEach(({ document }, at) => {
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
const drafting: number[] = [];
const verifying: number[] = [];
let drafts: Draft[] = [];
let verified: Verified = { traces: 0, blocked: 0 };
for (let round = 0; round < rounds; round++) {
  const composed = timed(composeAll);
  const drafted = timed(draftAll);
  drafts = drafted.result;
  const checks = timed(() => verifyAll(drafts));
  verified = checks.result;
  composing.push(composed.milliseconds);
  drafting.push(drafted.milliseconds);
  verifying.push(checks.milliseconds);
}
const composeMilliseconds = percentile(composing, 0.5);
const draftMilliseconds = percentile(drafting, 0.5);
const verifyMilliseconds = percentile(verifying, 0.5);
const limit = 1;
const ratio = verifyMilliseconds / draftMilliseconds;
/** Sixty pictures a second: a page paints in no less. */
const paintMilliseconds = 1000 / 60;
const oneNote = (draftMilliseconds + verifyMilliseconds) / notes;
console.log(
  JSON.stringify({
    bench: 'notes',
    seed,
    rounds,
    notes: drafts.length,
    kilobytes: Math.round(drafts.reduce((sum, { text }) => sum + text.length, 0) / 1000),
    ...verified,
    lacking: drafts.reduce((sum, { lacks }) => sum + lacks.missing.length, 0),
    draftMilliseconds: rounded(draftMilliseconds, 1),
    composeMilliseconds: rounded(composeMilliseconds, 1),
    verifyMilliseconds: rounded(verifyMilliseconds, 1),
    oneNoteMilliseconds: rounded(oneNote, 3),
    paintMilliseconds: rounded(paintMilliseconds, 1),
    ratio: rounded(ratio, 3),
    ratioToComposingAlone: rounded(verifyMilliseconds / composeMilliseconds, 3),
    limit,
  }),
);
process.exitCode =
  drafts.length === notes &&
  verified.blocked === 0 &&
  verified.traces > notes &&
  ratio <= limit &&
  oneNote < paintMilliseconds
    ? 0
    : 1;
