// Symptoms that a document reports or denies: asked, answered and written down, or not there.
import type { WordClaim } from './claim-types.ts';
import { doubt, said } from './claim-types.ts';
import { tell } from './evidence.ts';
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
  return evidence.current.all.filter(
    (fact) =>
      fact.kind === 'report' &&
      fact.words['symptom'] === atom.word &&
      fact.words['polarity'] === polarity &&
      agreesWhere(fact, context),
  );
}

function agreesWhere(fact: Fact, context: WordClaim['context']): boolean {
  return (fact.part === null && fact.side === null) || agreesAboutPlace(fact, context);
}

function checkDenied(claim: WordClaim): void {
  const { evidence, atom, state } = claim;
  const facts = reportsOf(claim, 'denied');
  if (facts.length > 0) {
    tell(evidence, facts);
    if (facts.some(({ side }) => side !== null)) state.isPlaceVouched = true;
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
  return (evidence.current.byUnit.get('of10') ?? []).flatMap(({ fact, value }) =>
    fact.kind === 'pain' && agreesAboutPlace(fact, context) ? [value] : [],
  );
}

function checkPresent(claim: WordClaim): void {
  const { evidence, atom, state, sense } = claim;
  const facts = reportsOf(claim, 'present');
  if (facts.length > 0) {
    tell(evidence, facts);
    if (facts.some(({ side }) => side !== null)) state.isPlaceVouched = true;
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
  const hasScore = sense.atoms.some(({ what, unit }) => what === 'value' && (unit === 'of10' || unit === 'plain'));
  return (
    hasScore ||
    (evidence.current.all.some(({ kind, isEmpty }) => kind === 'pain' && !isEmpty) && painIsAboveZero(evidence))
  );
}

function painIsAboveZero(evidence: WordClaim['evidence']): boolean {
  return (evidence.current.byUnit.get('of10') ?? []).some(({ fact, value }) => fact.kind === 'pain' && value > 0);
}

const grounds: Readonly<Record<string, string>> = { fatigue: 'fatigue', pain: 'discomfort' };

/** A response of that kind, or a strength below normal, is ground enough for the word. */
function hasOtherGround({ evidence, atom }: WordClaim): boolean {
  const response = grounds[atom.word];
  if (response !== undefined && evidence.current.all.some(({ words }) => words['response'] === response)) return true;
  return atom.word === 'weakness' && (evidence.current.byUnit.get('grade') ?? []).some(({ value }) => value < 50);
}
