// Claims made by words: help, results, symptoms and their denial, responses, states of goals, exercises, codes.
import type { WordClaim } from './claim-types.ts';
import { doubt, said } from './claim-types.ts';
import type { Context } from './context.ts';
import type { Evidence } from './evidence.ts';
import { tell } from './evidence.ts';
import { ofKind } from './facts.ts';
import type { Fact } from './facts.ts';
import type { FindingClass } from './finding.ts';
import { textDenies, textSays } from './free-text.ts';
import { amongNames, checkResponse } from './responses.ts';
import { hasHash, kinds, scan } from './scan.ts';
import { checkSymptom } from './symptoms.ts';

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
  const about: Fact[] = [];
  let isTold = false;
  for (const fact of evidence.current.all) {
    const word = fact.words[field];
    if (word === undefined || !isAbout(fact, context, field)) continue;
    about.push(fact);
    if (word !== atom.word) continue;
    isTold = true;
    evidence.told.facts.add(fact);
    if (context.side !== null && fact.side === context.side) state.isPlaceVouched = true;
  }
  if (isTold) return;
  if (context.names === null && textSays(evidence, atom.what, atom.word, false)) return;
  doubt(claim, of, `The ${what} on record is another than ${said(claim)}.`, about);
}

function isAbout(fact: Fact, { names, topic }: Context, field: string): boolean {
  if (field === 'done') return true;
  if (names !== null)
    return names.includes(fact) || (topic === 'gait' && fact.kind === 'gait' && !hasWordOf(names, field));
  if (topic === 'gait') return fact.kind === 'gait';
  return true;
}

function hasWordOf(facts: readonly Fact[], field: string): boolean {
  for (const { words } of facts) if (words[field] !== undefined) return true;
  return false;
}

function checkResult(claim: WordClaim): void {
  const { evidence, atom, context, state } = claim;
  const { names, side } = context;
  const tests = ofKind(evidence.current, 'test');
  const about = names === null ? tests : ofSide(amongNames(tests, names), side);
  const borne = countResults(about, atom.word);
  const isBorne = names === null ? about.length > 0 && borne === about.length : borne > 0;
  if (isBorne) {
    tell(evidence, about);
    state.isPlaceVouched = true;
    return;
  }
  if (names !== null && about.length === 0 && !names.some(isTest)) return;
  doubt(claim, 'negation', `The result on record is not ${said(claim)}.`, about);
}

function ofSide(facts: readonly Fact[], side: string | null): readonly Fact[] {
  return side === null ? facts : facts.filter((fact) => fact.side === side);
}

function countResults(facts: readonly Fact[], word: string): number {
  let count = 0;
  for (const { words } of facts) if (words['result'] === word) count++;
  return count;
}

function isTest({ kind }: Fact): boolean {
  return kind === 'test';
}

function checkName(claim: WordClaim): void {
  const { evidence, atom, context } = claim;
  for (const fact of atom.facts) {
    const { side, kind, hasDose } = fact;
    const isOfSide = context.side === null || side === null || side === context.side;
    if (kind === 'intervention' && !hasDose && isOfSide) evidence.told.facts.add(fact);
  }
}

/** An exercise or treatment that no name of the record covers. */
function checkTreatment(claim: WordClaim): void {
  const { evidence, sense, at, atom } = claim;
  const before = sense.atoms[at - 1];
  const words: number[] = [];
  for (const { kind, hash } of scan(sense.text, atom.from, atom.to)) if (kind === kinds.word) words.push(hash);
  if (!hasWords(evidence, words)) {
    doubt(claim, 'exercise', `${said(claim)} is not among what was done or planned.`);
    return;
  }
  if (before === undefined || atom.from - before.to > 2) return;
  const isTold =
    before.what === 'word' || before.what === 'part' || before.what === 'muscle' || before.what === 'motion';
  if (isTold && evidence.lexicon.isModifier(before.number) && !namedTogether(evidence, before.number, words))
    doubt(claim, 'exercise', `${said(claim)} was recorded of another exercise.`);
}

function hasWords(evidence: Evidence, words: readonly number[]): boolean {
  for (const word of words) if (!evidence.hasWord(word)) return false;
  return true;
}

function namedTogether(evidence: Evidence, modifier: number, words: readonly number[]): boolean {
  for (const { text } of evidence.texts()) {
    const pieces = scan(text);
    if (hasHash(pieces, modifier) && words.every((hash) => hasHash(pieces, hash))) return true;
  }
  return false;
}

/** "grade III": of the technique that was recorded. */
function checkRoman(claim: WordClaim): void {
  const { evidence, atom, context } = claim;
  const names = context.names?.filter(({ name }) => name !== null) ?? [];
  const isBorne = names.length > 0 ? someNameHas(names, atom.number) : evidence.hasWord(atom.number);
  if (!isBorne)
    doubt(claim, 'grade', `Another grade than ${said(claim)} was recorded of this technique.`, context.names ?? []);
}

function someNameHas(facts: readonly Fact[], word: number): boolean {
  for (const { name } of facts)
    if (name !== null) for (const { hash, kind } of scan(name)) if (kind === kinds.word && hash === word) return true;
  return false;
}

function checkCode(claim: WordClaim): void {
  const { evidence, atom } = claim;
  if (evidence.minutesOf(atom.number) !== undefined) {
    evidence.told.codes.add(atom.number);
    return;
  }
  if (evidence.isDiagnosis(atom.number)) return;
  for (const { atoms } of evidence.texts())
    for (const { what, number } of atoms) if (what === 'code' && number === atom.number) return;
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
  let isBorne = false;
  for (const [index, entry] of session.goals.entries()) {
    if (id !== undefined && entry.goal !== id) continue;
    if (state === 'unmet' ? entry.state === 'met' || entry.state === null : entry.state !== state) continue;
    isBorne = true;
    tellGoal(evidence, `/session/goals/${index}`);
  }
  if (!isBorne) doubt(claim, 'contradiction', `That is not how the goal stands on record: ${said(claim)}.`);
}

function tellGoal(evidence: Evidence, pointer: string): void {
  for (const fact of ofKind(evidence.current, 'goal')) if (fact.pointer === pointer) evidence.told.facts.add(fact);
}

function checkSkill(claim: WordClaim): void {
  const { evidence, atom, context, state } = claim;
  if (state.negation !== null) return;
  const all = ofKind(evidence.current, 'intervention');
  const about = context.names === null ? all : amongNames(all, context.names);
  const isBorne = hasSkill(about.length > 0 ? about : all, atom.word);
  if (!isBorne) doubt(claim, 'statement', `${said(claim)} was not recorded of this treatment.`, about);
}

function hasSkill(facts: readonly Fact[], skill: string): boolean {
  for (const { skills } of facts) if (skills.includes(skill)) return true;
  return false;
}

function checkCredential(claim: WordClaim): void {
  const { session, author } = claim.evidence.source;
  if (author?.credential === claim.atom.word) return;
  for (const { credential } of session.clinicians) if (credential === claim.atom.word) return;
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
