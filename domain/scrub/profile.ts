// The rules as they are for one payer: the clinic's own for it on top, and only known ones switched off.
import { GaitError } from '../errors.ts';
import type { ScrubProfile } from './profile-schema.ts';
import { ruleBook } from './rule-book.ts';
import type { RuleBook } from './rule-book.ts';
import type { ScrubRule } from './rule-schema.ts';

/** @throws GaitError `input.invalid` with the place in the profile, for a rule that cannot be used or is not known */
export function profiledBook(rules: readonly ScrubRule[], profile: ScrubProfile): RuleBook {
  const all = [...rules, ...(profile.rules ?? [])];
  for (const [index, { rule, variant }] of (profile.off ?? []).entries())
    if (!all.some(({ id, variant: its }) => id === rule && (variant === undefined || variant === its)))
      throw new GaitError('input.invalid', 'A rule that is switched off is not known.', {
        where: `profile.off.${index}`,
        fix: 'docs/rules.md lists the rules.',
      });
  return ruleBook(all);
}
