// The codec endpoint of Temporal's user interface and command line: opens payloads for who may see every clinic, an audit entry each time.
import { GaitError } from '../../domain/errors.ts';
import { EncryptingCodec, PayloadRefused } from '../../payload-codec/codec.ts';
import { readCodecKeys } from '../../payload-codec/keys.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Db } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import { Refusal } from '../http/refusals.ts';
import type { Services } from '../services.ts';

const access = { kind: 'keyOrSession', capability: 'admin', roles: ['admin'] } as const;

/** Temporal's own limit for one payload is 2 MB; a history page holds many. */
const bodyBytes = 16 * 1_048_576;

const body = {
  type: 'object',
  required: ['payloads'],
  properties: {
    clinic: { type: 'string' },
    payloads: {
      type: 'array',
      maxItems: 5000,
      items: {
        type: 'object',
        properties: {
          metadata: { type: 'object', additionalProperties: { type: 'string' } },
          data: { type: 'string' },
        },
      },
    },
  },
} as const;

/** Payload as protobuf's JSON has it: bytes in base64. */
interface WirePayload {
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly data?: string | undefined;
}

/**
 * `/codec/decode` and `/codec/encode`. A payload does not say whose it is, so a clinic's own admin opens payloads only where that
 * clinic is the only one; where several are served it takes a key of all clinics.
 */
export function codecEndpoints({ config, audit, db }: Services): Endpoint[] {
  const codec = new EncryptingCodec(readCodecKeys(config.keyringFile));
  return (['decode', 'encode'] as const).map((direction) =>
    endpoint({
      method: 'POST',
      path: `/codec/${direction}`,
      access,
      body,
      bodyBytes,
      installation: true,
      crossOrigin: true,
      async handle({ body: { payloads }, clinic, principal }) {
        if (principal.clinic !== null && (await hasNeighbours(db, principal.clinic))) {
          throw new Refusal('access.forbidden', 'Payloads of several clinics open for a key of all clinics only.', {
            clinic,
            actor: actorOf(principal),
            fix: 'Use an admin key that is not bound to a clinic.',
          });
        }
        await audit.record({
          clinic,
          actor: actorOf(principal),
          action: direction === 'decode' ? 'payload.decoded' : 'payload.encoded',
          purpose: 'operations',
          details: { count: payloads.length },
        });
        try {
          const result = await codec[direction](payloads.map(fromWire));
          return { payloads: result.map(toWire) };
        } catch (error) {
          if (error instanceof PayloadRefused)
            throw new GaitError('input.invalid', error.message, { where: 'body.payloads' });
          throw error;
        }
      },
    }),
  );
}

async function hasNeighbours(db: Db, clinic: string): Promise<boolean> {
  return (
    (await db.selectFrom('clinics').select('id').where('id', '<>', clinic).limit(1).executeTakeFirst()) !== undefined
  );
}

function fromWire(payload: WirePayload): { metadata: Record<string, Uint8Array>; data: Uint8Array } {
  const metadata = Object.entries(payload.metadata ?? {}).map(
    ([name, text]) => [name, Buffer.from(text, 'base64')] as const,
  );
  return { metadata: Object.fromEntries(metadata), data: Buffer.from(payload.data ?? '', 'base64') };
}

function toWire(payload: { metadata?: Record<string, Uint8Array> | null; data?: Uint8Array | null }): WirePayload {
  const metadata = Object.entries(payload.metadata ?? {}).map(
    ([name, bytes]) => [name, Buffer.from(bytes).toString('base64')] as const,
  );
  return { metadata: Object.fromEntries(metadata), data: Buffer.from(payload.data ?? []).toString('base64') };
}
