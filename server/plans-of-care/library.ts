// The protocols a clinic works by: those that ship, and its own versions in their place, which an upgrade leaves alone.
import type { JSONSchema } from 'json-schema-to-ts';
import { inForceOn } from '../../domain/dated-rows.ts';
import { GaitError } from '../../domain/errors.ts';
import { protocolSchema } from '../../domain/plan-of-care/protocol-schema.ts';
import type { Protocol } from '../../domain/plan-of-care/protocol-schema.ts';
import type { Db } from '../database/tables.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import type { PlanNeeds } from './needs.ts';

export interface LibraryRow {
  readonly protocol: Protocol;
  /** Whether the clinic changed it. */
  readonly isOwn: boolean;
  /** The shipped one of the condition; null: none ships. */
  readonly shipped: { readonly id: string; readonly version: number } | null;
  /** Whether another one ships by now than the clinic's was made of. */
  readonly hasNewShipped: boolean;
}

type Needs = Pick<PlanNeeds, 'db' | 'planRules' | 'policies' | 'now'>;

/** One row for each condition, as it stands on a day. */
export async function libraryOf(needs: Needs, clinic: string, day: string): Promise<readonly LibraryRow[]> {
  const own = await newestOwn(needs.db, clinic);
  const shipped = new Map<string, Protocol>();
  for (const protocol of inForceOn(needs.planRules.protocols, day)) {
    const known = shipped.get(protocol.condition);
    if (known === undefined || known.effectiveFrom < protocol.effectiveFrom) shipped.set(protocol.condition, protocol);
  }
  const conditions = [...new Set([...shipped.keys(), ...own.keys()])].sort();
  return conditions.flatMap((condition): LibraryRow[] => {
    const base = shipped.get(condition) ?? null;
    const mine = own.get(condition);
    const protocol = mine?.protocol ?? base;
    if (protocol === null) return [];
    return [
      {
        protocol,
        isOwn: mine !== undefined,
        shipped: base === null ? null : { id: base.id, version: base.version },
        hasNewShipped: mine !== undefined && base !== null && mine.madeOf !== baseOf(base),
      },
    ];
  });
}

/** The protocols of a clinic as plans are drafted from. */
export async function protocolsOf(needs: Needs, clinic: string, day: string): Promise<readonly Protocol[]> {
  return (await libraryOf(needs, clinic, day)).map(({ protocol }) => protocol);
}

/** One of them, with the one that ships beside it and the versions the clinic made. Throws `reference.unknown`. */
export async function protocolView(needs: Needs, clinic: string, condition: string) {
  const { date } = await needs.policies.today(needs.db, clinic, needs.now());
  const row = (await libraryOf(needs, clinic, date)).find(({ protocol }) => protocol.condition === condition);
  if (row === undefined) throw unknownCondition();
  const versions = await needs.db
    .selectFrom('clinic_protocols as c')
    .innerJoin('users as u', 'u.id', 'c.by_user')
    .select(['c.version', 'c.made_of as madeOf', 'c.at', 'u.display_name as by'])
    .where('c.clinic', '=', clinic)
    .where('c.condition', '=', condition)
    .orderBy('c.version', 'desc')
    .execute();
  const base = needs.planRules.protocols.find(({ id }) => id === row.shipped?.id) ?? null;
  return { ...row, base, versions: versions.map((one) => ({ ...one, at: one.at.toISOString() })) };
}

/**
 * Keeps a clinic's own version, one above the one it was made of.
 * Throws `reference.unknown`, `input.invalid` naming the field, `state.conflict` where another version stands.
 */
export async function changeProtocol(
  needs: Pick<PlanNeeds, 'db' | 'planRules' | 'policies' | 'now' | 'audit' | 'validator'>,
  clinic: string,
  condition: string,
  change: { readonly version: number; readonly protocol: unknown },
  by: SessionPrincipal,
): Promise<{ readonly condition: string; readonly version: number }> {
  assertProtocol(needs.validator, change.protocol);
  const sent = change.protocol;
  const { date } = await needs.policies.today(needs.db, clinic, needs.now());
  return needs.db.transaction().execute(async (trx) => {
    await trx.selectFrom('clinics').select('id').where('id', '=', clinic).forNoKeyUpdate().execute();
    const row = (await libraryOf({ ...needs, db: trx }, clinic, date)).find(
      ({ protocol }) => protocol.condition === condition,
    );
    if (row === undefined) throw unknownCondition();
    if (row.protocol.version !== change.version)
      throw new GaitError('state.conflict', 'Somebody changed this protocol meanwhile.', {
        where: 'version',
        fix: 'Look at the newest version, then change it again.',
      });
    const base = needs.planRules.protocols.find(({ id }) => id === row.shipped?.id);
    const version = change.version + 1;
    // Where it comes from and since when it holds stays as it was: the clinic's change is a version of it.
    const { id, effectiveFrom, effectiveTo, source, url } = row.protocol;
    const protocol = { ...sent, id, condition, version, effectiveFrom, effectiveTo, source, url };
    await trx
      .insertInto('clinic_protocols')
      .values({
        clinic,
        condition,
        version,
        protocol: JSON.stringify(protocol),
        made_of: base === undefined ? id : baseOf(base),
        by_user: by.user,
        at: needs.now(),
      })
      .execute();
    const details = { condition, version };
    await needs.audit.append(trx, { clinic, actor: by.user, action: 'protocol.changed', subject: clinic, details });
    return { condition, version };
  });
}

function baseOf({ id, version }: Protocol): string {
  return `${id}@${version}`;
}

async function newestOwn(db: Db, clinic: string) {
  const rows = await db
    .selectFrom('clinic_protocols')
    .select(['condition', 'protocol', 'made_of'])
    .distinctOn('condition')
    .where('clinic', '=', clinic)
    .orderBy('condition')
    .orderBy('version', 'desc')
    .execute();
  return new Map(rows.map(({ condition, protocol, made_of }) => [condition, { protocol, madeOf: made_of }]));
}

function assertProtocol(validator: Validator, value: unknown): asserts value is Protocol {
  const schema: JSONSchema = protocolSchema;
  validator.check(schema, value, 'protocol');
}

function unknownCondition(): GaitError {
  return new GaitError('reference.unknown', 'The library has no protocol for this condition.', { where: 'condition' });
}
