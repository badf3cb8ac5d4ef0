// Whether a sentence in other words makes the very claims of the first: what a model may change is the plain words between them.
import type { NoteSource } from '../note/source-schema.ts';
import type { Atom } from './atoms.ts';
import { readAtoms } from './atoms.ts';
import { Evidence } from './evidence.ts';
import { Lexicon } from './lexicon.ts';
import { scan } from './scan.ts';

/** True where both texts claim the same; `of` is the record both are about, `known` the texts whose words may be used. */
export type SameClaims = (before: string, after: string) => boolean;

/** Words without which two texts claim the same: connections, articles, and of what somebody is spoken. */
const framing: ReadonlySet<Atom['what']> = new Set(['break', 'link', 'role', 'topic']);

/** A comparer for one record. Its words are those of the drafts it is given: a word that stands in none of them is a new claim. */
export function rewordings(source: NoteSource, known: readonly string[]): SameClaims {
  const evidence = new Evidence(source, new Lexicon());
  const words = new Set<number>();
  for (const text of known)
    for (const { what, number } of atomsOf(text, evidence)) if (what === 'word') words.add(number);
  return (before, after) => {
    const one = atomsOf(before, evidence);
    const other = atomsOf(after, evidence);
    return (
      other.every(({ what, number }) => what !== 'word' || words.has(number)) &&
      claimsOf(one, evidence).join('\n') === claimsOf(other, evidence).join('\n')
    );
  };
}

function atomsOf(text: string, { lexicon, names }: Evidence): readonly Atom[] {
  const atoms: Atom[] = [];
  readAtoms(scan(text), atoms, lexicon, names);
  return atoms;
}

/** Every claim as often as it stands, in an order that does not depend on the text's. */
function claimsOf(atoms: readonly Atom[], { current }: Evidence): string[] {
  const claims: string[] = [];
  for (const { what, word, number, unit, facts } of atoms) {
    if (what === 'word' || framing.has(what)) continue;
    if (what === 'value') claims.push(`value ${number} ${unit ?? ''}`);
    else if (what === 'name') claims.push(`name ${facts.map((fact) => current.all.indexOf(fact)).join(' ')}`);
    else claims.push(`${what} ${word} ${word === '' ? number : ''}`);
  }
  return claims.sort();
}
