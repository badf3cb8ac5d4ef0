// The codes of remittances as they ship, for the tests; rules/posting.test.ts checks the file against its schema.
import { readFileSync } from 'node:fs';
import type { PostingCodes } from '../../domain/posting/codes-schema.ts';

export const postingCodes: PostingCodes = JSON.parse(
  readFileSync(new URL('../posting/codes.json', import.meta.url), 'utf8'),
) as PostingCodes;
