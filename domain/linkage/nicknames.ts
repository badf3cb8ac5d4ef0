// Whether two given names may be one person's: Bill is William, and Bill and Will are both.
import type { LinkageBook } from './book-schema.ts';

/** Tells of two given names whether one is a nickname of the other, or both are of a third. */
export type NicknameTest = (one: string, other: string) => boolean;

export function nicknameTest({ nicknames }: Pick<LinkageBook, 'nicknames'>): NicknameTest {
  const wholeNames = new Map<string, Set<string>>();
  for (const [whole, called] of Object.entries(nicknames.names))
    for (const name of called) {
      const known = wholeNames.get(name) ?? new Set();
      wholeNames.set(name, known.add(whole));
    }
  const none: ReadonlySet<string> = new Set();
  return (one, other) => {
    const ones = wholeNames.get(one) ?? none;
    const others = wholeNames.get(other) ?? none;
    if (ones.has(other) || others.has(one)) return true;
    for (const whole of ones) if (others.has(whole)) return true;
    return false;
  };
}
