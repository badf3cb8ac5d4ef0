// The sandbox's own levers for Twilio, outside the vendor's paths: faults, clock, statuses and replies that go out, and the journal.
import express from 'express';
import type { Router } from 'express';
import { faultLevers } from '../faults/queue.ts';
import { lever, refuseLever } from '../lever.ts';
import { sandboxAccount, sandboxNumber } from './account.ts';
import { queueFaults } from './faults.ts';
import { advance, newSid } from './router.ts';
import type { TwilioDependencies } from './router.ts';
import type { TwilioItem } from './store.ts';
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

function incoming(of: {
  readonly sid: string;
  readonly from: string;
  readonly text: string;
  readonly at: string;
}): TwilioItem {
  return {
    sid: of.sid,
    of: 'message',
    direction: 'inbound',
    to: sandboxNumber,
    from: of.from,
    service: null,
    text: of.text,
    status: 'received',
    errorCode: null,
    callback: null,
    createdAt: of.at,
    sentAt: of.at,
  };
}

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

  router.post(
    '/settings',
    lever(settingsSchema, 'settings are those of docs/connectors/twilio.md', (body, response) => {
      store.change(body);
      response.json({ ok: true, account: sandboxAccount, number: sandboxNumber });
    }),
  );

  /** Moves a message or call on and tells it to whoever asked for it. */
  router.post(
    '/statuses',
    lever(statusSchema, 'a status names id and status', async ({ id, status, wrong, ...body }, response) => {
      const item = store.state.items.find(({ sid }) => sid === id);
      if (item === undefined) {
        refuseLever(response, 'there is no such message or call');
        return;
      }
      const errorCode = body.errorCode ?? null;
      const answers: (number | null)[] = [];
      for (let time = 0; time < (body.times ?? 1); time += 1)
        answers.push(
          await (wrong === undefined
            ? advance(dependencies, id, status, errorCode)
            : tellStatus(store, sandboxAccount, { ...item, status, errorCode }, wrong)),
        );
      response.json({ answers });
    }),
  );

  /** A patient writes: STOP and its kin hold at once, as Twilio keeps them. */
  router.post(
    '/replies',
    lever(replySchema, 'a reply names from and text', async ({ from, text, id, wrong, times: often }, response) => {
      const at = new Date(now().getTime() + store.state.clockAheadSeconds * 1000).toISOString();
      const keyword = keywords[text.trim().toUpperCase()] ?? null;
      const item = incoming({ sid: id ?? newSid('SM'), from, text, at });
      if (wrong === undefined) {
        const others = store.state.optedOut.filter((number) => number !== from);
        const stays = keyword === null || keyword === 'HELP';
        store.change({
          items: [...store.state.items.filter(({ sid }) => sid !== item.sid), item],
          optedOut: stays ? store.state.optedOut : keyword === 'STOP' ? [...others, from] : others,
        });
      }
      const answers: (number | null)[] = [];
      for (let time = 0; time < (often ?? 1); time += 1)
        answers.push(await tellReply(store, sandboxAccount, item, keyword, wrong));
      response.json({ id: item.sid, answers });
    }),
  );

  router.post('/reset', (_request, response) => {
    store.reset();
    response.json({ ok: true });
  });

  return router;
}
