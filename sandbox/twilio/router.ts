// Twilio over HTTP as a client meets it: forms in, JSON out, one account, Basic authentication, its magic numbers, no idempotency.
import { randomBytes } from 'node:crypto';
import express from 'express';
import type { Request, Response, Router } from 'express';
import { strikesAfter, strikesBefore } from '../faults/transport.ts';
import { sandboxAccount, sandboxNumber, sandboxService } from './account.ts';
import type { Fault, operations } from './faults.ts';
import type { TwilioItem, TwilioStore } from './store.ts';
import { tellStatus } from './tell.ts';
import { callWire, messageWire, pageWire, refuse } from './wire.ts';

export interface TwilioDependencies {
  readonly store: TwilioStore;
  readonly now: () => Date;
}

type TwilioOperation = (typeof operations)[number];

/** Numbers that are refused, as with Twilio's own test credentials. Source: Twilio, Test credentials (2026). */
const magicNumbers: Readonly<Record<string, number>> = {
  '+15005550001': 21211,
  '+15005550002': 21612,
  '+15005550003': 21408,
  '+15005550004': 21610,
  '+15005550009': 21614,
};

export function newSid(prefix: 'SM' | 'CA'): string {
  return prefix + randomBytes(16).toString('hex');
}

function clockOf({ store, now }: TwilioDependencies): Date {
  return new Date(now().getTime() + store.state.clockAheadSeconds * 1000);
}

/** Writes a status down and tells it. */
export async function advance(
  dependencies: TwilioDependencies,
  sid: string,
  status: string,
  errorCode: number | null = null,
): Promise<number | null> {
  const { store } = dependencies;
  const before = store.state.items.find((item) => item.sid === sid);
  if (before === undefined) return null;
  const item = { ...before, status, errorCode, sentAt: before.sentAt ?? clockOf(dependencies).toISOString() };
  store.change({ items: store.state.items.map((one) => (one.sid === sid ? item : one)) });
  return tellStatus(store, sandboxAccount, item);
}

/** The statuses that follow by themselves where the sandbox delivers. */
const wayOf = { message: ['sent', 'delivered'], call: ['completed'] } as const;

function deliver(dependencies: TwilioDependencies, { sid, of }: TwilioItem): void {
  const { deliverAfterMilliseconds: pause } = dependencies.store.state;
  if (pause === null) return;
  wayOf[of].forEach((status, index) => {
    setTimeout(() => void advance(dependencies, sid, status), pause * (index + 1)).unref();
  });
}

