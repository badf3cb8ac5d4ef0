// Luma Health over HTTP as a client meets it: client credentials for a token, page numbers, no idempotency, errors in a sentence.
import { randomBytes } from 'node:crypto';
import express from 'express';
import type { Request, Response, Router } from 'express';
import type { Clinic } from '../clinic/model.ts';
import { strikesAfter, strikesBefore } from '../faults/transport.ts';
import type { Fault, operations } from './faults.ts';
import { lumaRecords } from './records.ts';
import type { LumaRecord, LumaRecords, LumaResource } from './records.ts';
import type { LumaStore } from './store.ts';

export interface LumaDependencies {
  readonly store: LumaStore;
  readonly clinic: () => Clinic;
  readonly now: () => Date;
}

type LumaOperation = (typeof operations)[number];
const tokenSeconds = 3600;

function fieldOf(source: unknown, name: string): unknown {
  return typeof source === 'object' && source !== null ? Reflect.get(source, name) : undefined;
}

function refuse(response: Response, status: number, message: string): void {
  response.status(status).json({ message });
}

const paging = new Set(['page', 'limit', '_select', '_populate']);

/** Whether a record fits a query: values as they are, `>` and `<` before an instant, names whatever their case. */
function fits(record: LumaRecord, request: Request): boolean {
  return Object.entries(request.query).every(([name, wanted]) => {
    if (paging.has(name) || typeof wanted !== 'string') return true;
    const value = fieldOf(record, name);
    if (wanted.startsWith('>')) return String(value) > wanted.slice(1);
    if (wanted.startsWith('<')) return String(value) < wanted.slice(1);
    return String(value).toLowerCase() === wanted.toLowerCase();
  });
}

const needed: Readonly<Partial<Record<LumaResource, readonly string[]>>> = {
  messages: ['patient', 'type', 'ref', 'channel', 'text', 'secure'],
  patients: ['name', 'type', 'doNotContact', 'active', 'country', 'gender'],
  appointments: ['patient', 'date'],
};

