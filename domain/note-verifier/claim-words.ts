// Claims made by words: help, results, symptoms and their denial, responses, states of goals, exercises, codes, dates, places.
import type { Atom } from './atoms.ts';
import type { WordClaim } from './claim-types.ts';
import { doubt, fixWords, said } from './claim-types.ts';
import type { Context } from './context.ts';
import type { Evidence } from './evidence.ts';
import { tell } from './evidence.ts';
import type { Fact } from './facts.ts';
import type { FindingClass } from './finding.ts';
import { textDenies, textHasPlace, textSays } from './free-text.ts';
import { kinds, scan } from './scan.ts';
import type { Sense } from './sense.ts';
import { isSameDay } from './sense.ts';
import { checkResponse } from './responses.ts';
import { checkSymptom } from './symptoms.ts';
import { agreesAboutPlace } from './trace.ts';

export function checkWord(claim: WordClaim): void {
  switch (claim.atom.what) {
    case 'negation':
      claim.state.negation = claim.atom;
      checkDenial(claim);
      return;
    case 'symptom':
      checkSymptom(claim);
      return;
    case 'assistance':
      checkClosed(claim, 'assistance', 'assistance', 'level of assistance');
      return;
    case 'result':
      checkResult(claim);
      return;
    case 'response':
      checkResponse(claim);
      return;
    case 'name':
      checkName(claim);
      return;
    case 'treatment':
      checkTreatment(claim);
      return;
    case 'roman':
      checkRoman(claim);
      return;
    case 'clinical':
      if (!claim.evidence.hasWord(claim.atom.number))
        doubt(claim, 'statement', `${said(claim)} stands nowhere in the record.`);
      return;
    case 'code':
      checkCode(claim);
      return;
    case 'state':
    case 'trend':
      checkState(claim);
      return;
    case 'skill':
      checkSkill(claim);
      return;
    case 'band':
      checkClosed(claim, 'band', 'number', 'band');
      return;
    case 'device':
      if (claim.context.names === null || claim.context.topic === 'gait')
        checkClosed(claim, 'device', 'statement', 'device');
      return;
    case 'progression':
      checkClosed(claim, 'progression', 'statement', 'change of the dose');
      return;
    case 'done':
      if (claim.sense.isAboutHome) checkClosed(claim, 'done', 'statement', 'use of the home program');
      return;
    case 'credential':
      checkCredential(claim);
      return;
    case 'supervision':
      if (claim.evidence.source.session.supervision?.kind !== claim.atom.word)
        doubt(claim, 'statement', `The supervision on record is another than ${said(claim)}.`);
      return;
    default:
  }
}

/** A closed word that facts carry: the same word on a fact that the clause is about. */
function checkClosed(claim: WordClaim, field: string, of: FindingClass, what: string): void {
  const { evidence, atom, context, state } = claim;
  const about = evidence.current.all.filter((fact) => fact.words[field] !== undefined && isAbout(fact, context, field));
  const facts = about.filter(({ words }) => words[field] === atom.word);
  if (facts.length > 0) {
    tell(evidence, facts);
    if (context.side !== null && facts.some(({ side }) => side === context.side)) state.isPlaceVouched = true;
    return;
  }
  if (context.names === null && textSays(evidence, atom.what, atom.word, false)) return;
  doubt(claim, of, `The ${what} on record is another than ${said(claim)}.`, about);
}

function isAbout(fact: Fact, { names, topic }: Context, field: string): boolean {
  if (field === 'done') return true;
  if (names !== null)
    return (
      names.includes(fact) ||
      (topic === 'gait' && fact.kind === 'gait' && !names.some(({ words }) => words[field] !== undefined))
    );
  if (topic === 'gait') return fact.kind === 'gait';
  return true;
}

