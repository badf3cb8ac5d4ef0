// Leave to ask a language model: what a permit asks of any vendor, with the answer in the audit before a byte leaves.
import { readLanguageModelConfig } from '../../connectors/language-model/config.ts';
import type { ConnectorContext } from '../../connectors/connector.ts';
import { blockingRules, decidePermit } from '../../domain/effect/permit.ts';
import type { Agreement } from '../../domain/effect/permit.ts';
import { GaitError } from '../../domain/errors.ts';
import type { PhiLabel } from '../../domain/phi/labels.ts';
import type { Structure } from '../audit/entry.ts';
import type { Policies } from '../authorizations/policies.ts';
import { connectionNamed } from '../connections/named.ts';
import type { Trx } from '../database/tables.ts';
import { actorOf, systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import type { Vendor } from '../operations/vendor.ts';
import type { Services } from '../services.ts';

type Structures = Readonly<Record<string, Structure>>;

export interface ModelNeeds extends Pick<Services, 'db' | 'now' | 'audit'> {
  readonly policies: Policies;
  readonly vendor: Vendor;
}

export interface ModelAsk {
  readonly clinic: string;
  /** By id or name, as the clinic set it. */
  readonly connection: string;
  readonly operation: string;
  /** What the model would learn. */
  readonly holds: readonly PhiLabel[];
  /** What the audit says of it: a reference, counts, never words. */
  readonly subject: string;
  readonly details: Structures;
  readonly by?: Principal;
}

/** The clinic's own network needs no agreement with anybody. */
const ownNetwork: Agreement = { effective: '0001-01-01', expires: null, scope: ['any'] };
const seconds = 120;

/**
 * Opens the connection for one call if there is leave for it, and writes down that it is called.
 * Throws `connection.unknown`, `input.invalid` for wrong settings, `state.conflict` where the permit is refused.
 */
export async function leaveToAsk(needs: ModelNeeds, ask: ModelAsk): Promise<ConnectorContext> {
  const { clinic } = ask;
  const connection = await connectionNamed(needs.db, clinic, ask.connection);
  const actor = systemPrincipal('languageModel', ask.by);
  const context = await needs.vendor.open({
    clinic,
    connection,
    system: 'languageModel',
    purpose: ask.operation,
    by: actor,
    timeoutSeconds: seconds,
  });
  const isOwn = readLanguageModelConfig(context.config).place === 'selfHosted';
  const rule = await needs.db.transaction().execute(async (trx) => {
    const found = await ruleAgainst(needs, trx, { clinic, connection, isOwn, holds: ask.holds });
    await needs.audit.append(trx, {
      clinic,
      actor: actorOf(actor),
      action: found === null ? 'model.asked' : 'model.blocked',
      subject: ask.subject,
      details: { ...ask.details, operation: ask.operation, connection, ...(found === null ? {} : { rule: found }) },
    });
    return found;
  });
  if (rule === null) return context;
  const told = rule === 'connection.shadow' ? 'The connection is in shadow: nothing leaves.' : blockingRules[rule];
  throw new GaitError('state.conflict', told, { where: 'connection' });
}

/** Why nothing may leave now; null: it may. */
async function ruleAgainst(
  { policies, now }: ModelNeeds,
  trx: Trx,
  of: { clinic: string; connection: string; isOwn: boolean; holds: readonly PhiLabel[] },
): Promise<keyof typeof blockingRules | 'connection.shadow' | null> {
  const { clinic, connection } = of;
  const row = await trx
    .selectFrom('connections as c')
    .leftJoin('connection_pauses as p', 'p.connection', 'c.id')
    .leftJoin('clinic_holds as h', 'h.clinic', 'c.clinic')
    .select(['c.mode', 'c.agreement', 'p.connection as paused', 'h.since'])
    .where('c.clinic', '=', clinic)
    .where('c.id', '=', connection)
    .executeTakeFirstOrThrow();
  const { date } = await policies.today(trx, clinic, now());
  const decision = decidePermit(
    null,
    {
      mode: row.mode === 'live' ? 'live' : 'shadow',
      paused: row.paused !== null,
      agreement: of.isOwn ? ownNetwork : row.agreement,
      approval: null,
      keyMatches: true,
      otherAttempt: null,
      authorizationHeld: false,
      holds: of.holds,
      missing: [],
      restored: row.since !== null,
    },
    { instant: now().toISOString(), date },
  );
  if (decision.kind === 'send') return null;
  if (decision.kind === 'blocked') return decision.rule;
  return decision.kind === 'shadow' ? 'connection.shadow' : 'effect.held';
}
