// Two tablets changed one session: what only one of them changed is taken, what both changed is laid before a person.
import { canonicalJson } from '../canonical-json.ts';
import { sessionSchema } from '../session/schema.ts';
import type { Session } from '../session/schema.ts';

/** A part of the record that is taken as a whole. */
export type Section = Exclude<keyof Session, 'ref' | 'patient' | 'date'>;
export type Choice = 'mine' | 'theirs' | 'both';

export interface SessionMerge {
  /** With this side's words where both changed a section; nothing of the other side is written over before a person chose. */
  readonly merged: Session;
  /** Sections that both changed, each in its own way. */
  readonly clashes: readonly Section[];
}

const about: readonly string[] = ['ref', 'patient', 'date'];
const sections = sessionSchema.required.filter((field): field is Section => !about.includes(field));

/**
 * Three-way merge by section.
 * @param base what both sides started from
 * @param mine this side's record
 * @param theirs the other side's, as it is stored now; its ref, patient and date hold
 */
export function mergeSessions(base: Session, mine: Session, theirs: Session): SessionMerge {
  let merged = theirs;
  const clashes: Section[] = [];
  for (const section of sections) {
    if (same(mine[section], base[section]) || same(mine[section], theirs[section])) continue;
    merged = { ...merged, [section]: mine[section] };
    // Timed minutes are a sum: they are made anew of whatever is chosen.
    if (!same(theirs[section], base[section]) && section !== 'timedMinutes') clashes.push(section);
  }
  return { merged, clashes };
}

/** Whether a section may be kept from both sides: it is a list. */
export function canKeepBoth(section: Section, of: Session): boolean {
  return Array.isArray(of[section]);
}

/** The record with one section as a person chose it. `both` puts the entries that only this side has behind the other's. */
export function chooseSection(
  record: Session,
  section: Section,
  choice: Choice,
  { mine, theirs }: { readonly mine: Session; readonly theirs: Session },
): Session {
  if (choice === 'mine') return { ...record, [section]: mine[section] };
  const left = theirs[section];
  const right = mine[section];
  if (choice === 'theirs' || !Array.isArray(left) || !Array.isArray(right)) return { ...record, [section]: left };
  const there = new Set(left.map((entry) => canonicalJson(entry)));
  return { ...record, [section]: [...left, ...right.filter((entry) => !there.has(canonicalJson(entry)))] };
}

function same(one: unknown, other: unknown): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
