// The rules of documents, read once at start: phrases, structures, requirements, verification, signing.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JSONSchema } from 'json-schema-to-ts';
import { phrasesFileSchema } from '../../domain/note/phrases.ts';
import type { PhraseRow } from '../../domain/note/phrases.ts';
import { requirementsFileSchema } from '../../domain/note/requirements.ts';
import type { RequirementRow } from '../../domain/note/requirements.ts';
import { signingFileSchema } from '../../domain/note/signing.ts';
import type { SigningRules } from '../../domain/note/signing.ts';
import { structuresFileSchema } from '../../domain/note/structure.ts';
import type { StructureRow } from '../../domain/note/structure.ts';
import { verificationFileSchema } from '../../domain/note-verifier/rules-schema.ts';
import type { VerificationRules } from '../../domain/note-verifier/rules-schema.ts';
import { verifier } from '../../domain/note-verifier/verify.ts';
import type { Verify } from '../../domain/note-verifier/verify.ts';
import type { Validator } from '../http/validation.ts';

export interface NoteRules {
  readonly phrases: readonly PhraseRow[];
  readonly structures: readonly StructureRow[];
  readonly requirements: readonly RequirementRow[];
  readonly signing: SigningRules;
  readonly verification: VerificationRules;
  readonly verify: Verify;
}

const folder = join(import.meta.dirname, '../../rules/documentation');

/** Throws `input.invalid` naming the file that has another shape. */
export async function readNoteRules(validator: Validator): Promise<NoteRules> {
  const read = async <Data>(name: string, schema: JSONSchema): Promise<Data> => {
    const value: unknown = JSON.parse(await readFile(join(folder, `${name}.json`), 'utf8'));
    assertData<Data>(validator, schema, value, `documentation/${name}`);
    return value;
  };
  const verification = await read<VerificationRules>('verification', verificationFileSchema);
  return {
    phrases: (await read<{ readonly rows: readonly PhraseRow[] }>('phrases', phrasesFileSchema)).rows,
    structures: (await read<{ readonly rows: readonly StructureRow[] }>('structures', structuresFileSchema)).rows,
    requirements: (await read<{ readonly rows: readonly RequirementRow[] }>('requirements', requirementsFileSchema))
      .rows,
    signing: await read<SigningRules>('signing', signingFileSchema),
    verification,
    verify: verifier(verification),
  };
}

function assertData<Data>(
  validator: Validator,
  schema: JSONSchema,
  value: unknown,
  name: string,
): asserts value is Data {
  validator.check(schema, value, name);
}
