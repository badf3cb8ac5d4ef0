// What people wrote in their own words, as support for what a document says outside quotation marks.
import type { Atom } from './atoms.ts';
import type { Context } from './context.ts';
import type { Evidence } from './evidence.ts';

/** Whether a free text names the same number in the same unit, and no other side or joint. */
export function textHasValue(evidence: Evidence, { number, unit }: Atom, context: Context): boolean {
  return evidence
    .texts()
    .some(
      ({ atoms }) =>
        atoms.some(
          (own) =>
            own.what === 'value' &&
            own.number === number &&
            (own.unit === unit || own.unit === 'plain' || unit === 'plain'),
        ) && isAbout(atoms, context),
    );
}

/** Whether a text names this side and joint, or none. */
function isAbout(atoms: readonly Atom[], { side, part }: Context): boolean {
  return agreesOn(atoms, 'side', side) && agreesOn(atoms, 'part', part);
}

function agreesOn(atoms: readonly Atom[], what: 'side' | 'part', wanted: string | null): boolean {
  if (wanted === null) return true;
  const own = atoms.filter((each) => each.what === what);
  return own.length === 0 || own.some(({ word }) => word === wanted);
}

/** Whether a free text names this closed word, affirmed or denied as wanted. */
export function textSays(evidence: Evidence, what: Atom['what'], word: string, isNegated: boolean): boolean {
  return evidence
    .texts()
    .some((text) => text.isNegated === isNegated && text.atoms.some((own) => own.what === what && own.word === word));
}

/** Whether a free text names the side, the joint and its motion together. */
export function textHasPlace(
  evidence: Evidence,
  side: string | null,
  part: string | null,
  motion: string | null,
): boolean {
  const wanted = (
    [
      ['side', side],
      ['part', part],
      ['motion', part === null ? null : motion],
    ] as const
  ).filter(([, word]) => word !== null);
  return evidence
    .texts()
    .some(({ atoms }) => wanted.every(([what, word]) => atoms.some((own) => own.what === what && own.word === word)));
}

/** Whether a free text denies something about one of these words. */
export function textDenies(evidence: Evidence, words: readonly number[]): boolean {
  return evidence
    .texts()
    .some((text) => text.isNegated && text.atoms.some((own) => own.what !== 'value' && words.includes(own.number)));
}
