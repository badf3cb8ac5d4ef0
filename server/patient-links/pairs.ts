// Lays pairs of records before a person, each as often as it changes: what was kept apart comes again only when a record has changed.
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { LinkedPair } from '../../domain/linkage/clusters.ts';
import type { Person } from '../../domain/linkage/person.ts';
import type { Db, Trx } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import type { Keyring } from '../vault/keyring.ts';
import { digestOf } from '../vault/lookup.ts';
import type { WorkItems } from '../work-items/items.ts';
import { pairDraft } from './pair-draft.ts';
import type { Side } from './pair-draft.ts';

export interface PairNeeds {
  readonly db: Db;
  readonly keyring: Keyring;
  readonly workItems: WorkItems;
  readonly now: () => Date;
}

/** Records as the audit read them, by reference. */
export type Sides = ReadonlyMap<string, Side>;

const keyOf = (one: string, other: string): string => [one, other].sort().join(' ');

/** Tells pairs that a person kept apart and of which no record has changed since. */
export async function keptApart(
  { db, keyring }: Pick<PairNeeds, 'db' | 'keyring'>,
  clinic: string,
  sides: Sides,
): Promise<(one: string, other: string) => boolean> {
  const rows = await db
    .selectFrom('patient_pairs')
    .select(['one', 'other', 'said', 'master_key'])
    .where('clinic', '=', clinic)
    .where('state', '=', 'apart')
    .execute();
  const apart = new Set(
    rows.flatMap(({ one, other, said, master_key: master }) => {
      const [first, second] = [sides.get(one), sides.get(other)];
      // Under a master key that is gone nobody can tell: then it is asked again.
      if (first === undefined || second === undefined || !keyring.ids.includes(master)) return [];
      return said.equals(saidBy(keyring, master, clinic, first.person, second.person)) ? [keyOf(one, other)] : [];
    }),
  );
  return (one, other) => apart.has(keyOf(one, other));
}

/** The pairs that have an item now, by the references of both. */
export async function askAboutPairs(
  needs: PairNeeds,
  clinic: string,
  pairs: readonly LinkedPair[],
  sides: Sides,
  by: Principal,
): Promise<ReadonlyMap<string, string>> {
  const items = new Map<string, string>();
  for (const pair of pairs) {
    const item = await needs.db.transaction().execute((trx) => ask(needs, trx, clinic, pair, sides, by));
    if (item !== null) items.set(keyOf(pair.one, pair.other), item);
  }
  await closeOthers(needs, clinic, new Set(pairs.map(({ one, other }) => keyOf(one, other))), by);
  return items;
}

async function ask(
  needs: PairNeeds,
  trx: Trx,
  clinic: string,
  { explained, ...refs }: LinkedPair,
  sides: Sides,
  by: Principal,
): Promise<string | null> {
  const { keyring, workItems, now } = needs;
  const [one = '', other = ''] = [refs.one, refs.other].sort();
  const [first, second] = [sides.get(one), sides.get(other)];
  if (first === undefined || second === undefined) return null;
  const known = await trx
    .selectFrom('patient_pairs')
    .selectAll()
    .where('clinic', '=', clinic)
    .where('one', '=', one)
    .where('other', '=', other)
    .forNoKeyUpdate()
    .executeTakeFirst();
  const said = saidBy(keyring, keyring.current, clinic, first.person, second.person);
  if (known?.state === 'asked' && known.master_key === keyring.current && known.said.equals(said))
    return known.work_item;
  if (known?.state === 'asked' && known.work_item !== null) await closeItem(trx, known.work_item, 'changed', now());
  const times = (known?.times ?? 0) + 1;
  const { workItem } = await workItems.open(
    {
      clinic,
      key: `patient.merge/${one}/${other}/${times}`,
      kind: 'patient.merge',
      subject: one,
      workflow: null,
      dueAt: null,
      context: { one, other, verdict: explained.verdict },
      reason: explained.words,
      draft: { ...pairDraft(first, second, explained) },
    },
    systemPrincipal('dataAudit', by),
    trx,
  );
  const row = { state: 'asked' as const, said, master_key: keyring.current, work_item: workItem, times, at: now() };
  await trx
    .insertInto('patient_pairs')
    .values({ clinic, one, other, ...row })
    .onConflict((conflict) => conflict.columns(['clinic', 'one', 'other']).doUpdateSet(row))
    .execute();
  return workItem;
}

/** Pairs that nobody would ask about any more: a record was corrected, or put to another one. */
async function closeOthers(
  { db, workItems, now }: PairNeeds,
  clinic: string,
  found: ReadonlySet<string>,
  by: Principal,
): Promise<void> {
  const asked = await db
    .selectFrom('patient_pairs')
    .select(['one', 'other', 'work_item'])
    .where('clinic', '=', clinic)
    .where('state', '=', 'asked')
    .execute();
  for (const { one, other, work_item: item } of asked) {
    if (found.has(keyOf(one, other))) continue;
    if (item !== null) await workItems.close(clinic, item, 'noLongerAlike', systemPrincipal('dataAudit', by));
    await db
      .updateTable('patient_pairs')
      .set({ state: 'gone', at: now() })
      .where('clinic', '=', clinic)
      .where('one', '=', one)
      .where('other', '=', other)
      .where('state', '=', 'asked')
      .execute();
  }
}

async function closeItem(trx: Trx, workItem: string, reason: string, at: Date): Promise<void> {
  await trx
    .updateTable('work_items')
    .set({ status: 'closed', closed_at: at, close_reason: reason })
    .where('id', '=', workItem)
    .where('status', '=', 'open')
    .execute();
}

/** A digest of what identifies both; tells nothing without the keyring. */
function saidBy(keyring: Keyring, master: string, clinic: string, first: Person, second: Person): Buffer {
  const where = { clinic, kind: 'patientPair', field: 'said' };
  return digestOf(keyring, master, where, canonicalJson([first, second]));
}
