// Jane over HTTP as a client meets it: bearer tokens for one clinic, cursor pages, filters, limits by endpoint, three error envelopes.
import { randomBytes } from 'node:crypto';
import express from 'express';
import type { Request, Response, Router } from 'express';
import type { Clinic } from '../clinic/model.ts';
import { strikesAfter, strikesBefore } from '../faults/transport.ts';
import { uuidOf } from '../rest/ids.ts';
import type { Fault, operations } from './faults.ts';
import { keycloakRouter } from './keycloak.ts';
import { changed, janeClinicName, janeRecords, janeZone } from './records.ts';
import type { JaneRecord, JaneRecords } from './records.ts';
import type { JaneStore } from './store.ts';

export interface JaneDependencies {
  readonly store: JaneStore;
  readonly clinic: () => Clinic;
  readonly now: () => Date;
}

type JaneOperation = (typeof operations)[number];
const api = '/api/2026-01-01';
const topics = ['APPOINTMENT_BOOKED', 'APPOINTMENT_CANCELLED', 'APPOINTMENT_RESCHEDULED', 'APPOINTMENT_UNCANCELLED'];

/** Where the sandbox's Jane is: the address a token must be for. */
function hostOf(request: Request): string {
  return `${request.protocol}://${request.get('host') ?? '127.0.0.1'}${request.baseUrl}`;
}

function refuse(response: Response, status: number, envelope: string, code: string, message: string): void {
  if (envelope === 'errors') response.status(status).json({ errors: [{ id: code, path: '/start_at', message }] });
  else if (envelope === 'object') response.status(status).json({ object: 'error', code, message });
  else response.status(status).json({ error: message });
}

function queryText(request: Request, name: string): string | null {
  const value = request.query[name];
  return typeof value === 'string' ? value : null;
}

const operators: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  eq: (value, wanted) => wanted.split(',').includes(value),
  ne: (value, wanted) => value !== wanted,
  gt: (value, wanted) => value > wanted,
  gte: (value, wanted) => value >= wanted,
  lt: (value, wanted) => value < wanted,
  lte: (value, wanted) => value <= wanted,
};

/** What a filter looks at: times to the second, everything else as it is. */
function valueOf(record: JaneRecord, field: string): string | null {
  const instants: Readonly<Record<string, string>> = { created_at: record.createdAt, updated_at: record.updatedAt };
  const value = instants[field] ?? (field === 'public_id' ? record.id : record.wire[field]);
  return typeof value === 'string' ? value.replace(/\.\d+Z$/, 'Z') : null;
}

/** Records that fit the filters and in the order asked for, or the parameter that is wrong. */
function selected(
  request: Request,
  records: readonly JaneRecord[],
): readonly JaneRecord[] | { readonly wrong: string } {
  let found = [...records];
  for (const [name, wanted] of Object.entries(request.query)) {
    const [, field = '', operator = ''] = /^(\w+)\[(\w+)\]$/.exec(name) ?? [];
    if (field === 'page' || field === '' || typeof wanted !== 'string') continue;
    const compare = operators[operator];
    const isInstant = field.endsWith('_at');
    if (compare === undefined || (isInstant && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(wanted)))
      return { wrong: name };
    found = found.filter((record) => {
      const value = valueOf(record, field);
      return value !== null && compare(value, wanted);
    });
  }
  const sort = queryText(request, 'sort');
  if (sort !== null) {
    const [field = '', sign] = sort.startsWith('-') ? [sort.slice(1), -1] : [sort, 1];
    found.sort((a, b) => sign * (valueOf(a, field) ?? '').localeCompare(valueOf(b, field) ?? ''));
  }
  return found;
}

/** A Jane cursor says page and size. */
function pageOf(cursor: string | null): number | null {
  if (cursor === null) return 1;
  try {
    const told: unknown = JSON.parse(Buffer.from(cursor, 'base64').toString('utf8'));
    const page: unknown = typeof told === 'object' && told !== null ? Reflect.get(told, 'page') : null;
    return typeof page === 'number' && page > 0 ? page : null;
  } catch {
    return null;
  }
}

