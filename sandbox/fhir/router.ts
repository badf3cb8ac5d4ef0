// A FHIR R4 endpoint as a client meets it: statement, sign-in, search with pages, read, conditional create and update.
import express from 'express';
import type { Request, Response, Router } from 'express';
import { exportRouter } from './export-router.ts';
import type { Fault } from './faults.ts';
import { baseOf, createGate, refuse } from './gate.ts';
import type { Gate } from './gate.ts';
import { isDraft } from './resource.ts';
import type { Resource } from './resource.ts';
import { searchIn } from './search.ts';
import type { FhirStore } from './store.ts';

const fhirJson = 'application/fhir+json';
const writable = ['Patient', 'DocumentReference', 'Appointment'];

function send(response: Response, status: number, body: unknown): void {
  response.status(status).type(fhirJson).send(JSON.stringify(body));
}

function tagged(response: Response, { meta }: Resource): Response {
  return response.set('ETag', `W/"${meta.versionId}"`).set('Last-Modified', new Date(meta.lastUpdated).toUTCString());
}

function statement(store: FhirStore): object {
  const types = [...new Set([...store.types(), ...writable])];
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    kind: 'instance',
    fhirVersion: '4.0.1',
    format: ['json'],
    rest: [
      {
        mode: 'server',
        resource: types.map((type) => ({
          type,
          interaction: ['read', 'search-type', ...(writable.includes(type) ? ['create', 'update'] : [])].map(
            (code) => ({ code }),
          ),
          versioning: 'versioned',
          conditionalCreate: writable.includes(type) && !store.settings.ignores.includes('if-none-exist'),
        })),
      },
    ],
  };
}

/** What the link to the next page says, as a fault would have it. */
function nextLink(fault: Fault | null, request: Request, next: URLSearchParams | null): string | null {
  const type = String(request.params['type']);
  const here = `${baseOf(request)}/${type}`;
  if (fault?.fault === 'nextLoops') return `${baseOf(request)}${request.url}`;
  if (fault?.fault === 'nextElsewhere') return `https://elsewhere.example/fhir/${type}?_page=1`;
  if (fault?.fault === 'pageRepeats') return `${here}?${request.url.split('?')[1] ?? ''}&_again=1`;
  return next === null ? null : `${here}?${next.toString()}`;
}

function searchRoute(store: FhirStore, gate: Gate) {
  return async (request: Request<{ type: string }>, response: Response): Promise<void> => {
    const { type } = request.params;
    const fault = await gate.admit({ operation: 'search', type, leave: 's' }, request, response);
    if (fault === undefined) return;
    const query = new URL(request.originalUrl, 'http://localhost').searchParams;
    const { largestPage, ignores } = store.settings;
    const { entries, total, next, self } = searchIn(store.all(type), query, largestPage, ignores);
    const link = nextLink(fault, request, next);
    const base = baseOf(request);
    const outcome = {
      resource: {
        resourceType: 'OperationOutcome',
        issue: [{ severity: 'error', code: 'incomplete', diagnostics: 'Some are missing' }],
      },
      search: { mode: 'outcome' },
    };
    const body = {
      resourceType: 'Bundle',
      type: 'searchset',
      total,
      link: [
        { relation: 'self', url: `${base}/${type}?${self.toString()}` },
        ...(link === null ? [] : [{ relation: 'next', url: link }]),
      ],
      entry: [
        ...entries.map((resource) => ({
          fullUrl: `${base}/${type}/${resource.id}`,
          resource,
          search: { mode: 'match' },
        })),
        ...(fault?.fault === 'outcomeInBundle' ? [outcome] : []),
      ],
    };
    if (await gate.strikesAfter(fault, request, response)) return;
    send(response, 200, body);
  };
}

