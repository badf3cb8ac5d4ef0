// What a person's decision on a coverage check brings about: asked again, or completed with what the payer said on the phone.
import type { Selectable } from 'kysely';
import { completeByCall } from '../../domain/eligibility/call-script.ts';
import { calledOutcomeSchema } from '../../domain/work-item/schema.ts';
import type { CalledOutcome } from '../../domain/work-item/schema.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Audit } from '../audit/append.ts';
import type { Policies } from '../authorizations/policies.ts';
import type { Trx } from '../database/tables.ts';
import type { Validator } from '../http/validation.ts';
import { newReference } from '../vault/reference.ts';
import type { Vault } from '../vault/vault.ts';
import type { WorkItemRow } from '../work-items/items.ts';
import type { WorkItemTables } from '../work-items/tables.ts';
import { hoursToAsk } from './batches.ts';
import { checkRow } from './evidence.ts';
import { assertSummary } from './last.ts';
import { structureOfSummary } from './structure.ts';

interface Needs {
  readonly audit: Audit;
  readonly policies: Policies;
  readonly validator: Validator;
  readonly vault: Vault;
  readonly now: () => Date;
}

type DecisionRow = Selectable<WorkItemTables['work_item_decisions']>;

/** In the transaction that settles the decision; what follows is drawn up as a batch, which Temporal takes over soon. */
export async function settleCheckItem(needs: Needs, trx: Trx, item: WorkItemRow, row: DecisionRow): Promise<void> {
  if (item.kind !== 'eligibility.call' && item.kind !== 'eligibility.correct') return;
  if (row.decision === 'checkAgain') await checkAgain(needs, trx, item, row);
  if (row.decision === 'called') await keepCall(needs, trx, item, row);
}

async function batchOf(
  needs: Needs,
  trx: Trx,
  item: WorkItemRow,
  row: DecisionRow,
  of: { kind: 'asked' | 'called'; patients: string[] | null },
): Promise<string> {
  const id = newReference('bat');
  const at = needs.now();
  const { date } = await needs.policies.today(trx, item.clinic, at);
  await trx
    .insertInto('eligibility_batches')
    .values({
      id,
      clinic: item.clinic,
      key: `${of.kind}/${row.id}`,
      kind: of.kind,
      patients: of.patients,
      day: date,
      until: new Date(at.getTime() + hoursToAsk[of.kind] * 3_600_000),
      started_by: row.by_user,
      created_at: at,
      planned_at: of.patients === null ? at : null,
    })
    .execute();
  return id;
}

async function checkAgain(needs: Needs, trx: Trx, item: WorkItemRow, row: DecisionRow): Promise<void> {
  const check = await checkRow(trx, item.clinic, item.subject);
  await batchOf(needs, trx, item, row, { kind: 'asked', patients: [check.patient] });
}

/** The call is a check of its own, so that the electronic answer stays what it was and the two can be compared. */
async function keepCall(needs: Needs, trx: Trx, item: WorkItemRow, row: DecisionRow): Promise<void> {
  const { vault, validator } = needs;
  const { clinic } = item;
  const check = await checkRow(trx, clinic, item.subject);
  const outcome = row.outcome ?? {};
  const refs: unknown = outcome['refs'];
  const record: unknown = Array.isArray(refs) ? refs[0] : null;
  if (typeof record !== 'string') throw new GaitError('internal.bug', 'A call was decided without what was said.');
  const actor = { kind: 'system', process: 'eligibility', behalf: row.by_user } as const;
  const kept = await trx
    .selectFrom('eligibility_summaries')
    .select(['ref', 'position'])
    .where('clinic', '=', clinic)
    .where('check_ref', '=', check.ref)
    .orderBy('position')
    .execute();
  const opened = await vault.openMany(clinic, [record, ...kept.map(({ ref }) => ref)], {
    purpose: 'eligibility.call',
    actor,
    trx,
  });
  const said: unknown = opened.get(record);
  assertCalled(validator, said);
  const at = needs.now();
  const batch = await batchOf(needs, trx, item, row, { kind: 'called', patients: null });
  const called = newReference('chk');
  await trx
    .insertInto('eligibility_checks')
    .values({
      ref: called,
      clinic,
      batch,
      chunk: 0,
      patient: check.patient,
      coverage: check.coverage,
      payer: check.payer,
      service_date: check.service_date,
      service_types: check.service_types,
      reasons: ['called'],
      state: 'answered',
      answer: record,
      asked_at: row.at,
      settled_at: at,
    })
    .execute();
  for (const { ref, position } of kept) {
    const summary: unknown = opened.get(ref);
    assertSummary(validator, summary);
    const values = said.coverages.find((one) => one.coverage === position)?.answers ?? {};
    const completed = completeByCall(summary, values, {
      by: row.by_user,
      at: row.at.toISOString(),
      reference: said.reference,
    });
    const newer = await vault.put(clinic, 'benefitSummary', { ...completed }, { prefix: 'ben', trx });
    await trx
      .insertInto('eligibility_summaries')
      .values({
        ref: newer,
        clinic,
        check_ref: called,
        position,
        structure: JSON.stringify(structureOfSummary(completed)),
        at,
      })
      .execute();
  }
  await needs.audit.append(trx, {
    clinic,
    actor: row.by_user,
    action: 'eligibility.called',
    subject: called,
    purpose: 'eligibility.call',
    details: { check: check.ref, summaries: kept.length },
  });
}

function assertCalled(validator: Validator, value: unknown): asserts value is CalledOutcome {
  validator.check(calledOutcomeSchema, value, 'outcome');
}
