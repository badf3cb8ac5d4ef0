// Mounts declared endpoints on Express: access, body, clinic, shape, then the handler; a GET where nothing can be written.
import { randomUUID } from 'node:crypto';
import express from 'express';
import type { Express, Request, Response } from 'express';
import { GaitError } from '../../domain/errors.ts';
import { systemChain } from '../audit/entry.ts';
import { readCookies } from '../sessions/cookie.ts';
import type { Services } from '../services.ts';
import type { AnyCall, Endpoint } from './endpoint.ts';
import { failureOf } from './failure.ts';
import type { Admitted, Gate } from './gate.ts';
import { actorOf } from './principal.ts';
import type { Refusals } from './refusals.ts';
import { Refusal } from './refusals.ts';
import { Reply } from './reply.ts';

export interface MountNeeds {
  readonly services: Services;
  readonly gate: Gate;
  readonly refusals: Refusals;
}

/** Mounts every endpoint. Throws where two are declared for one method and path. */
export function mount(app: Express, endpoints: readonly Endpoint[], needs: MountNeeds): void {
  const seen = new Set<string>();
  for (const endpoint of endpoints) {
    const name = `${endpoint.method} ${endpoint.path}`;
    if (seen.has(name)) throw new Error(`${name} is declared twice.`);
    seen.add(name);
    const handle = handler(endpoint, needs);
    if (endpoint.method === 'GET') app.get(endpoint.path, handle);
    else app.post(endpoint.path, handle);
  }
}

const jsonType = 'application/json';
const formType = 'application/x-www-form-urlencoded';

function handler(endpoint: Endpoint, needs: MountNeeds): (request: Request, response: Response) => Promise<void> {
  const { services, gate, refusals } = needs;
  const rawBodies = new WeakMap<object, Buffer>();
  const keep = (request: object, _response: object, bytes: Buffer): void => void rawBodies.set(request, bytes);
  const parse = endpoint.takesForm
    ? express.raw({ limit: endpoint.bodyBytes, type: formType, verify: keep })
    : express.json({
        limit: endpoint.bodyBytes,
        strict: true,
        type: jsonType,
        ...(endpoint.keepsRawBody ? { verify: keep } : {}),
      });

  return async (request, response) => {
    const started = performance.now();
    const requestId = randomUUID();
    response.setHeader('x-request-id', requestId);
    response.setHeader('cache-control', 'no-store');
    let principal: Admitted = { kind: 'nobody' };
    let code: string | undefined;
    try {
      const cookies = readCookies(request.get('cookie'));
      principal = await gate.admit(endpoint, request, cookies);
      const body = await bodyOf(endpoint, request, response, parse, services);
      const query = queryOf(endpoint, request, services);
      const clinic = await clinicOf(principal, endpoint, endpoint.method === 'GET' ? query : body, services);
      const call: AnyCall = {
        principal,
        clinic,
        body,
        query,
        params: paramsOf(request),
        requestId,
        address: request.ip ?? 'unknown',
        cookies,
        header: (name) => request.get(name),
        rawBody: rawBodies.get(request) ?? null,
      };
      const { database } = services;
      const result =
        endpoint.method === 'GET' ? await database.readOnly(() => endpoint.run(call)) : await endpoint.run(call);
      await send(response, result);
    } catch (error) {
      const failure = failureOf(error, services.log, requestId);
      code = failure.body.error.code;
      if (error instanceof GaitError && error.code.startsWith('access.')) {
        await keepRefusal(refusals, endpoint, error, principal);
      }
      if (!response.headersSent) response.status(failure.status).json(failure.body);
    }
    services.log.info(
      {
        requestId,
        method: endpoint.method,
        path: endpoint.path,
        status: response.statusCode,
        by: actorOf(principal),
        ms: Math.round(performance.now() - started),
        ...(code === undefined ? {} : { code }),
      },
      'call',
    );
  };
}

