// The sandbox's own levers for Twilio, outside the vendor's paths: faults, clock, statuses and replies that go out, and the journal.
import { Ajv2020 } from 'ajv/dist/2020.js';
import express from 'express';
import type { Router } from 'express';
import type { FromSchema } from 'json-schema-to-ts';
import { faultLevers } from '../faults/queue.ts';
import { sandboxAccount, sandboxNumber } from './account.ts';
import { queueFaults } from './faults.ts';
import { advance, newSid } from './router.ts';
import type { TwilioDependencies } from './router.ts';
import { tellReply, tellStatus, wrongs } from './tell.ts';

const settingsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    clockAheadSeconds: { type: 'integer' },
    authToken: { type: 'string', minLength: 1 },
    smsUrl: { type: ['string', 'null'], pattern: '^https?://' },
    deliverAfterMilliseconds: { type: ['integer', 'null'], minimum: 0, maximum: 600_000 },
    advancedOptOut: { type: 'boolean' },
    optedOut: { type: 'array', items: { type: 'string', minLength: 1 } },
  },
} as const;

const times = { type: 'integer', minimum: 1, maximum: 5 } as const;

const statusSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'status'],
  properties: {
    id: { type: 'string', minLength: 1 },
    status: { type: 'string', minLength: 1 },
    errorCode: { type: 'integer' },
    wrong: { enum: wrongs },
    times,
  },
} as const;

const replySchema = {
  type: 'object',
  additionalProperties: false,
  required: ['from', 'text'],
  properties: {
    from: { type: 'string', minLength: 1 },
    text: { type: 'string' },
    id: { type: 'string', pattern: '^SM[0-9a-f]{32}$' },
    wrong: { enum: wrongs },
    times,
  },
} as const;

const ajv = new Ajv2020({ allowUnionTypes: true });
const isSettings = ajv.compile<FromSchema<typeof settingsSchema>>(settingsSchema);
const isStatus = ajv.compile<FromSchema<typeof statusSchema>>(statusSchema);
const isReply = ajv.compile<FromSchema<typeof replySchema>>(replySchema);
const wrongBody = { error: { code: 'input.invalid', message: 'this is no such lever' } };

/** The words Twilio itself takes for an opt-out or its end. Source: Twilio, Support for opt-out keywords (2026). */
const keywords: Readonly<Record<string, string>> = {
  STOP: 'STOP',
  STOPALL: 'STOP',
  UNSUBSCRIBE: 'STOP',
  CANCEL: 'STOP',
  END: 'STOP',
  QUIT: 'STOP',
  OPTOUT: 'STOP',
  REVOKE: 'STOP',
  START: 'START',
  YES: 'START',
  UNSTOP: 'START',
  HELP: 'HELP',
  INFO: 'HELP',
};

/** Mounted at `/sandbox/twilio`. */
export function twilioControl(dependencies: TwilioDependencies): Router {
  const { store, now } = dependencies;
  const router = express.Router();
  router.use(express.json());

  router.use('/faults', faultLevers(store, queueFaults, '{"fault":"…","on":"messageCreate"}'));

  /** What was sent, called and told, without a number or a text. */
  router.get('/journal', (_request, response) => {
    const items = store.state.items.map(({ sid, of, direction, status, errorCode, service }) => ({
      id: sid,
      of,
      direction,
      status,
      errorCode,
      byService: service !== null,
    }));
    response.json({ calls: store.calls, items, told: store.state.told, optedOut: store.state.optedOut.length });
  });

  router.post('/settings', (request, response) => {
    const body: unknown = request.body;
    if (!isSettings(body)) {
      response.status(400).json(wrongBody);
      return;
    }
    store.change(body);
    response.json({ ok: true, account: sandboxAccount, number: sandboxNumber });
  });

  /** Moves a message or call on and tells it to whoever asked for it. */
  router.post('/statuses', async (request, response) => {
    const body: unknown = request.body;
    if (!isStatus(body)) {
      response.status(400).json(wrongBody);
      return;
    }
    const item = store.state.items.find(({ sid }) => sid === body.id);
    if (item === undefined) {
      response.status(404).json(wrongBody);
      return;
    }
    const errorCode = body.errorCode ?? null;
    const answers: (number | null)[] = [];
    for (let time = 0; time < (body.times ?? 1); time += 1) {
      if (body.wrong === undefined) answers.push(await advance(dependencies, body.id, body.status, errorCode));
      else
        answers.push(await tellStatus(store, sandboxAccount, { ...item, status: body.status, errorCode }, body.wrong));
    }
    response.json({ answers });
  });

  /** A patient writes: STOP and its kin hold at once, as Twilio keeps them. */
  router.post('/replies', async (request, response) => {
    const body: unknown = request.body;
    if (!isReply(body)) {
      response.status(400).json(wrongBody);
      return;
    }
    const { from, text, id, wrong } = body;
    const at = new Date(now().getTime() + store.state.clockAheadSeconds * 1000).toISOString();
    const keyword = keywords[text.trim().toUpperCase()] ?? null;
    const item = {
      sid: id ?? newSid('SM'),
      of: 'message',
      direction: 'inbound',
      to: sandboxNumber,
      from,
      service: null,
      text,
      status: 'received',
      errorCode: null,
      callback: null,
      createdAt: at,
      sentAt: at,
    } as const;
    if (wrong === undefined) {
      const others = store.state.optedOut.filter((number) => number !== from);
      const stays = keyword === null || keyword === 'HELP';
      store.change({
        items: [...store.state.items.filter(({ sid }) => sid !== item.sid), item],
        optedOut: stays ? store.state.optedOut : keyword === 'STOP' ? [...others, from] : others,
      });
    }
    const answers: (number | null)[] = [];
    for (let time = 0; time < (body.times ?? 1); time += 1)
      answers.push(await tellReply(store, sandboxAccount, item, keyword, wrong));
    response.json({ id: item.sid, answers });
  });

  router.post('/reset', (_request, response) => {
    store.reset();
    response.json({ ok: true });
  });

  return router;
}
