// How alike two names are: by their letters (Jaro–Winkler) and by their sound (Metaphone).
import { CmpStr } from 'cmpstr';

const letters = CmpStr.create({ metric: 'jaroWinkler' });

/** True where the Jaro–Winkler similarity is at least `least` (0 to 1); the same whichever of the two is named first. */
export function areAlike(one: string, other: string, least: number): boolean {
  if (one === other) return true;
  if (mostLikeness(one, other) < least) return false;
  // Letters are matched greedily: only in a fixed order is the result that of the pair.
  return (one < other ? letters.compare(one, other) : letters.compare(other, one)) >= least;
}

/** What the similarity cannot exceed, from the letters both have: most pairs need no more than that. */
function mostLikeness(one: string, other: string): number {
  let common = 0;
  let rest = other;
  for (const letter of one) {
    const place = rest.indexOf(letter);
    if (place < 0) continue;
    common += 1;
    rest = rest.slice(0, place) + rest.slice(place + 1);
  }
  if (common === 0) return 0;
  let prefix = 0;
  while (prefix < 4 && prefix < one.length && one[prefix] === other[prefix]) prefix += 1;
  const jaro = (common / one.length + common / other.length + 1) / 3;
  return jaro + prefix * 0.1 * (1 - jaro);
}

/** The Metaphone key of one word; empty for an empty word. */
export function soundOf(word: string): string {
  return word === '' ? '' : letters.phoneticIndex(word, 'metaphone');
}

/** True where two neighbouring letters changed places and nothing else: a slip of the hand, not another name. */
export function isSlip(one: string, other: string): boolean {
  const sorted = (word: string): string => [...word].sort().join('');
  return one !== other && differsByOne(one, other) && sorted(one) === sorted(other);
}

/** True where both begin with the same letters, so many of them. */
export function beginAlike(one: string, other: string, letterCount: number): boolean {
  return one.length >= letterCount && one.slice(0, letterCount) === other.slice(0, letterCount);
}

/** True where the words differ by one character, or by two neighbours that changed places. */
export function differsByOne(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  const places = [...one].flatMap((character, place) => (character === other[place] ? [] : [place]));
  const [first = -1, second = -1] = places;
  if (places.length === 1) return true;
  return places.length === 2 && second === first + 1 && one[first] === other[second] && one[second] === other[first];
}
