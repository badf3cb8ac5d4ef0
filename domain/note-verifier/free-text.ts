// What people wrote in their own words, as support for what a document says outside quotation marks.
import type { Atom } from './atoms.ts';
import type { Context } from './context.ts';
import type { Evidence } from './evidence.ts';

/** Whether a free text names the same number in the same unit, and no other side or joint. */
export function textHasValue(evidence: Evidence, { number, unit }: Atom, context: Context): boolean {
  for (const { atoms } of evidence.texts())
    if (hasValue(atoms, number, unit) && agreesOn(atoms, 'side', context.side) && agreesOn(atoms, 'part', context.part))
      return true;
  return false;
}

function hasValue(atoms: readonly Atom[], number: number, unit: Atom['unit']): boolean {
  for (const own of atoms)
    if (own.what === 'value' && own.number === number)
      if (own.unit === unit || own.unit === 'plain' || unit === 'plain') return true;
  return false;
}

/** Whether a text names this side or joint, or none. */
function agreesOn(atoms: readonly Atom[], what: 'side' | 'part', wanted: string | null): boolean {
  if (wanted === null) return true;
  let isNamed = false;
  for (const each of atoms) {
    if (each.what !== what) continue;
    if (each.word === wanted) return true;
    isNamed = true;
  }
  return !isNamed;
}

/** Whether a free text names this closed word, affirmed or denied as wanted. */
export function textSays(evidence: Evidence, what: Atom['what'], word: string, isNegated: boolean): boolean {
  for (const text of evidence.texts()) if (text.isNegated === isNegated && hasAtom(text.atoms, what, word)) return true;
  return false;
}

function hasAtom(atoms: readonly Atom[], what: Atom['what'], word: string): boolean {
  for (const own of atoms) if (own.what === what && own.word === word) return true;
  return false;
}

/** Whether a free text names the side, the joint and its motion together. */
export function textHasPlace(
  evidence: Evidence,
  side: string | null,
  part: string | null,
  motion: string | null,
): boolean {
  const wantedMotion = part === null ? null : motion;
  for (const { atoms } of evidence.texts())
    if (
      (side === null || hasAtom(atoms, 'side', side)) &&
      (part === null || hasAtom(atoms, 'part', part)) &&
      (wantedMotion === null || hasAtom(atoms, 'motion', wantedMotion))
    )
      return true;
  return false;
}

/** Whether a free text denies something about one of these words. */
export function textDenies(evidence: Evidence, words: readonly number[]): boolean {
  for (const { isNegated, atoms } of evidence.texts())
    if (isNegated) for (const own of atoms) if (own.what !== 'value' && words.includes(own.number)) return true;
  return false;
}
