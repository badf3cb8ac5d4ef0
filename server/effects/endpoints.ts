// Effects over HTTP: one or many, each with its own outcome, and the administrator's holds and pauses.
import { GaitError } from '../../domain/errors.ts';
import type { Audit } from '../audit/append.ts';
import type { Connections } from '../connections/connections.ts';
import type { Db } from '../database/tables.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import type { Principal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import type { FilingNeeds } from '../note-filing/needs.ts';
import type { Vault } from '../vault/vault.ts';
import type { WorkItems } from '../work-items/items.ts';
import type { EffectAnswer } from './answer.ts';
import type { Effects } from './effects.ts';
import { enterByPerson, enteredByHand } from './enter.ts';
import { isWrittenOverFhir, sendPatient } from './fhir-patient.ts';
import { endHold, holdAll, pauseConnection } from './holds.ts';
import { fileByPerson, isFiledByHand } from './notes.ts';
import type { EffectAsk } from './operation.ts';
import { isRecording, recordByPerson } from './record.ts';

const one = {
  operation: { type: 'string', minLength: 1, maxLength: 80 },
  connection: { type: 'string', minLength: 1, maxLength: 120 },
  subject: { type: 'string', minLength: 1, maxLength: 60 },
  key: { type: 'string', maxLength: 300 },
  approval: { type: 'string', maxLength: 100 },
} as const;

const asked = {
  type: 'object',
  additionalProperties: false,
  required: ['operation', 'connection', 'subject'],
  properties: one,
} as const;

const admin = { kind: 'keyOrSession', capability: 'admin', roles: ['admin'] } as const;

interface Needs {
  readonly db: Db;
  readonly audit: Audit;
  readonly now: () => Date;
  readonly vault: Vault;
  readonly validator: Validator;
  readonly connections: Connections;
  readonly effects: Effects;
  readonly workItems: WorkItems;
  readonly attestations: FilingNeeds['attestations'];
}

export function effectEndpoints(needs: Needs): Endpoint[] {
  const ask = async (clinic: string, effect: EffectAsk, by: Principal): Promise<EffectAnswer> => {
    const answer = await (isRecording(effect.operation)
      ? recordByPerson(needs, clinic, effect, by)
      : enteredByHand(effect.operation) === null
        ? (await isFiledByHand(needs, clinic, effect, by))
          ? fileByPerson(needs, clinic, effect, by)
          : needs.effects.ask(clinic, effect, by)
        : (await isWrittenOverFhir(needs, clinic, effect, by))
          ? sendPatient(needs, clinic, effect, by)
          : enterByPerson(needs, clinic, effect, by));
    // A flow hands on the structure of an outcome; why it is so, and when to ask again, belong to it.
    const { rule, code, retryAfterSeconds } = answer;
    const why = Object.entries({ rule, code, retryAfterSeconds }).filter(([, value]) => value !== undefined);
    return why.length === 0 ? answer : { ...answer, structure: { ...answer.structure, ...Object.fromEntries(why) } };
  };

  /** In a batch the fault of one is told of that one. */
  const askOne = async (
    clinic: string,
    effect: EffectAsk,
    by: Principal,
  ): Promise<EffectAnswer | { subject: string; error: { code: string } }> => {
    try {
      return await ask(clinic, effect, by);
    } catch (error) {
      return {
        subject: effect.subject,
        error: { code: error instanceof GaitError ? error.code : 'service.unavailable' },
      };
    }
  };

  return [
    endpoint({
      method: 'POST',
      path: '/v1/effects',
      access: { kind: 'key', capability: 'flows' },
      body: {
        type: 'object',
        additionalProperties: false,
        properties: { ...one, effects: { type: 'array', minItems: 1, maxItems: 100, items: asked } },
        oneOf: [{ required: ['operation', 'connection', 'subject'] }, { required: ['effects'] }],
      },
      async handle({ clinic, body, principal }) {
        if (body.effects !== undefined) {
          const answers = [];
          for (const effect of body.effects) answers.push(await askOne(clinic, effect, principal));
          return { effects: answers };
        }
        const { operation, connection, subject, key, approval } = body;
        if (operation === undefined || connection === undefined || subject === undefined) {
          throw new GaitError('input.invalid', 'A field is missing.', { where: 'body' });
        }
        const more = { ...(key === undefined ? {} : { key }), ...(approval === undefined ? {} : { approval }) };
        return ask(clinic, { operation, connection, subject, ...more }, principal);
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/admin/effects/hold',
      access: admin,
      body: { type: 'object', additionalProperties: false, properties: { clinic: { type: 'string' } } },
      handle: async ({ clinic, principal }) => ({ held: await holdAll(needs, clinic, principal) }),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/admin/effects/end-hold',
      access: admin,
      body: { type: 'object', additionalProperties: false, properties: { clinic: { type: 'string' } } },
      async handle({ clinic, principal }) {
        await endHold(needs, clinic, principal);
        return { ended: true };
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/admin/connections/:id/pause',
      access: admin,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['paused'],
        properties: { clinic: { type: 'string' }, paused: { type: 'boolean' } },
      },
      async handle({ clinic, params, body, principal }) {
        const row = await needs.db
          .selectFrom('connections')
          .select('id')
          .where('clinic', '=', clinic)
          .where('id', '=', params.id)
          .executeTakeFirst();
        if (row === undefined) throw new GaitError('connection.unknown', 'This clinic has no such connection.');
        await pauseConnection(needs, clinic, row.id, body.paused, principal);
        return { paused: body.paused };
      },
    }),
  ];
}
