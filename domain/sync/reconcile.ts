// What a system's word about a patient changes: each field has one owner, and nobody else's word replaces what holds.
import { isSame, syncedFields } from './fields.ts';
import type { SyncedField, Values } from './fields.ts';

export interface Spoken {
  /** What holds now. */
  readonly holds: Values;
  /** The connection whose word each field follows. */
  readonly owner: (field: SyncedField) => string;
  readonly connection: string;
  readonly says: Values;
  /** What it said last; null: it never spoke of this patient. */
  readonly before: Values | null;
}

/** Another value than the one that holds, from a system that does not own the field: a person says which is right. */
export interface Conflict {
  readonly field: SyncedField;
  readonly holds: string | null;
  readonly says: string | null;
}

export interface Reconciled {
  readonly holds: Values;
  /** The fields of `holds` that are new. */
  readonly set: readonly SyncedField[];
  readonly conflicts: readonly Conflict[];
}

/**
 * Takes in what one system says. Its own fields are followed; a gap is filled by whoever knows; what it repeats changes nothing, so
 * that a value written into it does not come back as news. An owner that falls silent about a value removes nothing: a person
 * is asked.
 */
export function reconcile({ holds, owner, connection, says, before }: Spoken): Reconciled {
  const now: Partial<Record<SyncedField, string | null>> = { ...holds };
  const set: SyncedField[] = [];
  const conflicts: Conflict[] = [];
  for (const field of syncedFields) {
    const said = says[field];
    if (said === undefined) continue;
    const held = holds[field] ?? null;
    const last = before?.[field];
    if (isSame(field, said, held) || (last !== undefined && isSame(field, said, last))) continue;
    const isOwner = owner(field) === connection;
    if (said !== null && (held === null || isOwner)) {
      now[field] = said;
      set.push(field);
    } else if (said !== null || (isOwner && last !== undefined)) {
      conflicts.push({ field, holds: held, says: said });
    }
  }
  return { holds: now, set, conflicts };
}

/**
 * The fields in which a system says something else than what holds: what a person enters there. Where it says nothing nobody is
 * sent to it: what it lacks the data audit counts.
 */
export function behind(holds: Values, says: Values): readonly SyncedField[] {
  return syncedFields.filter((field) => {
    const said = says[field] ?? null;
    const held = holds[field] ?? null;
    return said !== null && held !== null && !isSame(field, said, held);
  });
}
