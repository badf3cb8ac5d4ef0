// Hands an effect whose fate no inquiry can tell to a person, and takes that person's word.
import { settle } from '../../domain/effect/permit.ts';
import type { EffectOutcome } from '../../domain/effect/permit.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Audit } from '../audit/append.ts';
import type { Trx } from '../database/tables.ts';
import { actorOf, systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import { askWhetherItArrived } from '../note-filing/by-hand.ts';
import { filingRow } from '../note-filing/needs.ts';
import type { FilingNeeds } from '../note-filing/needs.ts';
import type { EffectIdentity } from './store.ts';
import { identityOf, lockKey, permitOf, writePermit } from './store.ts';

/** Opens the work item by which a person settles doubt; one per effect at a time, however often it is asked for. */
export interface DoubtOpener {
  open(trx: Trx, effect: EffectIdentity, about: string): Promise<void>;
}

/** Opens the item with the context a workflow's own item would have, so that the two are one. */
export function doubtOpener(
  needs: Pick<FilingNeeds, 'workItems' | 'vault' | 'validator' | 'attestations'>,
): DoubtOpener {
  const { workItems, vault } = needs;
  return {
    async open(trx, effect, about) {
      // Sent again after a person's word, or held again by a restore, an effect may fall into doubt a second time.
      const { asked } = await trx
        .selectFrom('work_items')
        .select((count) => count.fn.countAll<number>().as('asked'))
        .where('clinic', '=', effect.clinic)
        .where('effect_key', '=', effect.key)
        .where('status', '<>', 'open')
        .executeTakeFirstOrThrow();
      const question = {
        clinic: effect.clinic,
        key: `effect/${effect.key}/${asked + 1}`,
        subject: about,
        workflow: null,
        dueAt: null,
        effectKey: effect.key,
      } as const;
      const [what, , second = '', third = '', last = ''] = effect.key.split('/');
      // The message's own course brings it to the call list: a person asks the patient, not the vendor.
      if (what === 'message.send') return;
      if (what === 'note.file') {
        const filing = await filingRow(trx, effect.clinic, { note: about, version: Number(second) });
        await askWhetherItArrived(needs, trx, filing, effect, question.key);
        return;
      }
      if (what === 'claim.submit') {
        const actor = systemPrincipal('effects');
        await workItems.open(
          {
            ...question,
            kind: 'claim.uncertain',
            context: { frequency: second, attempt: Number(third), approval: effect.approval },
            reason: 'Whether the claim reached the payer is unknown; do not send it again',
            draft: await vault.open(effect.clinic, effect.request, { purpose: 'claim.uncertain', actor, trx }),
          },
          actor,
          trx,
        );
        return;
      }
      await workItems.open(
        {
          ...question,
          kind: 'authorization.uncertain',
          context: {
            period: Number(second),
            requestKind: third,
            attempt: Number(last),
            approval: effect.approval,
          },
        },
        systemPrincipal('effects'),
        trx,
      );
    },
  };
}

/**
 * A named person says what became of an effect. Does nothing where it is settled meanwhile.
 * @param confirmation vault reference of the confirmation the person got, for `wasSent`
 */
export async function settleByPerson(
  needs: { readonly audit: Audit; readonly now: () => Date },
  trx: Trx,
  of: { clinic: string; key: string; word: 'wasSent' | 'wasNotSent'; confirmation: string | null; by: Principal },
): Promise<void> {
  const row = await lockKey(trx, of.clinic, of.key);
  if (row === null) throw new GaitError('reference.unknown', 'There is no such effect.', { where: 'effect' });
  const outcome: EffectOutcome = {
    outcome: 'accepted',
    structure: {},
    refs: of.confirmation === null ? [] : [of.confirmation],
  };
  const event = of.word === 'wasSent' ? ({ kind: 'wasSent', outcome } as const) : ({ kind: 'wasNotSent' } as const);
  const settled = settle(permitOf(row), event, needs.now().toISOString());
  if (!settled.ok) return;
  await writePermit(trx, identityOf(row), settled.permit, needs.now());
  await needs.audit.append(trx, {
    clinic: of.clinic,
    actor: actorOf(of.by),
    action: `effect.${of.word}`,
    subject: of.key,
    purpose: row.operation,
    details: { connection: row.connection },
  });
}
