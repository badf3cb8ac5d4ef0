// The rules of signing as they ship.
import { readFileSync } from 'node:fs';
import type { SigningRules } from '../../domain/note/signing.ts';

export const signingRules = JSON.parse(
  readFileSync(new URL('../../rules/documentation/signing.json', import.meta.url), 'utf8'),
) as SigningRules;