/** A call without any key or session is nobody's: it is refused and leaves no entry. */
async function keepRefusal(
  refusals: Refusals,
  endpoint: Endpoint,
  error: GaitError,
  principal: Admitted,
): Promise<void> {
  const { code } = error;
  const what = { code, method: endpoint.method, path: endpoint.path };
  if (error instanceof Refusal) {
    await refusals.record({ ...what, clinic: error.clinic, actor: error.actor, subject: error.subject });
  } else if (principal.kind !== 'nobody') {
    await refusals.record({ ...what, clinic: principal.clinic, actor: actorOf(principal), subject: null });
  }
}

async function bodyOf(
  endpoint: Endpoint,
  request: Request,
  response: Response,
  parse: ReturnType<typeof express.json>,
  services: Services,
): Promise<unknown> {
  if (endpoint.method === 'GET') return undefined;
  const empty = request.get('transfer-encoding') === undefined && (request.get('content-length') ?? '0') === '0';
  const type = endpoint.takesForm ? formType : jsonType;
  if (!empty && request.is(type) === false) {
    throw new GaitError('input.invalid', `The body must be ${endpoint.takesForm ? 'a form' : 'JSON'}.`, {
      where: 'body',
      fix: `Send content-type: ${type}.`,
    });
  }
  await new Promise<void>((resolve, reject) => {
    void parse(request, response, (error?: unknown) => {
      if (error === undefined) resolve();
      else reject(error instanceof Error ? error : new Error('The body could not be read.'));
    });
  });
  if (endpoint.takesForm) return undefined;
  const body: unknown = request.body;
  if (endpoint.body !== undefined) services.validator.check(endpoint.body, body, 'body');
  return body;
}

function queryOf(endpoint: Endpoint, request: Request, services: Services): unknown {
  if (endpoint.query === undefined) return undefined;
  return services.validator.coerce(endpoint.query, Object.fromEntries(Object.entries(request.query)), 'query');
}

function paramsOf(request: Request): Record<string, string> {
  const params: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.params)) {
    params[name] = Array.isArray(value) ? value.join('/') : String(value);
  }
  return params;
}

/** The clinic of a call: the principal's own, or the one that a key for every clinic names. */
async function clinicOf(
  principal: Admitted,
  endpoint: Endpoint,
  input: unknown,
  services: Services,
): Promise<string | null> {
  if (principal.kind === 'nobody') return null;
  const named = clinicNamed(input);
  if (principal.clinic !== null) {
    if (named !== null && named !== principal.clinic) {
      throw new Refusal('access.forbidden', 'This key serves another clinic.', {
        clinic: principal.clinic,
        actor: actorOf(principal),
      });
    }
    return principal.clinic;
  }
  if (named === null && endpoint.installation) return systemChain;
  if (named === null) throw new GaitError('input.invalid', 'The clinic is missing.', { where: 'body.clinic' });
  const row = await services.db.selectFrom('clinics').select('id').where('id', '=', named).executeTakeFirst();
  if (row === undefined) throw new GaitError('reference.unknown', 'There is no such clinic.', { where: 'body.clinic' });
  return row.id;
}

function clinicNamed(input: unknown): string | null {
  if (typeof input !== 'object' || input === null) return null;
  const clinic: unknown = Reflect.get(input, 'clinic');
  return typeof clinic === 'string' ? clinic : null;
}

function send(response: Response, result: unknown): Promise<void> | void {
  if (!(result instanceof Reply)) {
    response.status(200).json(result ?? {});
    return;
  }
  response.status(result.status).set(result.headers);
  const { file } = result;
  if (file === undefined) {
    if (typeof result.body === 'string') response.send(result.body);
    else response.json(result.body ?? {});
    return;
  }
  return new Promise((resolve, reject) => {
    response.sendFile(file.path, { root: file.root, dotfiles: 'deny', cacheControl: false }, (error?: Error) => {
      if (error === undefined) resolve();
      else reject(new GaitError('reference.unknown', 'There is no such file.'));
    });
  });
}
