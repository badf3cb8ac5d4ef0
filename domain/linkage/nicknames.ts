// Whether two given names may be one person's: Bill is William, and Bill and Will are both.
import type { LinkageBook } from './book-schema.ts';

/**
 * `nickname`: one is a nickname of the other, or both are of a third; `related`: so they are, but each is a name of its own too, as
 * Lisa and Melissa are, who may be sisters; null: neither.
 */
export type NicknameTest = (one: string, other: string) => 'nickname' | 'related' | null;

export function nicknameTest({ nicknames }: Pick<LinkageBook, 'nicknames'>): NicknameTest {
  const wholeNames = new Map<string, Set<string>>();
  for (const [whole, called] of Object.entries(nicknames.names))
    for (const name of called) {
      const known = wholeNames.get(name) ?? new Set();
      wholeNames.set(name, known.add(whole));
    }
  const none: ReadonlySet<string> = new Set();
  const areCalled = (one: string, other: string): boolean => {
    const ones = wholeNames.get(one) ?? none;
    const others = wholeNames.get(other) ?? none;
    if (ones.has(other) || others.has(one)) return true;
    for (const whole of ones) if (others.has(whole)) return true;
    return false;
  };
  const alsoGiven = new Set(nicknames.alsoGiven);
  const isOwnName = (name: string, of: string): boolean =>
    alsoGiven.has(name) || !(wholeNames.get(name) ?? none).has(of);
  return (one, other) => {
    if (!areCalled(one, other)) return null;
    const isShort = one.startsWith(other) || other.startsWith(one);
    return !isShort && isOwnName(one, other) && isOwnName(other, one) ? 'related' : 'nickname';
  };
}
