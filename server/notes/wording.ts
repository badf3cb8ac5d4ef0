// In which structure and wording a clinic has its documents: its own settings over what ships.
import type { NoteSource, DocumentKind } from '../../domain/note/source-schema.ts';
import type { ComposeInput } from '../../domain/note/compose.ts';
import { phrasesOf } from '../../domain/note/phrases.ts';
import { plainStyle } from '../../domain/note/settings.ts';
import type { DocumentationSettings } from '../../domain/note/settings.ts';
import { structureOf } from '../../domain/note/structure.ts';
import type { StructureRow } from '../../domain/note/structure.ts';
import type { Db } from '../database/tables.ts';
import type { NoteNeeds } from './needs.ts';

/** What a clinic set for its documents. */
export async function documentationOf(db: Db, clinic: string): Promise<DocumentationSettings> {
  const row = await db.selectFrom('clinics').select('settings').where('id', '=', clinic).executeTakeFirstOrThrow();
  return row.settings.documentation ?? {};
}

export interface WordingAsk {
  readonly kind: DocumentKind;
  readonly payer: string | null;
  /** As a person asked for; null: as the clinic set, for this payer or at all. */
  readonly system: string | null;
  readonly source: NoteSource;
}

/** What the composer needs. Throws `input.invalid` for a structure that is nowhere. */
export async function wordingOf(
  { db, noteRules }: Pick<NoteNeeds, 'db' | 'noteRules'>,
  clinic: string,
  { kind, payer, system: asked, source }: WordingAsk,
): Promise<ComposeInput> {
  const own = await documentationOf(db, clinic);
  const structures: readonly StructureRow[] = [...(own.structures ?? []), ...noteRules.structures];
  const forPayer = own.payers?.find((row) => row.payer === payer)?.structure;
  const system = asked ?? forPayer ?? own.structure ?? (await systemOfClinic(db, clinic, structures)) ?? 'plain';
  const style = own.style ?? plainStyle;
  // What a clinic words itself goes before what ships, in whichever style.
  const ownPhrases = (own.phrases ?? []).map((row) => ({ ...row, style: row.style ?? style }));
  return {
    source,
    system,
    structure: structureOf(structures, system, kind),
    phrases: phrasesOf([...noteRules.phrases, ...ownPhrases], style),
  };
}

/** The one record system the clinic is connected to whose structure is known; null: none, or several. */
async function systemOfClinic(db: Db, clinic: string, structures: readonly StructureRow[]): Promise<string | null> {
  const rows = await db
    .selectFrom('connections')
    .select('system')
    .distinct()
    .where('clinic', '=', clinic)
    .where('removed_at', 'is', null)
    .where(
      'system',
      'in',
      structures.map(({ id }) => id),
    )
    .execute();
  return rows.length === 1 ? (rows[0]?.system ?? null) : null;
}
