// What a service line would look like by a finding's fix or by what the notes support: shown beside what is billed, never applied. Pure.
import type { Claim } from '../claim/schema.ts';
import type { ChangeRow } from './change-schema.ts';
import { customaryOrder } from './contexts/modifier-order.ts';
import type { ScrubFinding } from './finding.ts';
import type { SuggestedCode } from './suggestions.ts';

/** Null is not known. */
export interface BilledService {
  readonly code: string | null;
  readonly modifiers: readonly string[];
  readonly units: number | null;
}

/** `line` counts from 0; null: it is not billed yet. `after` is empty where the line goes, two lines where it is parted. */
export interface ProposedChange {
  readonly line: number | null;
  readonly before: BilledService | null;
  readonly after: readonly BilledService[];
}

interface Book {
  readonly changes: readonly ChangeRow[];
  /** In which order modifiers stand. */
  readonly modifierOrder: readonly string[];
}

/** Null where the fix leaves something to be judged: then its words are all there is. */
export function changeByFinding(claim: Claim, finding: ScrubFinding, book: Book): ProposedChange | null {
  const row = book.changes.find(({ rule, variant }) => rule === finding.rule && variant === (finding.variant ?? null));
  const { line } = finding;
  const before = line === null ? null : serviceOf(claim, line);
  if (row === undefined || before === null) return null;
  const after = changed(row, before, finding.facts, book.modifierOrder);
  const isOneOfSeveral = row.change === 'units' && sharesItsCode(claim, line, before);
  return after === null || isOneOfSeveral ? null : { line, before, after };
}

/** Null where nothing is to be changed, or it is not known. */
export function changeBySuggestion(claim: Claim, suggested: SuggestedCode): ProposedChange | null {
  const { code, line, supportedUnits: units, difference } = suggested;
  const before = line === null ? null : serviceOf(claim, line);
  switch (difference) {
    case 'uncharged':
      return units === null ? null : { line: null, before: null, after: [{ code, modifiers: [], units }] };
    case 'undocumented':
      return before === null ? null : { line, before, after: [] };
    case 'fewer':
    case 'more':
      if (before === null || units === null || sharesItsCode(claim, line, before)) return null;
      return { line, before, after: units === 0 ? [] : [{ ...before, units }] };
    case 'same':
    case 'unknown':
      return null;
  }
}

function serviceOf({ lines }: Claim, index: number): BilledService | null {
  const line = lines[index];
  if (line === undefined) return null;
  const { procedure, units, unit } = line;
  return { code: procedure?.code ?? null, modifiers: procedure?.modifiers ?? [], units: unit === 'UN' ? units : null };
}

/** The units of a code that stands on several lines of the day are counted together: which line changes is a person's to say. */
function sharesItsCode({ lines }: Claim, index: number | null, { code }: BilledService): boolean {
  const day = lines[index ?? -1]?.from;
  return lines.filter((line) => line.procedure?.code === code && line.from === day).length > 1;
}

function changed(
  { change, fact, modifier: told }: ChangeRow,
  before: BilledService,
  facts: ScrubFinding['facts'],
  order: readonly string[],
): readonly BilledService[] | null {
  const value = fact === null ? null : (facts[fact] ?? null);
  const modifier = modifierIn(told, facts);
  const { modifiers, units } = before;
  const marked = (some: readonly string[]): string[] =>
    modifier === null || some.includes(modifier) ? [...some] : customaryOrder([...some, modifier], order);
  switch (change) {
    case 'code':
      return typeof value === 'string' ? [{ ...before, code: value }] : null;
    case 'units':
      if (typeof value !== 'number') return null;
      return value === 0 ? [] : [{ ...before, units: value }];
    case 'order':
      return Array.isArray(value) ? [{ ...before, modifiers: value }] : null;
    case 'add':
      return modifier === null ? null : [{ ...before, modifiers: marked(modifiers) }];
    case 'mark': {
      if (modifier === null || typeof value !== 'number' || units === null || value === 0 || value > units) return null;
      const rest = units - value;
      const marks = { ...before, modifiers: marked(modifiers), units: value };
      return rest === 0 ? [marks] : [{ ...before, units: rest }, marks];
    }
    case 'unmark':
      return modifier === null || value !== 0
        ? null
        : [{ ...before, modifiers: modifiers.filter((one) => one !== modifier) }];
    case 'once':
      return [{ ...before, modifiers: [...new Set(modifiers)] }];
    case 'takeOff':
      return [];
  }
}

function modifierIn(told: string | null, facts: ScrubFinding['facts']): string | null {
  if (told === null || !told.startsWith('{')) return told;
  const value = facts[told.slice(1, -1)];
  return typeof value === 'string' ? value : null;
}
