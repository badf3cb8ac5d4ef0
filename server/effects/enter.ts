// Telling a PT system about a patient where no program may write: the effect is a work item with values ready to copy.
import { createHash } from 'node:crypto';
import { ptSystemOf } from '../../connectors/pt-systems.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { enterKey } from '../../domain/effect/key.ts';
import { GaitError } from '../../domain/errors.ts';
import { fieldTitles, syncedFields } from '../../domain/sync/fields.ts';
import type { Audit } from '../audit/append.ts';
import { connectionNamed } from '../connections/named.ts';
import type { Db, Trx } from '../database/tables.ts';
import { actorOf, systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import { heldOf } from '../imports/held.ts';
import type { Vault } from '../vault/vault.ts';
import type { WorkItems } from '../work-items/items.ts';
import type { EffectAnswer } from './answer.ts';
import type { EffectAsk } from './operation.ts';

interface Needs {
  readonly db: Db;
  readonly audit: Audit;
  readonly now: () => Date;
  readonly vault: Vault;
  readonly validator: Validator;
  readonly workItems: WorkItems;
}

const hoursToEnter = 24;
const words = { create: 'Make this patient known there', update: 'Bring the patient up to date there' } as const;

/** Which of the two is asked for, where the operation is one of them and its system takes no writing by a program. */
export function enteredByHand(
  operation: string,
): { readonly system: string; readonly what: keyof typeof words } | null {
  const [, system = '', what = ''] = /^(\w+)\.patient\.(create|update)$/.exec(operation) ?? [];
  if (ptSystemOf(system) === undefined) return null;
  return what === 'create' || what === 'update' ? { system, what } : null;
}

/**
 * Opens the work item by which a person enters what holds of a patient, once for these values. Nothing leaves the clinic, so no
 * approval is asked for: the person who copies the values is the one who decides.
 */
export function enterByPerson(needs: Needs, clinic: string, ask: EffectAsk, by: Principal): Promise<EffectAnswer> {
  const asked = enteredByHand(ask.operation);
  if (asked === null) throw new GaitError('internal.bug', 'This is not entered by hand.', { where: 'operation' });
  return needs.db.transaction().execute(async (trx) => {
    const connection = await connectionOf(trx, clinic, ask, asked.system);
    const known = await trx
      .selectFrom('patients')
      .select('ref')
      .where('clinic', '=', clinic)
      .where('ref', '=', ask.subject)
      .executeTakeFirst();
    if (known === undefined)
      throw new GaitError('reference.unknown', 'This clinic has no such patient.', { where: 'subject' });
    const { values, coverage } = await heldOf(needs, trx, {
      clinic,
      patient: known.ref,
      by: systemPrincipal('effects', by),
    });
    const entries = syncedFields.flatMap((field) => {
      // Nobody outside knows Gait's name of a payer.
      const value = (field === 'payer' ? coverage?.payerName : values[field]) ?? values[field] ?? null;
      return value === null ? [] : [{ label: fieldTitles[field], value }];
    });
    const mark = createHash('sha256').update(canonicalJson(entries)).digest('hex').slice(0, 16);
    const key = enterKey({ patient: known.ref, connection: connection.id, what: asked.what, mark });
    const opened = await needs.workItems.open(
      {
        clinic,
        key,
        kind: 'record.enter',
        subject: known.ref,
        workflow: null,
        dueAt: new Date(needs.now().getTime() + hoursToEnter * 3_600_000).toISOString(),
        context: { connection: connection.id, what: asked.what },
        reason: `${connection.name}: ${words[asked.what].toLowerCase()}`,
        draft: { system: connection.name, values: entries },
      },
      by,
      trx,
    );
    await needs.audit.append(trx, {
      clinic,
      actor: actorOf(by),
      action: opened.created ? 'effect.done' : 'effect.duplicate',
      subject: known.ref,
      purpose: ask.operation,
      details: { connection: connection.id, workItem: opened.workItem },
    });
    return {
      key,
      state: opened.created ? 'done' : 'duplicate',
      outcome: 'workItem',
      structure: { workItem: opened.workItem },
      refs: [opened.workItem],
    };
  });
}

async function connectionOf(trx: Trx, clinic: string, ask: EffectAsk, system: string) {
  const id = await connectionNamed(trx, clinic, ask.connection);
  const row = await trx
    .selectFrom('connections')
    .select(['id', 'name', 'system'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  if (row.system !== system)
    throw new GaitError('input.invalid', `This operation needs a connection to ${system}.`, { where: 'connection' });
  return row;
}
