// Which flow of a clinic answers which step: one live flow each, and test listeners that no workflow is ever sent to.
import { randomUUID } from 'node:crypto';
import { GaitError } from '../../domain/errors.ts';
import type { StepName } from '../../domain/step/call.ts';
import type { Audit } from '../audit/append.ts';
import type { Db } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';

/** A listener as the trigger node knows itself. */
export interface Listener {
  readonly step: StepName;
  readonly flow: { readonly id: string; readonly name: string };
  readonly url: string;
  readonly test: boolean;
}

export interface Flows {
  /** Throws `state.conflict`, naming the flow, where another live flow answers the step. */
  register(clinic: string, listener: Listener, by: Principal): Promise<string>;
  find(clinic: string, listener: Listener): Promise<boolean>;
  remove(
    clinic: string,
    listener: { step: StepName; flow: { id: string }; test: boolean },
    by: Principal,
  ): Promise<void>;
  /** The live flow of a step, or null. */
  live(clinic: string, step: StepName): Promise<{ flow: string; url: string } | null>;
}

export function createFlows(needs: { readonly db: Db; readonly audit: Audit; readonly now: () => Date }): Flows {
  const { db, audit, now } = needs;
  return {
    register: (clinic, listener, by) =>
      db.transaction().execute(async (trx) => {
        assertUrl(listener.url);
        const { step, flow, test, url } = listener;
        const standing = trx
          .selectFrom('step_flows')
          .selectAll()
          .where('clinic', '=', clinic)
          .where('step', '=', step)
          .where('test', '=', test)
          .where('removed_at', 'is', null);
        const known = await (test ? standing.where('flow', '=', flow.id) : standing)
          .forNoKeyUpdate()
          .executeTakeFirst();
        if (known !== undefined && known.flow !== flow.id) {
          throw new GaitError('state.conflict', `The flow "${known.flow_name}" answers this step already.`, {
            where: 'step',
            fix: 'Unpublish that flow first.',
          });
        }
        if (known !== undefined) {
          await trx
            .updateTable('step_flows')
            .set({ url, flow_name: flow.name })
            .where('listener', '=', known.listener)
            .execute();
          return known.listener;
        }
        const id = randomUUID();
        const inserted = await trx
          .insertInto('step_flows')
          .values({ listener: id, clinic, step, flow: flow.id, flow_name: flow.name, url, test, registered_at: now() })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (inserted.numInsertedOrUpdatedRows === 0n) {
          throw new GaitError('state.conflict', 'Another flow was published for this step just now.', {
            where: 'step',
          });
        }
        await audit.append(trx, {
          clinic,
          actor: actorOf(by),
          action: test ? 'step.testRegistered' : 'step.registered',
          subject: step,
          flow: flow.id,
        });
        return id;
      }),
    async find(clinic, listener) {
      const row = await db
        .selectFrom('step_flows')
        .select('listener')
        .where('clinic', '=', clinic)
        .where('step', '=', listener.step)
        .where('flow', '=', listener.flow.id)
        .where('url', '=', listener.url)
        .where('test', '=', listener.test)
        .where('removed_at', 'is', null)
        .executeTakeFirst();
      return row !== undefined;
    },
    remove: (clinic, listener, by) =>
      db.transaction().execute(async (trx) => {
        const removed = await trx
          .updateTable('step_flows')
          .set({ removed_at: now() })
          .where('clinic', '=', clinic)
          .where('step', '=', listener.step)
          .where('flow', '=', listener.flow.id)
          .where('test', '=', listener.test)
          .where('removed_at', 'is', null)
          .executeTakeFirst();
        if (removed.numUpdatedRows === 0n) return;
        await audit.append(trx, {
          clinic,
          actor: actorOf(by),
          action: listener.test ? 'step.testRemoved' : 'step.removed',
          subject: listener.step,
          flow: listener.flow.id,
        });
      }),
    async live(clinic, step) {
      const row = await db
        .selectFrom('step_flows')
        .select(['flow', 'url'])
        .where('clinic', '=', clinic)
        .where('step', '=', step)
        .where('test', '=', false)
        .where('removed_at', 'is', null)
        .executeTakeFirst();
      return row ?? null;
    },
  };
}

export function assertUrl(url: string): void {
  const usable = URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol);
  if (!usable) throw new GaitError('input.invalid', 'The address of the flow is not a web address.', { where: 'url' });
}
