// Compares a clinic's schedule, notes, charges and authorizations, and keeps one item for each patient whose books disagree.
import {
  disagreementCodes,
  disagreementInWords,
  disagreementKey,
  disagreementsInWords,
  reconcileVisits,
} from '../../domain/reconciliation/visits.ts';
import type { Disagreement, Reconciled } from '../../domain/reconciliation/visits.ts';
import type { AsOf, ItemCounts, ReconciliationFigures } from '../../domain/reconciliation/figures.ts';
import type { ReconciliationRules } from '../../domain/reconciliation/book-schema.ts';
import type { Audit } from '../audit/append.ts';
import type { Policies } from '../authorizations/policies.ts';
import type { Db, Trx } from '../database/tables.ts';
import { actorOf, systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import type { Vault, VaultRecord } from '../vault/vault.ts';
import { addRevision, itemRow } from '../work-items/items.ts';
import type { WorkItems } from '../work-items/items.ts';
import { booksOfClinic } from './books.ts';

export interface ReconciliationNeeds {
  readonly db: Db;
  readonly audit: Audit;
  readonly vault: Vault;
  readonly validator: Validator;
  readonly policies: Policies;
  readonly workItems: WorkItems;
  readonly rules: ReconciliationRules;
  readonly now: () => Date;
}

export interface Reconciliation extends Omit<ReconciliationFigures, 'disagreeing'> {
  /** Patients whose books disagree, by reference. */
  readonly disagreeing: readonly ({ readonly patient: string; readonly workItem: string | null } & Reconciled)[];
}

type Outcome = keyof ItemCounts;

/** Reconciles all patients of a clinic. Run again it changes nothing that has not changed. */
export async function reconcileClinic(
  needs: ReconciliationNeeds,
  clinic: string,
  by: Principal,
  progress: (done: number, total: number) => void = () => undefined,
): Promise<Reconciliation> {
  const { db, rules, now } = needs;
  const { date: today, zone } = await needs.policies.today(db, clinic, now());
  const { lookBackDays } = rules;
  const { books, sources, asOf, claimsUnmatched } = await booksOfClinic(needs, clinic, {
    zone,
    today,
    lookBackDays,
    by,
  });
  const items = { opened: 0, changed: 0, closed: 0, same: 0, accepted: 0 };
  const disagreeing: Reconciliation['disagreeing'][number][] = [];
  const refs = [...books.keys()].sort();
  for (const [place, patient] of refs.entries()) {
    const own = books.get(patient);
    if (own === undefined) continue;
    const reconciled = reconcileVisits(own, sources, rules);
    const kept = await keep(needs, clinic, patient, reconciled, asOf, by);
    if (kept.outcome !== null) items[kept.outcome] += 1;
    if (reconciled.disagreements.length > 0) disagreeing.push({ patient, workItem: kept.workItem, ...reconciled });
    if (place % 100 === 99 || place === refs.length - 1) progress(place + 1, refs.length);
  }
  const all = disagreeing.flatMap(({ disagreements }) => disagreements);
  const byCode = disagreementCodes.flatMap((code) => {
    const count = all.filter((one) => one.code === code).length;
    return count === 0 ? [] : [{ code, count }];
  });
  await needs.audit.record({
    clinic,
    actor: actorOf(by),
    action: 'visits.reconciled',
    subject: clinic,
    purpose: 'reconciliation',
    details: { patients: refs.length, disagreeing: disagreeing.length, opened: items.opened, closed: items.closed },
  });
  return {
    asOf,
    patients: refs.length,
    agree: refs.length - disagreeing.length,
    claimsUnmatched,
    byCode,
    items,
    disagreeing,
  };
}

/** The one item of a patient: opened, written anew where the books changed, closed where they agree. */
async function keep(
  needs: ReconciliationNeeds,
  clinic: string,
  patient: string,
  reconciled: Reconciled,
  asOf: AsOf,
  by: Principal,
): Promise<{ readonly outcome: Outcome | null; readonly workItem: string | null }> {
  const { disagreements } = reconciled;
  return needs.db.transaction().execute(async (trx) => {
    const known = await trx
      .selectFrom('visit_disagreements as d')
      .leftJoin('work_items as w', 'w.id', 'd.work_item')
      .select(['d.found', 'd.work_item', 'd.times', 'd.agreed_at', 'w.status'])
      .where('d.clinic', '=', clinic)
      .where('d.patient', '=', patient)
      .forUpdate('d')
      .executeTakeFirst();
    if (disagreements.length === 0) {
      if (known === undefined || known.agreed_at !== null) return { outcome: null, workItem: null };
      await close(needs, trx, clinic, patient, known.work_item);
      return { outcome: 'closed', workItem: known.work_item };
    }
    const isOpen = known?.agreed_at === null && known.status === 'open';
    if (isOpen && isSame(known.found, disagreements)) return { outcome: 'same', workItem: known.work_item };
    const accepted = new Set(
      known?.agreed_at === null && known.status === 'decided' ? known.found.map(disagreementKey) : [],
    );
    if (known !== undefined && disagreements.every((one) => accepted.has(disagreementKey(one))))
      return { outcome: 'accepted', workItem: known.work_item };
    const draft = draftOf(reconciled, asOf);
    const reason = disagreementsInWords(disagreements);
    if (isOpen && known.work_item !== null) {
      await rewrite(needs, trx, clinic, known.work_item, reason, draft, by);
      await remember(needs, trx, clinic, patient, disagreements, known.work_item, known.times);
      return { outcome: 'changed', workItem: known.work_item };
    }
    const times = (known?.times ?? 0) + 1;
    const { workItem } = await needs.workItems.open(
      {
        clinic,
        key: `visits.disagree/${patient}/${times}`,
        kind: 'visits.disagree',
        subject: patient,
        workflow: null,
        dueAt: null,
        context: { codes: [...new Set(disagreements.map(({ code }) => code))] },
        reason,
        draft,
      },
      systemPrincipal('reconciliation', by),
      trx,
    );
    await remember(needs, trx, clinic, patient, disagreements, workItem, times);
    return { outcome: 'opened', workItem };
  });
}

function isSame(before: readonly Disagreement[], now: readonly Disagreement[]): boolean {
  const keys = new Set(before.map(disagreementKey));
  return before.length === now.length && now.every((one) => keys.has(disagreementKey(one)));
}

async function remember(
  { now }: ReconciliationNeeds,
  trx: Trx,
  clinic: string,
  patient: string,
  disagreements: readonly Disagreement[],
  workItem: string,
  times: number,
): Promise<void> {
  const row = { found: JSON.stringify(disagreements), work_item: workItem, times, at: now(), agreed_at: null };
  await trx
    .insertInto('visit_disagreements')
    .values({ clinic, patient, ...row })
    .onConflict((conflict) => conflict.columns(['clinic', 'patient']).doUpdateSet(row))
    .execute();
}

async function close(
  { now }: ReconciliationNeeds,
  trx: Trx,
  clinic: string,
  patient: string,
  workItem: string | null,
): Promise<void> {
  const at = now();
  await trx
    .updateTable('visit_disagreements')
    .set({ agreed_at: at, at })
    .where('clinic', '=', clinic)
    .where('patient', '=', patient)
    .execute();
  if (workItem === null) return;
  await trx
    .updateTable('work_items')
    .set({ status: 'closed', closed_at: at, close_reason: 'booksAgree' })
    .where('id', '=', workItem)
    .where('status', '=', 'open')
    .execute();
}

/** A new revision by Gait: whoever decides on the older one is told that it changed. */
async function rewrite(
  needs: ReconciliationNeeds,
  trx: Trx,
  clinic: string,
  workItem: string,
  reason: string,
  draft: VaultRecord,
  by: Principal,
): Promise<void> {
  await itemRow(trx, clinic, workItem, true);
  const last = await trx
    .selectFrom('work_item_revisions')
    .select('number')
    .where('work_item', '=', workItem)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  const actor = systemPrincipal('reconciliation', by);
  await addRevision(needs, trx, { clinic, workItem, number: last.number + 1, draft, by: actor });
  await trx.updateTable('work_items').set({ reason }).where('id', '=', workItem).execute();
}

/** What a person sees: the days with what is missing, and what each source counts with its as-of time. */
function draftOf({ disagreements, counts }: Reconciled, asOf: AsOf): VaultRecord {
  const line = (what: string, count: number | null, heard: string | null): string =>
    `${what}: ${count === null ? 'unknown' : count}${heard === null ? '' : `, as of ${heard}`}`;
  const { authorization } = counts;
  return {
    days: disagreements.map(disagreementInWords),
    counts: [
      line('Visits made, by the schedule', counts.visits, asOf.schedule),
      line('Days with a note', counts.noteDays, asOf.notes),
      line('Days with a charge or a claim', counts.chargedDays, asOf.charges),
      authorization === null
        ? line('Visits used, by the authorization', null, null)
        : `Visits used, by the authorization: ${authorization.told}, as of ${authorization.asOf}; by the schedule ${authorization.counted}`,
    ],
  };
}
