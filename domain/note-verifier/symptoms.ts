// Symptoms that a document reports or denies: asked, answered and written down, or not there.
import type { Atom } from './atoms.ts';
import type { WordClaim } from './claim-types.ts';
import { doubt, said } from './claim-types.ts';
import { tell } from './evidence.ts';
import { ofKind, ofUnit } from './facts.ts';
import type { Fact } from './facts.ts';
import { textSays } from './free-text.ts';
import { agreesAboutPlace } from './trace.ts';

export function checkSymptom(claim: WordClaim): void {
  if (isDenied(claim)) checkDenied(claim);
  else checkPresent(claim);
}

/** A denial holds over a list, up to a word that turns the sentence or a full stop. */
function isDenied({ sense, at }: WordClaim): boolean {
  for (let before = at - 1; before >= 0; before--) {
    const atom = sense.atoms[before];
    if (atom === undefined) return false;
    if (atom.what === 'negation') return true;
    if (atom.what === 'break' && atom.word !== ',' && atom.word !== '(') return false;
    if (atom.what === 'value' || atom.what === 'response' || atom.what === 'trend') return false;
    if (atom.what === 'link' && atom.word === 'contrast') return false;
  }
  return false;
}

function reportsOf({ evidence, atom, context }: WordClaim, polarity: string): Fact[] {
  const found: Fact[] = [];
  for (const fact of ofKind(evidence.current, 'report')) {
    const { words } = fact;
    if (words['symptom'] === atom.word && words['polarity'] === polarity && agreesWhere(fact, context))
      found.push(fact);
  }
  return found;
}

function hasSide({ side }: Fact): boolean {
  return side !== null;
}

function agreesWhere(fact: Fact, context: WordClaim['context']): boolean {
  return (fact.part === null && fact.side === null) || agreesAboutPlace(fact, context);
}

function checkDenied(claim: WordClaim): void {
  const { evidence, atom, state } = claim;
  const facts = reportsOf(claim, 'denied');
  if (facts.length > 0) {
    tell(evidence, facts);
    if (facts.some(hasSide)) state.isPlaceVouched = true;
    return;
  }
  if (atom.word === 'pain' && painScores(claim).some((score) => score === 0)) return;
  if (textSays(evidence, 'symptom', atom.word, true)) return;
  const reported = reportsOf(claim, 'present');
  doubt(
    claim,
    'negation',
    reported.length > 0
      ? `The patient reported ${said(claim)}; here it is denied.`
      : `Nobody recorded that ${said(claim)} was asked about and denied.`,
    reported,
  );
}

function painScores({ evidence, context }: WordClaim): number[] {
  return ofUnit(evidence.current, 'of10').flatMap(({ fact, value }) =>
    fact.kind === 'pain' && agreesAboutPlace(fact, context) ? [value] : [],
  );
}

function checkPresent(claim: WordClaim): void {
  const { evidence, atom, state, sense } = claim;
  const facts = reportsOf(claim, 'present');
  if (facts.length > 0) {
    tell(evidence, facts);
    if (facts.some(hasSide)) state.isPlaceVouched = true;
    return;
  }
  // A score, a time or a change makes it a statement about a measurement, which is checked as one.
  if (atom.word === 'pain' && isMeasured(claim)) return;
  if (hasOtherGround(claim)) return;
  if (textSays(evidence, 'symptom', atom.word, false)) return;
  const denied = reportsOf(claim, 'denied');
  if (denied.length === 0 && (sense.isAboutGoal || sense.isPast)) return;
  doubt(
    claim,
    'negation',
    denied.length > 0 ? `The patient denied ${said(claim)}; here it is reported.` : `Nobody recorded ${said(claim)}.`,
    denied,
  );
}

function isMeasured({ evidence, sense }: WordClaim): boolean {
  if (sense.trend !== null) return true;
  return sense.atoms.some(isScore) || painIsAboveZero(evidence);
}

function isScore({ what, unit }: Atom): boolean {
  return what === 'value' && (unit === 'of10' || unit === 'plain');
}

function painIsAboveZero(evidence: WordClaim['evidence']): boolean {
  for (const { fact, value } of ofUnit(evidence.current, 'of10')) if (fact.kind === 'pain' && value > 0) return true;
  return false;
}

const grounds: Readonly<Record<string, string>> = { fatigue: 'fatigue', pain: 'discomfort' };

/** A response of that kind, or a strength below normal, is ground enough for the word. */
function hasOtherGround({ evidence, atom }: WordClaim): boolean {
  const response = grounds[atom.word];
  if (response !== undefined)
    for (const { words } of ofKind(evidence.current, 'intervention')) if (words['response'] === response) return true;
  return atom.word === 'weakness' && ofUnit(evidence.current, 'grade').some(({ value }) => value < 50);
}
