// A partner's API over HTTP: three ways to prove oneself, four ways of paging. No vendor's: what a clinic's contract may describe.
import { randomBytes } from 'node:crypto';
import express from 'express';
import type { Request, Response, Router } from 'express';
import type { Clinic } from '../clinic/model.ts';
import { strikesAfter, strikesBefore } from '../faults/transport.ts';
import { StateStore } from '../rest/state-store.ts';
import type { Fault, operations } from './faults.ts';
import { partnerRecords } from './records.ts';
import type { PartnerRecord, PartnerRecords } from './records.ts';

interface PartnerState {
  /** What a person changed since in a record, by its id. */
  readonly changes: readonly { readonly id: string; readonly at: string; readonly wire: object }[];
  readonly clockAheadSeconds: number;
}

export type PartnerStore = StateStore<PartnerState, Fault>;

export function partnerStore(folder: string): PartnerStore {
  return new StateStore<PartnerState, Fault>(folder, 'partner-api', { changes: [], clockAheadSeconds: 0 });
}

export interface PartnerDependencies {
  readonly store: PartnerStore;
  readonly clinic: () => Clinic;
  readonly now: () => Date;
}

type Operation = (typeof operations)[number];
const tokenSeconds = 600;
const basicHeader = `Basic ${Buffer.from('clinic:secret').toString('base64')}`;

function textIn(request: Request, name: string): string | null {
  const value = request.query[name];
  return typeof value === 'string' ? value : null;
}

function numberIn(request: Request, name: string, otherwise: number): number {
  const value = Number(textIn(request, name) ?? otherwise);
  return Number.isInteger(value) && value >= 0 ? value : otherwise;
}

/** Mounted where the API's base address is. The key `key-1`, the user `clinic` with `secret`, or a token for them is accepted. */
export function partnerApiRouter({ store, clinic, now }: PartnerDependencies): Router {
  const router = express.Router();
  const tokens = new Map<string, number>();
  let made: PartnerRecords | null = null;
  const clock = (): Date => new Date(now().getTime() + store.state.clockAheadSeconds * 1000);

  function all(kind: keyof PartnerRecords): PartnerRecord[] {
    made ??= partnerRecords(clinic());
    const changes = new Map(store.state.changes.map((change) => [change.id, change]));
    return made[kind].map((record) => {
      const change = changes.get(record.id);
      return change === undefined
        ? record
        : { ...record, changedAt: change.at, wire: { ...record.wire, ...change.wire } };
    });
  }

  router.use((_request, response, next) => {
    response.set('Date', clock().toUTCString());
    next();
  });

  router.post('/oauth/token', express.urlencoded({ extended: false }), async (request, response) => {
    store.count('token');
    const fault = store.takeFault('token');
    const words = { refuse: (status: number) => void response.status(status).end(), tellsRetryAfter: true, brokenOff: '{' }; // prettier-ignore
    if (await strikesBefore(fault, request, response, words)) return;
    const body: unknown = request.body;
    const field = (name: string): unknown =>
      typeof body === 'object' && body !== null ? Reflect.get(body, name) : null;
    const isKnown =
      request.get('authorization') === basicHeader ||
      (field('client_id') === 'clinic' && field('client_secret') === 'secret');
    if (!isKnown || field('grant_type') !== 'client_credentials') {
      response.status(401).json({ error: 'invalid_client' });
      return;
    }
    const value = randomBytes(24).toString('base64url');
    tokens.set(value, now().getTime() + tokenSeconds * 1000);
    response.json({ access_token: value, token_type: 'Bearer', expires_in: tokenSeconds });
  });

  function isAllowed(request: Request, fault: Fault | null): boolean {
    if (request.get('x-api-key') === 'key-1' || request.get('authorization') === basicHeader) return true;
    const bearer = /^Bearer (.+)$/.exec(request.get('authorization') ?? '')?.[1] ?? '';
    if (fault?.fault === 'tokenExpired') tokens.delete(bearer);
    return (tokens.get(bearer) ?? 0) > now().getTime();
  }

  type Answer = (request: Request, response: Response, records: PartnerRecord[], fault: Fault | null) => unknown;

  function list(operation: Exclude<Operation, 'token'>, path: string, answer: Answer): void {
    router.get(path, async (request, response) => {
      store.count(operation);
      const fault = store.takeFault(operation);
      if (!isAllowed(request, fault)) {
        response.status(401).json({ message: 'unauthorized' });
        return;
      }
      const words = { refuse: (status: number) => void response.status(status).json({ message: 'later' }), tellsRetryAfter: true, brokenOff: '{"data":[{"pat' }; // prettier-ignore
      if (await strikesBefore(fault, request, response, words)) return;
      if (await strikesAfter(fault, request, response, words)) return;
      const since = textIn(request, 'changedSince');
      const records = all(operation).filter(({ changedAt }) => since === null || changedAt >= since);
      response.json(answer(request, response, records, fault));
    });
  }

  const wires = (records: readonly PartnerRecord[]): unknown[] => records.map(({ wire }) => wire);

  // Numbered pages.
  list('patients', '/v1/patients', (request, _response, records, fault) => {
    const [page, size] = [
      fault?.fault === 'samePage' ? 1 : numberIn(request, 'page', 1),
      numberIn(request, 'limit', 50),
    ];
    return { data: { patients: wires(records.slice((page - 1) * size, page * size)) }, total: records.length };
  });

  // A cursor in the answer.
  list('appointments', '/v1/visits', (request, _response, records) => {
    const [from, size] = [Number(textIn(request, 'after')?.slice(1) ?? 0), numberIn(request, 'limit', 200)];
    const end = from + size;
    return { items: wires(records.slice(from, end)), meta: { next: end < records.length ? `c${end}` : null } };
  });

  // The address of the next page, in the answer and in a header.
  list('authorizations', '/v1/authorizations', (request, response, records, fault) => {
    const from = numberIn(request, 'from', 0);
    const end = from + 12;
    const here = `${request.protocol}://${request.get('host') ?? ''}${request.baseUrl}`;
    const host = fault?.fault === 'linkElsewhere' ? 'https://elsewhere.example' : here;
    const next = end < records.length ? `${host}/v1/authorizations?from=${end}` : null;
    if (next !== null) response.set('Link', `<${here}/v1/authorizations?from=0>; rel="first", <${next}>; rel="next"`);
    return { results: wires(records.slice(from, end)), links: { next } };
  });

  // So many left out.
  list('charges', '/v1/charges', (request, _response, records) => {
    const [from, size] = [numberIn(request, 'offset', 0), numberIn(request, 'limit', 100)];
    return wires(records.slice(from, from + size));
  });

  // Everything at once.
  list('notes', '/v1/notes', (_request, _response, records) => ({ notes: wires(records) }));
  list('scores', '/v1/scores', (_request, _response, records) => wires(records));

  return router;
}
