// API keys: made once, shown once, kept as a hash, scoped to a clinic and to capabilities.
import { createHash, timingSafeEqual } from 'node:crypto';
import { GaitError } from '../../domain/errors.ts';
import type { Audit } from '../audit/append.ts';
import { systemChain } from '../audit/entry.ts';
import type { Db } from '../database/tables.ts';
import type { Capability, KeyPrincipal, Principal } from '../http/principal.ts';
import { actorOf, capabilities as allCapabilities } from '../http/principal.ts';
import { Refusal } from '../http/refusals.ts';
import { newReference, randomText } from '../vault/reference.ts';

export interface NewKey {
  readonly name: string;
  /** Null: every clinic; for the worker only. */
  readonly clinic: string | null;
  readonly capabilities: readonly Capability[];
  readonly expiresAt: Date | null;
}

export interface KeySummary {
  readonly id: string;
  readonly name: string;
  readonly clinic: string | null;
  readonly capabilities: readonly string[];
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  readonly lastUsedAt: string | null;
}

export interface Keys {
  /** Makes a key; `secret` (`gait_<id>_<secret>`) is told this once and never again. */
  create(key: NewKey, by: Principal): Promise<{ readonly id: string; readonly secret: string }>;
  /** Ends a key at once; `clinic` null: one of no clinic. Throws `reference.unknown` where there is no such key. */
  revoke(clinic: string | null, id: string, by: Principal): Promise<void>;
  /** The keys of a clinic; null: those of no clinic. */
  list(clinic: string | null): Promise<KeySummary[]>;
  /** The key's principal. Throws `access.unauthenticated` or `access.expired`. */
  authenticate(token: string): Promise<KeyPrincipal>;
}

const form = /^gait_(key_[0-9A-Za-z]{22})_([0-9A-Za-z]{43})$/;

/** A secret has 43 base62 characters (256 bits) drawn at random: a plain hash of it cannot be reversed by guessing. */
const secretCharacters = 43;
const lastUsedEverySeconds = 60;

export function createKeys(needs: { readonly db: Db; readonly audit: Audit; readonly now: () => Date }): Keys {
  const { db, audit, now } = needs;
  return {
    async create(key, by) {
      if (key.clinic === null && key.capabilities.some((capability) => capability === 'flows')) {
        throw new GaitError('input.invalid', 'A key for flows belongs to one clinic.', { where: 'clinic' });
      }
      const id = newReference('key');
      const secret = randomText(secretCharacters);
      await db.transaction().execute(async (trx) => {
        await trx
          .insertInto('api_keys')
          .values({
            id,
            name: key.name,
            clinic: key.clinic,
            capabilities: [...key.capabilities],
            secret_hash: hashOf(secret),
            created_at: now(),
            expires_at: key.expiresAt,
            revoked_at: null,
            last_used_at: null,
          })
          .execute();
        await audit.append(trx, {
          clinic: key.clinic ?? systemChain,
          actor: actorOf(by),
          action: 'key.created',
          subject: id,
          details: { capabilities: [...key.capabilities], expiresAt: key.expiresAt?.toISOString() ?? null },
        });
      });
      return { id, secret: `gait_${id}_${secret}` };
    },

    async revoke(clinic, id, by) {
      await db.transaction().execute(async (trx) => {
        const row = await trx
          .updateTable('api_keys')
          .set({ revoked_at: now() })
          .where('id', '=', id)
          .where('clinic', 'is not distinct from', clinic)
          .where('revoked_at', 'is', null)
          .returning('clinic')
          .executeTakeFirst();
        if (row === undefined)
          throw new GaitError('reference.unknown', 'There is no such key, or it is revoked already.');
        const entry = { actor: actorOf(by), action: 'key.revoked', subject: id };
        await audit.append(trx, { ...entry, clinic: row.clinic ?? systemChain });
      });
    },

    async list(clinic) {
      const rows = await db
        .selectFrom('api_keys')
        .selectAll()
        .where('clinic', 'is not distinct from', clinic)
        .orderBy('created_at')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        name: row.name,
        clinic: row.clinic,
        capabilities: row.capabilities,
        createdAt: row.created_at.toISOString(),
        expiresAt: row.expires_at?.toISOString() ?? null,
        revokedAt: row.revoked_at?.toISOString() ?? null,
        lastUsedAt: row.last_used_at?.toISOString() ?? null,
      }));
    },

    async authenticate(token) {
      const [, id, secret] = form.exec(token) ?? [];
      if (id === undefined || secret === undefined) throw wrongKey(null, 'nobody');
      const row = await db.selectFrom('api_keys').selectAll().where('id', '=', id).executeTakeFirst();
      if (row === undefined) throw wrongKey(null, 'nobody');
      if (!timingSafeEqual(Buffer.from(row.secret_hash, 'hex'), Buffer.from(hashOf(secret), 'hex'))) {
        throw wrongKey(row.clinic, 'nobody', id);
      }
      const at = now();
      if (row.revoked_at !== null) {
        throw new Refusal('access.unauthenticated', 'This key was revoked.', { clinic: row.clinic, actor: id });
      }
      if (row.expires_at !== null && row.expires_at <= at) {
        throw new Refusal('access.expired', 'This key has expired.', {
          clinic: row.clinic,
          actor: id,
          fix: 'Ask an admin for a new key.',
        });
      }
      if (row.last_used_at === null || at.getTime() - row.last_used_at.getTime() > lastUsedEverySeconds * 1000) {
        await db.updateTable('api_keys').set({ last_used_at: at }).where('id', '=', id).execute();
      }
      return {
        kind: 'key',
        id,
        name: row.name,
        clinic: row.clinic,
        capabilities: allCapabilities.filter((capability) => row.capabilities.includes(capability)),
        expiresAt: row.expires_at,
      };
    },
  };
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** One answer for every wrong key: it does not tell whether the id exists. */
function wrongKey(clinic: string | null, actor: string, subject?: string): Refusal {
  return new Refusal('access.unauthenticated', 'This API key is not valid.', {
    clinic,
    actor,
    ...(subject === undefined ? {} : { subject }),
    fix: 'Check the key in the credential, or ask an admin for a new one.',
  });
}
