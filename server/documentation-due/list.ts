// The due list of a clinic: every document that is overdue, due soon, or of which nobody can tell.
import { documentationDue } from '../../domain/documentation-due/due.ts';
import type { DueItem, DueRules } from '../../domain/documentation-due/item.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import { nameIn } from '../patient-links/name.ts';
import type { Vault } from '../vault/vault.ts';
import { dueCases } from './charts.ts';
import type { ChartNeeds, DueCase } from './charts.ts';

export interface DueNeeds extends ChartNeeds {
  readonly vault: Vault;
  readonly now: () => Date;
  readonly dueRules: DueRules;
}

export interface DueLine extends DueItem {
  readonly patient: string;
  /** The note that would be signed; null: there is none. */
  readonly note: string | null;
  /** The session that would be drafted from; null: none was captured here. */
  readonly session: string | null;
}

export interface DueList {
  readonly today: string;
  readonly counts: Readonly<Record<DueItem['state'], number>>;
  readonly items: readonly DueLine[];
}

const order = { overdue: 0, soon: 1, unknown: 2, later: 3 } as const;

/** @param patient only of this one */
export async function dueList(needs: DueNeeds, clinic: string, patient?: string): Promise<DueList> {
  const day = await needs.policies.today(needs.db, clinic, needs.now());
  const cases = await dueCases(needs, clinic, day);
  const items = cases
    .filter((one) => patient === undefined || one.patient === patient)
    .flatMap((one) => documentationDue(one.episode, needs.dueRules, day.date).map((item) => lineOf(one, item)))
    .sort(
      (one, other) => order[one.state] - order[other.state] || ((one.due ?? '9999') < (other.due ?? '9999') ? -1 : 1),
    );
  const counts = { overdue: 0, soon: 0, unknown: 0, later: 0 };
  for (const { state } of items) counts[state] += 1;
  return { today: day.date, counts, items };
}

function lineOf({ patient, unsigned, sessions }: DueCase, item: DueItem): DueLine {
  const day =
    item.kind === 'note' || item.kind === 'signature' ? item.about : ([...sessions.keys()].sort().at(-1) ?? null);
  return {
    patient,
    ...item,
    note: item.kind === 'signature' ? (unsigned.get(item.about ?? '') ?? null) : null,
    session: sessions.get(day ?? '') ?? null,
  };
}

export interface DueAsk {
  readonly state?: DueItem['state'] | undefined;
  readonly kind?: DueItem['kind'] | undefined;
  readonly patient?: string | undefined;
  readonly limit?: number | undefined;
}

const mostLines = 500;

/** Those asked for; without a state, what is only due later is left out. `counts` are of the whole list. */
export function asked({ items, ...rest }: DueList, ask: DueAsk): DueList & { readonly more: boolean } {
  const wanted = items.filter(
    ({ state, kind }) =>
      (ask.state === undefined ? state !== 'later' : state === ask.state) &&
      (ask.kind === undefined || kind === ask.kind),
  );
  const limit = ask.limit ?? mostLines;
  return { ...rest, items: wanted.slice(0, limit), more: wanted.length > limit };
}

/** For a flow: references, kinds, days and counts. */
export async function dueForFlow(needs: DueNeeds, clinic: string, ask: DueAsk) {
  const list = asked(await dueList(needs, clinic, ask.patient), ask);
  return { ...list, items: list.items.map(({ words: _words, source: _source, ...item }) => item) };
}

/** For a signed-in person: with names, and why each is due. */
export async function dueForPeople(needs: DueNeeds, clinic: string, ask: DueAsk, by: SessionPrincipal) {
  const list = asked(await dueList(needs, clinic, ask.patient), ask);
  const patients = [...new Set(list.items.map(({ patient }) => patient))];
  const people = await needs.vault.openMany(clinic, patients, { purpose: 'documentation.due', actor: by });
  const { items, ...rest } = list;
  return { ...rest, due: items.map((item) => ({ ...item, name: nameIn(people.get(item.patient)) })) };
}
