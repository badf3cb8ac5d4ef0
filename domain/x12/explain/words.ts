// The words an explanation is made of: amounts, people, codes. Names and numbers of people are told only where they are asked for.
import { dollars } from '../../dollars.ts';
import type { CodeTableName, CodeWords } from '../code-words.ts';
import { told } from '../code-words.ts';

/** One sentence for a person and the segment it is about, counted from 0 as everywhere; null where it is about the whole. */
export interface Sentence {
  readonly text: string;
  readonly segment: number | null;
}

/** How to tell: with what words for codes, and whether with the names and numbers of people. */
export interface Telling {
  readonly words: CodeWords;
  readonly names: boolean;
}

/** `EB*C segment 23` as 23. */
export function segmentIn(source: string): number | null {
  const match = /segment (\d+)$/.exec(source);
  return match?.[1] === undefined ? null : Number(match[1]);
}

export function sentence(text: string, source: string | null = null): Sentence {
  return { text, segment: source === null ? null : segmentIn(source) };
}

/** 1234567 as `$12,345.67`. */
export function amount(cents: number | null): string {
  return cents === null ? 'an unknown amount' : dollars(cents);
}

interface Named {
  readonly given: string | null;
  readonly family: string | null;
}

/** `subscriber (segment 12)`, with names `subscriber Pat Sample (segment 12)`. */
export function person(telling: Telling, role: string, name: Named | null, source: string | null): string {
  const segment = source === null ? null : segmentIn(source);
  const where = segment === null ? '' : ` (segment ${segment})`;
  const full = [name?.given, name?.family].filter((part) => part !== null && part !== undefined).join(' ');
  return `${role}${telling.names && full !== '' ? ` ${full}` : ''}${where}`;
}

/** A number that identifies somebody's record, as ` CLAIM1`; nothing where names are not to be told. */
export function record(telling: Telling, number: string | null): string {
  return telling.names && number !== null ? ` ${number}` : '';
}

/** An organization, or a provider, by its name, else by its id. */
export function organization(
  party: {
    readonly name?: string | null;
    readonly organizationName?: string | null;
    readonly family?: string | null;
    readonly given?: string | null;
    readonly id?: { readonly value: string | null } | string | null;
  } | null,
  otherwise: string,
): string {
  const name = party?.name ?? party?.organizationName ?? [party?.given, party?.family].filter(Boolean).join(' ');
  if (name !== '') return name;
  const id = typeof party?.id === 'string' ? party.id : (party?.id?.value ?? null);
  return id === null ? otherwise : `${otherwise} ${id}`;
}

export function procedure(
  one: { readonly value?: string | null; readonly code?: string | null; readonly modifiers: readonly string[] } | null,
): string {
  const code = one?.value ?? one?.code ?? null;
  return code === null ? 'an unnamed service' : [code, ...(one?.modifiers ?? [])].join('-');
}

/** A code with its meaning. */
export function code(telling: Telling, table: CodeTableName, value: string | null): string {
  return value === null ? 'no code' : told(telling.words, table, value);
}

/** The meaning alone: `physical therapy`; without a row the code itself. */
export function meaning(telling: Telling, table: CodeTableName, value: string): string {
  return telling.words(table, value)?.meaning.replace(/\.$/, '') ?? `${value} (no paraphrase)`;
}

/** What is to be done about it, as a sentence behind another; nothing where there is nothing to do. */
export function fix(telling: Telling, table: CodeTableName, value: string | null): string {
  const row = value === null ? null : telling.words(table, value);
  return row?.fix === undefined ? '' : ` ${row.fix}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

/** A day or a period, ` on 2026-03-02`; nothing where neither end is known. */
export function when(period: { readonly from: string | null; readonly to: string | null } | null): string {
  if (period === null || period.from === null) return '';
  return period.to === null || period.to === period.from
    ? ` on ${period.from}`
    : ` from ${period.from} to ${period.to}`;
}

/** `1 claim`, `2 claims`. */
export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