function checkResult(claim: WordClaim): void {
  const { evidence, atom, context, state } = claim;
  const tests = evidence.current.all.filter(({ kind }) => kind === 'test');
  const about =
    context.names === null
      ? tests
      : tests.filter(
          (fact) => context.names?.includes(fact) === true && (context.side === null || fact.side === context.side),
        );
  const isBorne =
    context.names === null
      ? about.length > 0 && about.every(({ words }) => words['result'] === atom.word)
      : about.some(({ words }) => words['result'] === atom.word);
  if (isBorne) {
    tell(evidence, about);
    state.isPlaceVouched = true;
    return;
  }
  if (context.names !== null && about.length === 0 && !context.names.some(({ kind }) => kind === 'test')) return;
  doubt(claim, 'negation', `The result on record is not ${said(claim)}.`, about);
}

function checkName(claim: WordClaim): void {
  const { evidence, atom, context } = claim;
  const facts = atom.facts.filter(
    ({ side, kind, hasDose }) =>
      kind === 'intervention' && !hasDose && (context.side === null || side === null || side === context.side),
  );
  tell(evidence, facts);
}

/** An exercise or treatment that no name of the record covers. */
function checkTreatment(claim: WordClaim): void {
  const { evidence, sense, at, atom } = claim;
  const before = sense.atoms[at - 1];
  const words = scan(sense.text, atom.from, atom.to)
    .filter(({ kind }) => kind === kinds.word)
    .map(({ hash }) => hash);
  if (!words.every((hash) => evidence.hasWord(hash))) {
    doubt(claim, 'exercise', `${said(claim)} is not among what was done or planned.`);
    return;
  }
  if (before === undefined || atom.from - before.to > 2) return;
  const isTold =
    before.what === 'word' || before.what === 'part' || before.what === 'muscle' || before.what === 'motion';
  if (isTold && evidence.lexicon.isModifier(before.number) && !namedTogether(evidence, before.number, words))
    doubt(claim, 'exercise', `${said(claim)} was recorded of another exercise.`);
}

function namedTogether(evidence: Evidence, modifier: number, words: readonly number[]): boolean {
  return evidence.texts().some(({ text }) => {
    const own = scan(text).map(({ hash }) => hash);
    return own.includes(modifier) && words.every((hash) => own.includes(hash));
  });
}

/** "grade III": of the technique that was recorded. */
function checkRoman(claim: WordClaim): void {
  const { evidence, atom, context } = claim;
  const names = context.names?.flatMap(({ name }) => (name === null ? [] : [name])) ?? [];
  const isBorne =
    names.length > 0
      ? names.some((name) => scan(name).some(({ hash, kind }) => kind === kinds.word && hash === atom.number))
      : evidence.hasWord(atom.number);
  if (!isBorne)
    doubt(claim, 'grade', `Another grade than ${said(claim)} was recorded of this technique.`, context.names ?? []);
}

function checkCode(claim: WordClaim): void {
  const { evidence, atom } = claim;
  if (evidence.minutesOf(atom.number) !== undefined) {
    evidence.told.codes.add(atom.number);
    return;
  }
  if (evidence.isDiagnosis(atom.number)) return;
  if (evidence.texts().some(({ atoms }) => atoms.some((own) => own.what === 'code' && own.number === atom.number)))
    return;
  doubt(claim, 'code', `The code ${said(claim)} is neither a diagnosis nor a charge on record.`);
}

const stateOfTrend: Readonly<Record<string, string>> = { worse: 'declined', same: 'unchanged', better: 'progressing' };