function createRoute(store: FhirStore, gate: Gate) {
  return async (request: Request<{ type: string }>, response: Response): Promise<void> => {
    const { type } = request.params;
    const fault = await gate.admit({ operation: 'create', type, leave: 'c' }, request, response);
    if (fault === undefined) return;
    const body: unknown = request.body;
    if (!isDraft(body) || body.resourceType !== type || !writable.includes(type)) {
      refuse(response, 422, 'invalid', 'This cannot be created here.');
      return;
    }
    const condition = store.settings.ignores.includes('if-none-exist') ? undefined : request.get('if-none-exist');
    const fitting =
      condition === undefined ? [] : searchIn(store.all(type), new URLSearchParams(condition), 10, []).entries;
    const [existing] = fitting;
    if (fitting.length > 1) {
      refuse(response, 412, 'multiple-matches', 'Several fit the condition.');
      return;
    }
    if (existing !== undefined) {
      send(tagged(response, existing), 200, existing);
      return;
    }
    const resource = store.put({ ...body, id: store.nextId() });
    store.record('create', resource);
    if (await gate.strikesAfter(fault, request, response)) return;
    if (fault?.fault === 'withoutLocation') {
      response.status(201).end();
      return;
    }
    tagged(response, resource).set(
      'Location',
      `${baseOf(request)}/${type}/${resource.id}/_history/${resource.meta.versionId}`,
    );
    if (/return=minimal/.test(request.get('prefer') ?? '')) response.status(201).end();
    else send(response, 201, resource);
  };
}

function updateRoute(store: FhirStore, gate: Gate) {
  return async (request: Request<{ type: string; id: string }>, response: Response): Promise<void> => {
    const { type, id } = request.params;
    const fault = await gate.admit({ operation: 'update', type, leave: 'u' }, request, response);
    if (fault === undefined) return;
    const body: unknown = request.body;
    const before = store.find(type, id);
    if (before === null) {
      refuse(response, 404, 'not-found', 'No such resource.');
      return;
    }
    if (!isDraft(body) || body.id !== id) {
      refuse(response, 400, 'invalid', 'The body is not this resource.');
      return;
    }
    if (request.get('if-match') !== `W/"${before.meta.versionId}"`) {
      refuse(response, 412, 'conflict', 'Another version stands there.');
      return;
    }
    const resource = store.put({ ...body, id });
    store.record('update', resource);
    if (await gate.strikesAfter(fault, request, response)) return;
    send(tagged(response, resource), 200, resource);
  };
}

/** The endpoint; mount the router at its base, such as `/fhir`. */
export function fhirRouter(store: FhirStore, now: () => Date): Router {
  const gate = createGate(store, now);
  const router = express.Router();
  router.use(
    express.json({ limit: '2mb', type: [fhirJson, 'application/json'] }),
    express.urlencoded({ extended: false }),
  );
  // Its clock is the sandbox's.
  router.use((_request, response, next) => {
    response.set('Date', now().toUTCString());
    next();
  });
  router.get('/.well-known/smart-configuration', async (request, response) => {
    if ((await gate.admit({ operation: 'discovery' }, request, response)) === undefined) return;
    response.json({
      token_endpoint: `${baseOf(request)}/auth/token`,
      grant_types_supported: ['client_credentials'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: ['RS384', 'ES384'],
      scopes_supported: ['system/*.rs', 'system/*.cruds'],
      capabilities: ['client-confidential-asymmetric', 'permission-v2'],
    });
  });
  router.post('/auth/token', (request, response) => gate.token(request, response));
  router.get('/metadata', async (request, response) => {
    if ((await gate.admit({ operation: 'metadata' }, request, response)) === undefined) return;
    send(response, 200, statement(store));
  });
  router.use(exportRouter(store, gate, now));
  router.get('/:type', searchRoute(store, gate));
  router.post('/:type', createRoute(store, gate));
  router.put('/:type/:id', updateRoute(store, gate));
  router.get('/:type/:id', async (request, response) => {
    const { type, id } = request.params;
    const fault = await gate.admit({ operation: 'read', type, leave: 'r' }, request, response);
    if (fault === undefined) return;
    const resource = store.find(type, id);
    const isDeleted = store.deleted.some((one) => one.type === type && one.id === id);
    if (resource === null)
      refuse(response, isDeleted ? 410 : 404, isDeleted ? 'deleted' : 'not-found', 'It is not here.');
    else send(tagged(response, resource), 200, resource);
  });
  return router;
}
