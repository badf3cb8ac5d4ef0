// Everything a document may be held against, read from the source as it is needed, and what of it the document has told.
import type { NoteSource } from '../note/source-schema.ts';
import type { Atom } from './atoms.ts';
import { readAtoms } from './atoms.ts';
import { episodeFacts, knownDates, now, sessionFacts } from './facts.ts';
import type { Fact, Facts, KnownDate } from './facts.ts';
import type { Lexicon } from './lexicon.ts';
import { namesOf } from './names.ts';
import type { Names } from './names.ts';
import { codeHash, kinds, scan } from './scan.ts';

export interface SourceText {
  readonly pointer: string;
  readonly text: string;
}

/** A free text of the record, read. */
export interface ReadText extends SourceText {
  readonly atoms: readonly Atom[];
  readonly isNegated: boolean;
}

/** What a document has told so far. */
export interface Told {
  readonly facts: Set<Fact>;
  /** Interventions whose response was told. */
  readonly responses: Set<Fact>;
  /** Hashes of charged codes. */
  readonly codes: Set<number>;
}

export interface Evidence {
  readonly source: NoteSource;
  readonly lexicon: Lexicon;
  readonly names: Names;
  readonly current: Facts;
  readonly episode: Facts;
  readonly dates: readonly KnownDate[];
  readonly told: Told;
  /** Free texts by their words, for quotations. */
  readonly quotable: ReadonlyMap<string, string>;
  earlier(at: number): Facts;
  texts(): readonly ReadText[];
  /** Whether a word stands anywhere in the free texts or names of the record. */
  hasWord(hash: number): boolean;
  /** Minutes of the interventions charged under a code; null where one of them has none, undefined for an unknown code. */
  minutesOf(code: number): number | null | undefined;
  isDiagnosis(code: number): boolean;
}

export function evidenceOf(source: NoteSource, lexicon: Lexicon): Evidence {
  const current = sessionFacts(source.session, '/session', now);
  const past = new Map<number, Facts>();
  const texts = sourceTexts(source);
  const names = namesOf(current.all);
  let read: ReadText[] | undefined;
  let words: Set<number> | undefined;
  return {
    source,
    lexicon,
    names,
    current,
    episode: episodeFacts(source),
    dates: knownDates(source),
    told: { facts: new Set(), responses: new Set(), codes: new Set() },
    quotable: new Map(texts.map(({ pointer, text }) => [text, pointer])),
    earlier(at) {
      const known = past.get(at);
      if (known !== undefined) return known;
      const session = source.earlier[at];
      const facts =
        session === undefined ? { all: [], byUnit: new Map() } : sessionFacts(session, `/earlier/${at}`, at);
      past.set(at, facts);
      return facts;
    },
    texts: () => (read ??= texts.map((text) => readText(text, lexicon, names))),
    hasWord(hash) {
      words ??= new Set(
        texts.flatMap(({ text }) => scan(text).flatMap((piece) => (piece.kind === kinds.word ? [piece.hash] : []))),
      );
      return words.has(hash);
    },
    minutesOf: (code) => minutesByCode(source, code),
    isDiagnosis: (code) => source.episode.diagnoses.some((diagnosis) => codeHash(diagnosis.code) === code),
  };
}

function readText({ pointer, text }: SourceText, lexicon: Lexicon, names: Names): ReadText {
  const atoms: Atom[] = [];
  readAtoms(scan(text), atoms, lexicon, names);
  return { pointer, text, atoms, isNegated: atoms.some(({ what }) => what === 'negation') };
}

function minutesByCode({ session }: NoteSource, code: number): number | null | undefined {
  let sum: number | null | undefined;
  for (const { code: own, minutes } of session.interventions) {
    if (own === null || codeHash(own) !== code) continue;
    sum = minutes === null || sum === null ? null : (sum ?? 0) + minutes;
  }
  return sum;
}

/** The words that people wrote, with their places. */
function sourceTexts({ session, episode }: NoteSource): SourceText[] {
  const texts: SourceText[] = [];
  const add = (pointer: string, text: string | null): void => {
    if (text !== null) texts.push({ pointer, text });
  };
  add('/session/subjective/words', session.subjective.words);
  add('/session/homeProgram/words', session.homeProgram?.words ?? null);
  session.interventions.forEach(({ name, responseWords }, at) => {
    add(`/session/interventions/${at}/name`, name);
    add(`/session/interventions/${at}/responseWords`, responseWords);
  });
  session.function.forEach(({ activity, words }, at) => {
    add(`/session/function/${at}/activity`, activity);
    add(`/session/function/${at}/words`, words);
  });
  session.gait?.deviations.forEach((words, at) => add(`/session/gait/deviations/${at}`, words));
  session.specialTests.forEach(({ name }, at) => add(`/session/specialTests/${at}/name`, name));
  session.balance.forEach(({ test }, at) => add(`/session/balance/${at}/test`, test));
  session.education.forEach((words, at) => add(`/session/education/${at}`, words));
  session.goals.forEach(({ words }, at) => add(`/session/goals/${at}/words`, words));
  add('/session/assessment', session.assessment);
  add('/session/plan', session.plan);
  episode.diagnoses.forEach(({ words }, at) => add(`/episode/diagnoses/${at}/words`, words));
  add('/episode/history', episode.history);
  add('/episode/priorFunction', episode.priorFunction);
  episode.limitations.forEach((words, at) => add(`/episode/limitations/${at}`, words));
  episode.precautions.forEach((words, at) => add(`/episode/precautions/${at}`, words));
  episode.goals.forEach(({ words }, at) => add(`/episode/goals/${at}/words`, words));
  episode.plan?.interventions.forEach((words, at) => add(`/episode/plan/interventions/${at}`, words));
  add('/episode/dischargeReason', episode.dischargeReason);
  add('/episode/dischargePlan', episode.dischargePlan);
  add('/episode/askOfPhysician', episode.askOfPhysician);
  return texts;
}

/** Marks facts of this session as told. */
export function tell({ told }: Evidence, facts: readonly Fact[]): void {
  for (const fact of facts) told.facts.add(fact);
}