/** How a goal stands; the words of a trend say the same where a goal is quoted. */
function checkState(claim: WordClaim): void {
  const { evidence, sense, atom, context } = claim;
  if (context.goal === null && !(atom.what === 'state' && sense.isAboutGoal)) return;
  const state = atom.what === 'state' ? atom.word : stateOfTrend[atom.word];
  if (state === undefined) return;
  const { session, episode } = evidence.source;
  const id = context.goal === null ? undefined : episode.goals[context.goal]?.id;
  const touched = session.goals.flatMap((entry, index) =>
    id === undefined || entry.goal === id ? [{ entry, pointer: `/session/goals/${index}` }] : [],
  );
  const borne = touched.filter(({ entry }) =>
    state === 'unmet' ? entry.state !== 'met' && entry.state !== null : entry.state === state,
  );
  const pointers = borne.map(({ pointer }) => pointer);
  tell(
    evidence,
    evidence.current.all.filter(({ kind, pointer }) => kind === 'goal' && pointers.includes(pointer)),
  );
  if (borne.length === 0) doubt(claim, 'contradiction', `That is not how the goal stands on record: ${said(claim)}.`);
}

function checkSkill(claim: WordClaim): void {
  const { evidence, atom, context, state } = claim;
  if (state.negation !== null) return;
  const all = evidence.current.all.filter(({ kind }) => kind === 'intervention');
  const about = context.names === null ? all : all.filter((fact) => context.names?.includes(fact));
  const isBorne = (about.length > 0 ? about : all).some(({ skills }) => skills.includes(atom.word));
  if (!isBorne) doubt(claim, 'statement', `${said(claim)} was not recorded of this treatment.`, about);
}

function checkCredential(claim: WordClaim): void {
  const { source } = claim.evidence;
  const who = [...source.session.clinicians, ...(source.author === null ? [] : [source.author])];
  if (!who.some(({ credential }) => credential === claim.atom.word))
    doubt(claim, 'statement', `No clinician on record is ${said(claim)}.`);
}

/** A denial that is about no symptom, test or response: somebody must have written it. */
function checkDenial(claim: WordClaim): void {
  const { evidence, sense, clause, at } = claim;
  const words: number[] = [];
  for (let next = at + 1; next < sense.atoms.length && words.length < 5; next++) {
    const atom = sense.atoms[next];
    if (
      atom === undefined ||
      (atom.what === 'break' && atom.word !== ',') ||
      (atom.what === 'break' && next >= clause.to && words.length > 0)
    )
      break;
    if (atom.what === 'symptom' || atom.what === 'response' || atom.what === 'quote') return;
    if (atom.what === 'link') break;
    if (atom.what !== 'break' && atom.number !== 0) words.push(atom.number);
  }
  if (words.length > 0 && !textDenies(evidence, words))
    doubt(claim, 'negation', `Nobody recorded this denial: ${said(claim)}.`);
}

/** A side or a joint that no traced claim has vouched for. */
export function checkPlace(evidence: Evidence, sense: Sense, context: Context, atom: Atom): void {
  if (
    context.part !== null &&
    sense.atoms.some(({ what, number }) => what === 'code' && evidence.isDiagnosis(number))
  ) {
    checkDiagnosisPlace(evidence, sense, context.part, atom);
    return;
  }
  const isBorne =
    context.names === null ? placeIsRecorded(evidence, sense, context) : placeIsNamed(evidence, context, context.names);
  if (isBorne) return;
  const { side, part } = context;
  const isSide = side !== null && (part === null || evidence.current.all.some((fact) => fact.part === part));
  const about = evidence.current.all.filter((fact) => fact.part !== null && fact.part === part);
  sense.doubts.push({
    class: isSide ? 'side' : 'part',
    from: atom.from,
    to: atom.to,
    message: `Nothing on record is about ${isSide ? 'this side' : 'this part of the body'} here: “${sense.text.slice(atom.from, atom.to)}”.`,
    fix: fixWords,
    pointers: about.map(({ pointer }) => pointer),
  });
}

/** Beside the code of a diagnosis stands the part of the body that the diagnosis names. */
function checkDiagnosisPlace(evidence: Evidence, sense: Sense, part: string, { from, to }: Atom): void {
  const own = evidence.source.episode.diagnoses.flatMap(({ words }) =>
    words === null ? [] : partsOf(evidence, words),
  );
  if (own.includes(part)) return;
  sense.doubts.push({
    class: 'part',
    from,
    to,
    message: `The diagnosis on record does not name this part of the body: “${sense.text.slice(from, to)}”.`,
    fix: fixWords,
    pointers: ['/episode/diagnoses'],
  });
}