/** Mounted where Luma's `/api/v2` is. Any client but one with the secret `wrong` is known. */
export function lumaHealthRouter({ store, clinic, now }: LumaDependencies): Router {
  const router = express.Router();
  const tokens = new Map<string, number>();
  let made: LumaRecords | null = null;
  const clock = (): Date => new Date(now().getTime() + store.state.clockAheadSeconds * 1000);

  function all(resource: LumaResource): readonly LumaRecord[] {
    made ??= lumaRecords(clinic());
    const written = new Map(
      store.state.written.filter((one) => one.resource === resource).map(({ record }) => [record._id, record]),
    );
    const before = made[resource].map((record) => written.get(record._id) ?? record);
    const known = new Set(before.map(({ _id }) => _id));
    return [...before, ...[...written.values()].filter(({ _id }) => !known.has(_id))];
  }

  router.use(express.json({ limit: '1mb' }));
  router.use((_request, response, next) => {
    response.set('Date', clock().toUTCString());
    next();
  });

  router.post('/auth/token', async (request, response) => {
    store.count('token');
    const fault = store.takeFault('token');
    const words = { refuse: (status: number) => { refuse(response, status, 'Try again'); }, tellsRetryAfter: false, brokenOff: '{"acc' }; // prettier-ignore
    if (await strikesBefore(fault, request, response, words)) return;
    const body: unknown = request.body;
    if (fieldOf(body, 'grant_type') !== 'client_credentials' || typeof fieldOf(body, 'client_id') !== 'string') {
      refuse(response, 400, 'client_id is malformed');
      return;
    }
    if (fieldOf(body, 'client_secret') === 'wrong') {
      refuse(response, 401, 'Wrong clientId or clientSecret');
      return;
    }
    const value = `eyJ.${randomBytes(24).toString('base64url')}.sandbox`;
    tokens.set(value, now().getTime() + tokenSeconds * 1000);
    response.json({ access_token: value, token_type: 'Bearer', expires_in: tokenSeconds });
  });

  type Handler = (request: Request, response: Response, fault: Fault | null) => object | null;

  /** `handle` takes the request up and gives the answer, or refuses and gives null. */
  function guarded(operation: LumaOperation, status: number, handle: Handler) {
    return async (request: Request, response: Response): Promise<void> => {
      store.count(operation);
      const fault = store.takeFault(operation);
      const bearer = /^Bearer (.+)$/.exec(request.get('authorization') ?? '')?.[1] ?? '';
      if (fault?.fault === 'tokenExpired') tokens.delete(bearer);
      if ((tokens.get(bearer) ?? 0) <= now().getTime()) {
        refuse(response, 401, 'Not authenticated');
        return;
      }
      if (fault?.fault === 'rejected') {
        refuse(response, 400, 'Adela Ashgrove has no such appointment');
        return;
      }
      const words = { refuse: (code: number) => { refuse(response, code, 'Something went wrong'); }, tellsRetryAfter: true, brokenOff: '{"_id":"5f' }; // prettier-ignore
      if (await strikesBefore(fault, request, response, words)) return;
      const answer = handle(request, response, fault);
      if (answer === null || (await strikesAfter(fault, request, response, words))) return;
      response.status(status).json(answer);
    };
  }

  function list(operation: LumaOperation, resource: LumaResource): void {
    router.get(
      `/${resource}`,
      guarded(operation, 200, (request, response, fault) => {
        const [page, limit] = [Number(request.query['page'] ?? 1), Number(request.query['limit'] ?? 500)];
        if (!Number.isInteger(page) || page < 1 || !Number.isInteger(limit) || limit < 1 || limit > 1000) {
          refuse(response, 400, 'page or limit is not valid');
          return null;
        }
        const found = all(resource).filter((record) => fits(record, request));
        const items = found.slice((page - 1) * limit, page * limit);
        const told = fault?.fault === 'anotherPage' ? 1 : page;
        if (store.state.envelope === 'resource') return { [resource]: items, page: told };
        return { response: items, page: told, size: items.length };
      }),
    );
  }

  function one(operation: LumaOperation, resource: LumaResource): void {
    router.get(
      `/${resource}/:id`,
      guarded(operation, 200, (request, response) => {
        const record = all(resource).find(({ _id }) => _id === request.params['id']);
        if (record === undefined) refuse(response, 404, 'Not found');
        return record ?? null;
      }),
    );
  }

  function keep(resource: LumaResource, record: LumaRecord): LumaRecord {
    store.change({ written: [...store.state.written, { resource, record }] });
    return record;
  }

  function create(operation: LumaOperation, resource: LumaResource, status: number, added: object): void {
    router.post(
      `/${resource}`,
      guarded(operation, status, (request, response, fault) => {
        const body: unknown = request.body;
        const missing = (needed[resource] ?? []).filter((name) => fieldOf(body, name) === undefined);
        if (typeof body !== 'object' || body === null || missing.length > 0) {
          refuse(response, 400, `${missing.join(', ')} is required`);
          return null;
        }
        const at = clock().toISOString();
        const mark = fault?.fault === 'forgetsMark' ? { externalId: null, secondaryExternalId: null } : {};
        const _id = randomBytes(12).toString('hex');
        return keep(resource, { ...body, ...mark, ...added, _id, deleted: 0, createdAt: at, updatedAt: at });
      }),
    );
  }

  /** A PUT takes the place of what was there: what it leaves out is gone. */
  function update(operation: LumaOperation, resource: LumaResource): void {
    router.put(
      `/${resource}/:id`,
      guarded(operation, 200, (request, response) => {
        const record = all(resource).find(({ _id }) => _id === request.params['id']);
        const body: unknown = request.body;
        if (record === undefined || typeof body !== 'object' || body === null) {
          refuse(response, 404, 'Not found');
          return null;
        }
        const { _id, createdAt, deleted } = record;
        return keep(resource, { ...body, _id, createdAt, deleted, updatedAt: clock().toISOString() });
      }),
    );
  }

  router.get(
    '/patients/:id/contact-preferences',
    guarded('contactPreferences', 200, (request, response) => {
      const record = all('patients').find(({ _id }) => _id === request.params['id']);
      if (record === undefined) {
        refuse(response, 404, 'Patient not found');
        return null;
      }
      const contacts: unknown = record['contact'];
      const usable = (Array.isArray(contacts) ? contacts : []).filter((one) => fieldOf(one, 'archived') !== true);
      const isOut = record['doNotContact'] === true || store.state.optedOut.includes(record._id);
      return { validContacts: isOut ? [] : usable };
    }),
  );

  list('patients', 'patients');
  one('patients', 'patients');
  create('patientCreate', 'patients', 200, {});
  update('patientUpdate', 'patients');
  list('appointments', 'appointments');
  one('appointments', 'appointments');
  create('appointmentCreate', 'appointments', 201, {});
  update('appointmentUpdate', 'appointments');
  list('messages', 'messages');
  one('messages', 'messages');
  create('messageCreate', 'messages', 201, { status: 'sent' });
  for (const resource of ['appointmentTypes', 'waitlists', 'offers', 'reminders', 'facilities'] as const)
    list(resource, resource);

  return router;
}