/** Mounted where a clinic's Jane is, with the sign-in service on the same host. */
export function janeAppRouter({ store, clinic, now }: JaneDependencies): Router {
  const router = express.Router();
  const minutes = new Map<string, number>();
  const clock = (): number => now().getTime() + store.state.clockAheadSeconds * 1000;
  let made: JaneRecords | null = null;
  const records = (): JaneRecords => (made ??= janeRecords(clinic()));
  const patients = () => changed(records().patients, store.state.changes);
  const appointments = () => changed(records().appointments, store.state.changes);

  router.use(keycloakRouter(store, now));
  router.use((_request, response, next) => {
    response.set('Date', new Date(clock()).toUTCString());
    next();
  });

  function tooMany(response: Response, retryAfterSeconds: number | null): void {
    response.set('X-Throttle-Match', 'marketing_api/ip/clinic');
    if (retryAfterSeconds !== null) response.set('Retry-After', String(retryAfterSeconds));
    refuse(response, 429, 'object', 'rate_limited', 'Too many requests');
  }

  function overLimit(operation: JaneOperation): boolean {
    const { callsAMinute } = store.state;
    const minute = `${operation}/${Math.floor(clock() / 60_000)}`;
    minutes.set(minute, (minutes.get(minute) ?? 0) + 1);
    return callsAMinute !== null && (minutes.get(minute) ?? 0) > callsAMinute;
  }

  /** Whether the bearer is a token for this clinic that still lasts. */
  function isAllowed(request: Request, fault: Fault | null): boolean {
    const bearer = /^Bearer (.+)$/.exec(request.get('authorization') ?? '')?.[1];
    const token = store.state.tokens.find(({ value }) => value === bearer);
    if (token === undefined || token.until <= clock() || token.audience !== hostOf(request)) return false;
    if (fault?.fault !== 'tokenExpired') return true;
    store.change({ tokens: store.state.tokens.filter((one) => one !== token) });
    return false;
  }

  type Handler = (request: Request, response: Response, fault: Fault | null) => void;

  function guarded(operation: JaneOperation, handle: Handler) {
    return async (request: Request, response: Response): Promise<void> => {
      store.count(operation);
      const fault = store.takeFault(operation);
      const words = {
        refuse: (status: 429 | 500 | 504) => {
          if (status === 429) tooMany(response, null);
          else refuse(response, status, 'errors', 'SERVER_ERROR', 'Something went wrong');
        },
        tellsRetryAfter: true,
        brokenOff: '{"items":[{"id":"01',
      };
      if (!isAllowed(request, fault)) {
        refuse(response, 401, 'error', '', 'Unauthorized');
        return;
      }
      if (overLimit(operation)) {
        tooMany(response, 60);
        return;
      }
      if (fault?.fault === 'rejected') {
        refuse(response, 400, fault.envelope ?? 'errors', 'INVALID_FILTER', 'Adela Ashgrove is not a filter');
        return;
      }
      if (await strikesBefore(fault, request, response, words)) return;
      if (await strikesAfter(fault, request, response, words)) return;
      handle(request, response, fault);
    };
  }

  function list(operation: JaneOperation, path: string, of: () => readonly JaneRecord[]): void {
    router.get(
      `${api}${path}`,
      guarded(operation, (request, response, fault) => {
        const found = selected(request, of());
        const limit = Number(queryText(request, 'page[limit]') ?? '100');
        const page = fault?.fault === 'lapsedCursor' ? null : pageOf(queryText(request, 'page[cursor]'));
        if ('wrong' in found || page === null || !Number.isInteger(limit) || limit < 1 || limit > 1000) {
          refuse(response, 400, 'errors', 'INVALID_PARAMETER', 'A parameter is not valid');
          return;
        }
        const hasNextPage = found.length > page * limit;
        const cursor = hasNextPage
          ? Buffer.from(JSON.stringify({ page: page + 1, size: limit })).toString('base64')
          : null;
        response.json({
          items: found.slice((page - 1) * limit, page * limit).map(({ wire }) => wire),
          limit,
          links: { after: cursor === null ? null : `${api}${path}?page[cursor]=${cursor}&page[limit]=${limit}` },
          hasNextPage,
          cursor,
        });
      }),
    );
  }

  function one(operation: JaneOperation, path: string, of: () => readonly JaneRecord[]): void {
    router.get(
      `${api}${path}/:id`,
      guarded(operation, (request, response) => {
        const record = of().find(({ id }) => id === request.params['id']);
        if (record) response.json(record.wire);
        else refuse(response, 404, 'error', '', 'Not found');
      }),
    );
  }

  list('patients', '/patients', patients);
  one('patients', '/patients', patients);
  list('appointments', '/appointments', appointments);
  one('appointment', '/appointments', appointments);
  list('treatments', '/treatments', () => records().treatments);
  list('observations', '/medical-record/observations', () => records().observations);

  router.get(
    `${api}/company`,
    guarded('company', (request, response) => {
      response.json({ id: '1', name: janeClinicName, jane_url: hostOf(request), time_zone: janeZone, country: 'US' });
    }),
  );

  router.post(
    `${api}/webhooks`,
    express.json(),
    guarded('webhooks', (request, response) => {
      const body: unknown = request.body;
      const field = (name: string): string => {
        const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : null;
        return typeof value === 'string' ? value : '';
      };
      const [topic, url] = [field('event_topic'), field('target_url')];
      if (!topics.includes(topic) || !URL.canParse(url)) {
        refuse(response, 422, 'errors', 'INVALID', 'Not a topic or not an address');
        return;
      }
      if (store.state.subscriptions.some((known) => known.topic === topic)) {
        refuse(response, 409, 'errors', 'DUPLICATE_RECORD', 'A subscription for this event topic already exists');
        return;
      }
      const at = now().toISOString();
      const made = { id: uuidOf(`jane/webhook/${topic}`), topic, url, secret: randomBytes(24).toString('hex'), at };
      store.change({ subscriptions: [...store.state.subscriptions, made] });
      response.status(201).json({
        id: made.id,
        event_topic: topic,
        target_url: url,
        clinic_guid: 1,
        status: 'active',
        updated_at: at,
        created_at: at,
        secret: made.secret,
      });
    }),
  );

  return router;
}
