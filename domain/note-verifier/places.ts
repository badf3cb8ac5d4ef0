// The side or the joint that a clause names and no value in it has settled.
import type { Atom } from './atoms.ts';
import { fixWords } from './claim-types.ts';
import type { Context } from './context.ts';
import type { Evidence } from './evidence.ts';
import type { Fact } from './facts.ts';
import { textHasPlace } from './free-text.ts';
import { scan } from './scan.ts';
import type { Sense } from './sense.ts';
import { agreesAboutPlace } from './trace.ts';

/** A side or a joint that no traced claim has vouched for. */
export function checkPlace(evidence: Evidence, sense: Sense, context: Context, atom: Atom): void {
  if (context.part !== null && namesDiagnosis(evidence, sense)) {
    checkDiagnosisPlace(evidence, sense, context.part, atom);
    return;
  }
  const isBorne =
    context.names === null ? placeIsRecorded(evidence, sense, context) : placeIsNamed(evidence, context, context.names);
  if (isBorne) return;
  const { side, part } = context;
  const about = part === null ? [] : evidence.current.all.filter((fact) => fact.part === part);
  const isSide = side !== null && (part === null || about.length > 0);
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

function namesDiagnosis(evidence: Evidence, { atoms }: Sense): boolean {
  for (const { what, number } of atoms) if (what === 'code' && evidence.isDiagnosis(number)) return true;
  return false;
}

function placeIsRecorded(evidence: Evidence, sense: Sense, context: Context): boolean {
  const { side, part, motion } = context;
  if (anyHere(evidence.current.all, context) || textHasPlace(evidence, side, part, motion)) return true;
  if (!sense.isPast && !sense.isAboutGoal && sense.trend === null) return false;
  if (anyHere(evidence.episode.all, context)) return true;
  for (let at = 0; at < evidence.source.earlier.length; at++)
    if (anyHere(evidence.earlier(at).all, context)) return true;
  return false;
}

/** Whether a fact is about this side, joint and motion. */
function anyHere(facts: readonly Fact[], context: Context): boolean {
  const { part, motion } = context;
  for (const fact of facts)
    if (
      (fact.side !== null || fact.part !== null) &&
      agreesAboutPlace(fact, context) &&
      (part === null || motion === null || fact.motion === null || fact.motion === motion)
    )
      return true;
  return false;
}

/** Of a named exercise or test: its side is the recorded one, and a joint is its own or one that its name holds. */
function placeIsNamed(evidence: Evidence, context: Context, names: readonly Fact[]): boolean {
  for (const fact of names) if (isOwnPlace(evidence, context, fact)) return true;
  return false;
}

function isOwnPlace(evidence: Evidence, { side, part }: Context, fact: Fact): boolean {
  if (side !== null && fact.side !== side && hasSide(fact)) return false;
  if (part === null || fact.part === part || fact.name === null) return true;
  const own = partsOf(evidence, fact.name);
  return own.includes(part) || (own.length === 0 && fact.part === null && isPartOfSession(evidence, part));
}

function isPartOfSession({ current }: Evidence, part: string): boolean {
  for (const fact of current.all) if (fact.part === part) return true;
  return false;
}

function hasSide({ kind }: Fact): boolean {
  return kind === 'intervention' || kind === 'test' || kind === 'balance';
}

function partsOf({ lexicon }: Evidence, name: string): string[] {
  const pieces = scan(name);
  const parts: string[] = [];
  for (let at = 0; at < pieces.length; at++)
    for (const { category, value } of lexicon.longestAt(pieces, at)?.entries ?? [])
      if (category === 'part') parts.push(value);
  return parts;
}