function placeIsRecorded(evidence: Evidence, sense: Sense, context: Context): boolean {
  const { side, part, motion } = context;
  const isHere = (fact: Fact): boolean =>
    (fact.side !== null || fact.part !== null) &&
    agreesAboutPlace(fact, context) &&
    (part === null || motion === null || fact.motion === null || fact.motion === motion);
  if (evidence.current.all.some(isHere) || textHasPlace(evidence, side, part, motion)) return true;
  const isBefore = sense.isPast || sense.isAboutGoal || sense.trend !== null;
  return (
    isBefore &&
    [...evidence.episode.all, ...evidence.source.earlier.flatMap((_, at) => evidence.earlier(at).all)].some(isHere)
  );
}

/** Of a named exercise or test: its side is the recorded one, and a joint is its own or one that its name holds. */
function placeIsNamed(evidence: Evidence, { side, part }: Context, names: readonly Fact[]): boolean {
  return names.some((fact) => {
    if (side !== null && fact.side !== side && hasSide(fact)) return false;
    if (part === null || fact.part === part || fact.name === null) return true;
    const own = partsOf(evidence, fact.name);
    return (
      own.includes(part) ||
      (own.length === 0 && fact.part === null && evidence.current.all.some((other) => other.part === part))
    );
  });
}

function hasSide({ kind }: Fact): boolean {
  return kind === 'intervention' || kind === 'test' || kind === 'balance';
}

function partsOf({ lexicon }: Evidence, name: string): string[] {
  const pieces = scan(name);
  return pieces.flatMap((_, at) => {
    const entry = lexicon.longestAt(pieces, at)?.entries.find(({ category }) => category === 'part');
    return entry === undefined ? [] : [entry.value];
  });
}

type Role = Evidence['dates'][number]['role'];

const rolesByWord: Readonly<Record<string, readonly Role[]>> = {
  onset: ['onset'],
  due: ['due'],
  from: ['from', 'start'],
  to: ['to', 'session'],
  began: ['start'],
  on: ['session', 'earlier', 'due'],
};

/** A date must be one of the record, and the one that the words before it ask for. */
export function checkDate(evidence: Evidence, sense: Sense, at: number): void {
  const atom = sense.atoms[at];
  if (atom === undefined) return;
  const roles = rolesBefore(sense, at);
  const isKnown = evidence.dates.some(
    ({ value, role }) => isSameDay(value, atom.number) && (roles === null || roles.includes(role)),
  );
  if (isKnown) return;
  sense.doubts.push({
    class: 'date',
    from: atom.from,
    to: atom.to,
    message: `“${sense.text.slice(atom.from, atom.to)}” is not the date on record.`,
    fix: fixWords,
    pointers: [],
  });
}

function rolesBefore({ atoms, trend, isPast }: Sense, at: number): readonly Role[] | null {
  for (let before = at - 1; before >= Math.max(0, at - 4); before--) {
    const atom = atoms[before];
    if (atom === undefined || atom.what === 'date' || (atom.what === 'break' && atom.word === ';')) return null;
    if (atom.what === 'past') return ['earlier', 'start', 'onset'];
    if (atom.what !== 'role') continue;
    if (atom.word !== 'on') return trend === null ? (rolesByWord[atom.word] ?? null) : null;
    const beforeIt = atoms[before - 1];
    if (beforeIt?.what === 'role' && beforeIt.word !== 'on') return rolesByWord[beforeIt.word] ?? null;
    return trend !== null || isPast ? ['earlier', 'start', 'session'] : ['session', 'due', 'start'];
  }
  return null;
}