/** Mounted where `https://api.twilio.com` is. Any API key of the account but one with the secret `wrong` is known. */
export function twilioRouter(dependencies: TwilioDependencies): Router {
  const { store } = dependencies;
  const router = express.Router();
  router.use(express.urlencoded({ extended: false, limit: '64kb' }));
  router.use((_request, response, next) => {
    response.set('Date', clockOf(dependencies).toUTCString());
    next();
  });

  type Handler = (request: Request, response: Response, fault: Fault | null) => object | null;

  /** `handle` takes the request up and gives the answer, or refuses and gives null. */
  function guarded(operation: TwilioOperation, status: number, handle: Handler) {
    return async (request: Request, response: Response): Promise<void> => {
      store.count(operation);
      const fault = store.takeFault(operation);
      const [user = '', secret] = Buffer.from((request.get('authorization') ?? '').replace(/^Basic /, ''), 'base64')
        .toString('utf8')
        .split(':');
      if (!/^(SK|AC)/.test(user) || !secret || secret === 'wrong') {
        refuse(response, 401, 20003);
        return;
      }
      if (request.params['account'] !== sandboxAccount) {
        refuse(response, 404, 20404);
        return;
      }
      if (fault?.fault === 'rejected') {
        refuse(response, fault.status ?? 400, fault.code ?? 21211, fieldOf(request, 'To'));
        return;
      }
      const words = {
        refuse: (code: 429 | 500 | 504) => {
          refuse(response, code, 20_000 + code);
        },
        tellsRetryAfter: true,
        brokenOff: '{"sid":"SM',
      };
      if (await strikesBefore(fault, request, response, words)) return;
      const answer = handle(request, response, fault);
      if (answer === null || (await strikesAfter(fault, request, response, words))) return;
      response.status(status).json(answer);
    };
  }

  function create(of: TwilioItem['of']): Handler {
    return (request, response) => {
      const [to, from] = [fieldOf(request, 'To'), fieldOf(request, 'From')];
      const text = fieldOf(request, of === 'message' ? 'Body' : 'Twiml');
      const sender = of === 'message' ? fieldOf(request, 'MessagingServiceSid') : '';
      const refusal =
        magicNumbers[to] ??
        (/^\+[1-9]\d{6,14}$/.test(to) ? null : 21211) ??
        (text === '' ? (of === 'message' ? 21602 : 21205) : null) ??
        (text.length > (of === 'message' ? 1600 : 4000) ? 21617 : null) ??
        (from === sandboxNumber || sender === sandboxService ? null : 21606) ??
        (of === 'message' && store.state.optedOut.includes(to) ? 21610 : null);
      if (refusal !== null) {
        refuse(response, 400, refusal, to);
        return null;
      }
      const item: TwilioItem = {
        sid: newSid(of === 'message' ? 'SM' : 'CA'),
        of,
        direction: 'outbound-api',
        to,
        from: from === '' ? sandboxNumber : from,
        service: sender === sandboxService ? sandboxService : null,
        text,
        status: sender === sandboxService ? 'accepted' : 'queued',
        errorCode: null,
        callback: fieldOf(request, 'StatusCallback') || null,
        createdAt: clockOf(dependencies).toISOString(),
        sentAt: null,
      };
      store.change({ items: [...store.state.items, item] });
      deliver(dependencies, item);
      return of === 'message' ? messageWire(sandboxAccount, item) : callWire(sandboxAccount, item);
    };
  }

  function list(of: TwilioItem['of']): Handler {
    const resource = of === 'message' ? 'Messages' : 'Calls';
    return (request, _response, fault) => {
      const query = Object.fromEntries(
        ['To', 'From'].flatMap((name) => {
          const value = request.query[name];
          return typeof value === 'string' ? [[name, value]] : [];
        }),
      );
      const fits = (item: TwilioItem): boolean =>
        item.of === of &&
        (query['To'] === undefined || item.to === query['To']) &&
        (query['From'] === undefined || item.from === query['From']);
      const items = store.state.items
        .filter(fits)
        .toReversed()
        .map((item) =>
          of === 'message'
            ? messageWire(sandboxAccount, item, fault?.fault === 'redacted')
            : callWire(sandboxAccount, item),
        );
      const [page, size] = [Number(request.query['Page'] ?? 0), Number(request.query['PageSize'] ?? 50)];
      const answer = pageWire(sandboxAccount, resource, items, { query, page, size });
      if (fault?.fault === 'samePage') answer['next_page_uri'] = request.originalUrl.replace(request.baseUrl, '');
      if (fault?.fault === 'linkElsewhere')
        answer['next_page_uri'] = `/2010-04-01/Accounts/AC${'6'.repeat(32)}/${resource}.json?Page=1`;
      return answer;
    };
  }

  function one(of: TwilioItem['of']): Handler {
    return (request, response) => {
      const item = store.state.items.find((known) => known.of === of && known.sid === request.params['sid']);
      if (item === undefined) {
        refuse(response, 404, 20404);
        return null;
      }
      return of === 'message' ? messageWire(sandboxAccount, item) : callWire(sandboxAccount, item);
    };
  }

  const account = '/2010-04-01/Accounts/:account';
  router.post(`${account}/Messages.json`, guarded('messageCreate', 201, create('message')));
  router.get(`${account}/Messages.json`, guarded('messages', 200, list('message')));
  router.get(`${account}/Messages/:sid.json`, guarded('message', 200, one('message')));
  router.post(`${account}/Calls.json`, guarded('callCreate', 201, create('call')));
  router.get(`${account}/Calls.json`, guarded('calls', 200, list('call')));
  router.get(`${account}/Calls/:sid.json`, guarded('call', 200, one('call')));
  router.get(
    `${account}/IncomingPhoneNumbers.json`,
    guarded('numbers', 200, (request) => {
      const wanted = request.query['PhoneNumber'];
      const numbers = wanted === undefined || wanted === sandboxNumber ? [sandboxNumber] : [];
      return {
        incoming_phone_numbers: numbers.map((phone_number) => ({
          sid: `PN${'5'.repeat(32)}`,
          phone_number,
          capabilities: { voice: true, sms: true, mms: true, fax: false },
          sms_url: store.state.smsUrl,
        })),
        page: 0,
        page_size: 1,
        next_page_uri: null,
      };
    }),
  );
  return router;
}

function fieldOf(request: Request, name: string): string {
  const body: unknown = request.body;
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
  return typeof value === 'string' ? value : '';
}
