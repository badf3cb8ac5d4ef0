// The sandbox's levers for HL7: the synthetic clinic as the messages of a PT system, into a folder or over MLLP, and a receiver of Gait's.
import { isAbsolute } from 'node:path';
import express from 'express';
import type { Router } from 'express';
import type { FromSchema } from 'json-schema-to-ts';
import { generateClinic } from '../clinic/generate.ts';
import { faultLevers } from '../faults/queue.ts';
import { lever, refuseLever } from '../lever.ts';
import { hl7Dialects } from './dialects.ts';
import { queueFaults, spoiled, writingFaults } from './faults.ts';
import { bytesOf, writeMessages } from './files.ts';
import { messageKinds, PtSystem } from './messages.ts';
import type { PtMessage } from './messages.ts';
import { Receiver, sendOver } from './wire.ts';

const common = {
  dialect: { enum: ['webpt', 'clinicient', 'raintree'] },
  today: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
  seed: { type: 'integer', minimum: 0 },
  canary: { type: 'string' },
  zone: { type: 'string', minLength: 1 },
  kinds: { type: 'array', items: { enum: messageKinds } },
  faults: { type: 'array', items: { enum: writingFaults } },
} as const;

const exportSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['folder'],
  properties: { ...common, folder: { type: 'string', minLength: 1 } },
} as const;

const sendSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['port'],
  properties: {
    ...common,
    port: { type: 'integer', minimum: 1, maximum: 65_535 },
    /** Of each kind only so many. */
    limit: { type: 'integer', minimum: 1 },
    /** How long an acknowledgment is waited for. */
    milliseconds: { type: 'integer', minimum: 1, maximum: 60_000 },
  },
} as const;

const receiverSchema = {
  type: 'object',
  additionalProperties: false,
  properties: { port: { type: 'integer', minimum: 0, maximum: 65_535 } },
} as const;

type Written = Omit<FromSchema<typeof exportSchema>, 'folder'>;

export interface Hl7ControlOptions {
  readonly seed: number;
  readonly now: () => Date;
  /** Takes what is sent to it; one of its own where none is given. */
  readonly receiver?: Receiver;
}

/** Mounted at `/sandbox/hl7`. `today` defaults to the sandbox's date in UTC, `zone` to America/Denver. */
export function hl7Control({ seed, now, receiver = new Receiver() }: Hl7ControlOptions): Router {
  const router = express.Router();
  router.use(express.json());

  const written = (body: Written) => {
    const today = body.today ?? now().toISOString().slice(0, 10);
    const clinic = generateClinic({ seed: body.seed ?? seed, today, canary: body.canary ?? null });
    const dialect = hl7Dialects[body.dialect ?? 'webpt'];
    const system = new PtSystem(clinic, dialect, body.zone ?? 'America/Denver');
    const faults = body.faults ?? [];
    const [first, second] = clinic.patients;
    if (first === undefined || second === undefined) throw new Error('The clinic has no patients.');
    const more = { merged: () => system.merge(first, 'PT99999'), deleted: () => system.patient(second, 'A29') };
    const kinds = (body.kinds ?? messageKinds).map((kind) => {
      const messages = system.of(kind);
      return { kind, messages: kind === 'patients' ? spoiled(messages, faults, more) : messages };
    });
    return { today, dialect, faults, kinds };
  };

  router.post(
    '/export',
    lever(exportSchema, 'an export names a folder', (body, response) => {
      if (!isAbsolute(body.folder)) {
        refuseLever(response, 'messages are written to an absolute folder');
        return;
      }
      const { kinds, ...more } = written(body);
      const files = kinds.map(({ kind, messages }) => ({
        name: writeMessages(kind, messages, { ...more, folder: body.folder }),
        messages: messages.length,
      }));
      response.json({ folder: body.folder, files });
    }),
  );

  router.post(
    '/send',
    lever(sendSchema, 'messages are sent to a port', async (body, response) => {
      const { kinds, dialect, faults } = written(body);
      const messages: PtMessage[] = kinds.flatMap((one) => one.messages.slice(0, body.limit));
      const bytes = messages.map((message) => bytesOf(message, dialect, faults));
      const before = faults.includes('wrongFraming') ? 'hello' : '';
      const endMissing = faults.includes('endMissing');
      const wire = { host: '127.0.0.1', port: body.port, milliseconds: body.milliseconds ?? 5000, before, endMissing };
      response.json({ messages: messages.length, ...(await sendOver(bytes, wire)) });
    }),
  );

  router.post(
    '/receiver',
    lever(receiverSchema, 'the receiver listens at a port', async (body, response) => {
      response.json({ port: await receiver.start(body.port ?? 0) });
    }),
  );
  router.post('/receiver/stop', async (_request, response) => {
    await receiver.stop();
    response.json({ ok: true });
  });
  router.get('/received', (_request, response) => {
    response.json({ messages: receiver.received });
  });
  router.post('/reset', (_request, response) => {
    receiver.received.length = 0;
    receiver.faults = [];
    response.json({ ok: true });
  });
  router.use('/faults', faultLevers(receiver, queueFaults, '{"fault":"noAck"}'));
  return router;
}
