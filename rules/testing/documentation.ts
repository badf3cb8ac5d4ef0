// The rule data of documents as it ships, for the tests.
import { readFileSync } from 'node:fs';
import type { PhraseRow } from '../../domain/note/phrases.ts';
import type { RequirementRow } from '../../domain/note/requirements.ts';
import type { StructureRow } from '../../domain/note/structure.ts';
import type { VerificationRules } from '../../domain/note-verifier/rules-schema.ts';

function file<Value>(name: string): Value {
  return JSON.parse(readFileSync(new URL(`../documentation/${name}.json`, import.meta.url), 'utf8')) as Value;
}

/** rules/documentation.test.ts checks the files against their schemas. */
export const phraseRows = file<{ rows: PhraseRow[] }>('phrases').rows;
export const structureRows = file<{ rows: StructureRow[] }>('structures').rows;
export const verificationRules = file<VerificationRules>('verification');
export const requirementRows = file<{ rows: RequirementRow[] }>('requirements').rows;
