// Runs data audits: asked for by a person, worked off in the background or at once, each compared with the one before.
import { auditData } from '../../domain/data-audit/audit.ts';
import type { AuditFigures } from '../../domain/data-audit/figures.ts';
import type { Finding } from '../../domain/data-audit/findings.ts';
import { GaitError } from '../../domain/errors.ts';
import { createLinker } from '../../domain/linkage/linker.ts';
import type { Audit } from '../audit/append.ts';
import type { Policies } from '../authorizations/policies.ts';
import type { Db } from '../database/tables.ts';
import { actorOf, systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import { askAboutPairs, keptApart } from '../patient-links/pairs.ts';
import type { Keyring } from '../vault/keyring.ts';
import { newReference } from '../vault/reference.ts';
import type { Vault } from '../vault/vault.ts';
import type { WorkItems } from '../work-items/items.ts';
import { contactFacts } from './contacts.ts';
import { keepFindings } from './findings.ts';
import { recordsOfClinic } from './records.ts';
import type { DataRules } from './rules.ts';

export interface DataAuditNeeds {
  readonly db: Db;
  readonly audit: Audit;
  readonly keyring: Keyring;
  readonly vault: Vault;
  readonly validator: Validator;
  readonly policies: Policies;
  readonly workItems: WorkItems;
  readonly rules: DataRules;
  readonly now: () => Date;
}

export type Progress = (done: number, total: number) => void;

export interface DataAudits {
  /** Asks for an audit; gives the one under way where there is one. */
  ask(clinic: string, by: Principal): Promise<{ readonly audit: string; readonly created: boolean }>;
  /** Works off the oldest audit that waits, or that somebody left unfinished. Returns false where there is none. */
  runWaiting(signal?: AbortSignal): Promise<boolean>;
  /** Asks for an audit and works it off here. Throws `state.conflict` where another process is at it. */
  run(clinic: string, by: Principal, progress?: Progress): Promise<string>;
}

/** Whoever does not report for so long has crashed: another takes the audit up from its beginning. */
const leaseSeconds = 120;
/** So many pairs are laid before people at a time; the others stay findings until the next audit. */
const mostPairs = 500;

export function createDataAudits(needs: DataAuditNeeds): DataAudits {
  const { db, audit, now, rules } = needs;
  const linker = createLinker(rules.linkage);

  const lease = (): Date => new Date(now().getTime() + leaseSeconds * 1_000);

  const take = (only?: string) =>
    db.transaction().execute(async (trx) => {
      const at = now();
      let query = trx
        .selectFrom('data_audits')
        .select(['id', 'clinic'])
        .where((where) =>
          where.or([
            where('state', '=', 'asked'),
            where.and([where('state', '=', 'running'), where('running_until', '<', at)]),
          ]),
        );
      if (only !== undefined) query = query.where('id', '=', only);
      const row = await query.orderBy('asked_at').limit(1).forNoKeyUpdate().skipLocked().executeTakeFirst();
      if (row === undefined) return null;
      await trx
        .updateTable('data_audits')
        .set({ state: 'running', running_until: lease() })
        .where('id', '=', row.id)
        .execute();
      return row;
    });

  const work = async (id: string, clinic: string, progress: Progress, signal?: AbortSignal): Promise<void> => {
    const by = systemPrincipal('dataAudit');
    const told = async (done: number, total: number): Promise<void> => {
      signal?.throwIfAborted();
      progress(done, total);
      await db.updateTable('data_audits').set({ done, total, running_until: lease() }).where('id', '=', id).execute();
    };
    const { records, sides, unreadable } = await recordsOfClinic(needs, clinic, by, told);
    const { date: today } = await needs.policies.today(db, clinic, now());
    const areApart = await keptApart(needs, clinic, sides);
    const { linkage, requirements } = rules;
    const held = new Map([...sides].map(([ref, { person }]) => [ref, person]));
    const placeholders = linkage.placeholders;
    const contactOf = new Map([...held].map(([ref, { contact }]) => [ref, contact]));
    const contacts = await contactFacts(needs, clinic, contactOf, { by, today });
    const found = auditData(records, { linker, placeholders, requirements, today, held, areApart, contacts });
    const items = await askAboutPairs(needs, clinic, found.proposals.slice(0, mostPairs), sides, by);
    const itemOf = ({ subject, other }: Finding): string | null =>
      subject === null || other === null ? null : (items.get([subject, other].sort().join(' ')) ?? null);
    await db.transaction().execute(async (trx) => {
      const before = await trx
        .selectFrom('data_audits')
        .select('id')
        .where('clinic', '=', clinic)
        .where('state', '=', 'done')
        .limit(1)
        .executeTakeFirst();
      const since = await keepFindings(trx, clinic, id, found.findings, itemOf);
      const figures: AuditFigures = { ...found.figures, unreadable, since: before === undefined ? null : since };
      await trx
        .updateTable('data_audits')
        .set({ state: 'done', finished_at: now(), running_until: null, figures: JSON.stringify(figures) })
        .where('id', '=', id)
        .execute();
      const { error, warning, note } = figures.bySeverity;
      await audit.append(trx, {
        clinic,
        actor: actorOf(by),
        action: 'dataAudit.done',
        subject: id,
        purpose: 'dataAudit',
        details: { records: records.length, errors: error, warnings: warning, notes: note, pairs: items.size },
      });
    });
  };

  /** A failed audit is told as one; what stopped with the server is taken up again. */
  const finish = async (
    { id, clinic }: { readonly id: string; readonly clinic: string },
    progress: Progress,
    signal?: AbortSignal,
  ): Promise<void> => {
    try {
      await work(id, clinic, progress, signal);
    } catch (error) {
      if (signal?.aborted === true) {
        await db.updateTable('data_audits').set({ state: 'asked', running_until: null }).where('id', '=', id).execute();
        return;
      }
      const failure = error instanceof GaitError ? error.code : 'internal.bug';
      await db
        .updateTable('data_audits')
        .set({ state: 'failed', finished_at: now(), running_until: null, failure })
        .where('id', '=', id)
        .execute();
      throw error;
    }
  };

  const ask = (clinic: string, by: Principal): Promise<{ readonly audit: string; readonly created: boolean }> =>
    db.transaction().execute(async (trx) => {
      const id = newReference('rec');
      const inserted = await trx
        .insertInto('data_audits')
        .values({ id, clinic, state: 'asked', started_by: actorOf(by), asked_at: now(), figures: null })
        .onConflict((conflict) => conflict.column('clinic').where('state', 'in', ['asked', 'running']).doNothing())
        .executeTakeFirst();
      if (inserted.numInsertedOrUpdatedRows === 0n) {
        const { id: under } = await trx
          .selectFrom('data_audits')
          .select('id')
          .where('clinic', '=', clinic)
          .where('state', 'in', ['asked', 'running'])
          .executeTakeFirstOrThrow();
        return { audit: under, created: false };
      }
      await audit.append(trx, {
        clinic,
        actor: actorOf(by),
        action: 'dataAudit.asked',
        subject: id,
        purpose: 'dataAudit',
      });
      return { audit: id, created: true };
    });

  return {
    ask,
    async runWaiting(signal) {
      const taken = await take();
      if (taken === null) return false;
      await finish(taken, () => undefined, signal);
      return true;
    },
    async run(clinic, by, progress = () => undefined) {
      const { audit: id } = await ask(clinic, by);
      const taken = await take(id);
      if (taken === null)
        throw new GaitError('state.conflict', 'An audit of this clinic is under way.', {
          fix: 'Wait until it has ended; the page Data audit shows how far it is.',
        });
      await finish(taken, progress);
      return id;
    },
  };
}
