// Documents over HTTP: flows draft and get counts, people read, change, resolve and sign.
import { documentKinds } from '../../domain/note/source-schema.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { hows } from './content.ts';
import { draftNote } from './drafts.ts';
import { discardNote, editNote, resolveNote, takeOverNote } from './edits.ts';
import { factsOf } from './facts.ts';
import { notesOf, undrafted } from './list.ts';
import { noteRow } from './needs.ts';
import type { NoteNeeds } from './needs.ts';
import { signNote } from './sign.ts';
import { addAddendum, cosignNote } from './sign-beside.ts';
import { noteStates } from './tables.ts';
import { noteView } from './view.ts';

const flows = { kind: 'key', capability: 'flows' } as const;
const therapist = { kind: 'session', roles: ['therapist'] } as const;
/** Whoever answers for the clinic's documentation may read it; only who treats writes it. */
const reader = { kind: 'session', roles: ['therapist', 'clinicalSpecialist', 'admin'] } as const;
const text = { type: 'string', minLength: 1, maxLength: 60 } as const;
const reason = { type: 'string', minLength: 3, maxLength: 500, pattern: '\\S' } as const;
const revision = { type: 'integer', minimum: 1 } as const;
const hash = { type: 'string', pattern: '^[0-9a-f]{64}$' } as const;
const kind = { enum: documentKinds } as const;

export function noteEndpoints(needs: NoteNeeds): Endpoint[] {
  return [...flowEndpoints(needs), ...readEndpoints(needs), ...draftEndpoints(needs), ...signEndpoints(needs)];
}

function flowEndpoints(needs: NoteNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'POST',
      path: '/v1/notes/drafts',
      access: flows,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['session'],
        properties: { session: text, kind, clinic: text },
      },
      handle: ({ clinic, body: ask, principal }) =>
        draftNote(
          needs,
          clinic,
          { session: ask.session, kind: ask.kind ?? null, system: null, anew: false },
          principal,
        ),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/notes/undrafted',
      access: flows,
      query: {
        type: 'object',
        additionalProperties: false,
        properties: { limit: { type: 'integer', minimum: 1, maximum: 500 }, clinic: text },
      },
      handle: async ({ clinic, query }) => ({ items: await undrafted(needs, clinic, query.limit ?? 100) }),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/notes/:note',
      access: flows,
      handle: async ({ clinic, params }) => factsOf(await noteRow(needs.db, clinic, params.note)),
    }),
  ];
}

function readEndpoints(needs: NoteNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/v1/console/notes',
      access: reader,
      query: {
        type: 'object',
        additionalProperties: false,
        properties: { state: { enum: noteStates }, patient: text, author: text },
      },
      handle: ({ clinic, query, principal }) => notesOf(needs, clinic, query, principal),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/notes/:note',
      access: reader,
      handle: ({ clinic, params, principal }) => noteView(needs, clinic, params.note, principal),
    }),
  ];
}

function draftEndpoints(needs: NoteNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'POST',
      path: '/v1/console/session-records/:session/draft',
      access: therapist,
      body: {
        type: 'object',
        additionalProperties: false,
        properties: { kind, system: text, anew: { type: 'boolean' } },
      },
      handle: ({ clinic, params, body: ask, principal }) =>
        draftNote(
          needs,
          clinic,
          { session: params.session, kind: ask.kind ?? null, system: ask.system ?? null, anew: ask.anew ?? false },
          principal,
        ),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/notes/:note/edit',
      access: therapist,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['revision', 'sections'],
        properties: {
          revision,
          sections: {
            type: 'array',
            maxItems: 60,
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['id', 'texts'],
              properties: {
                id: text,
                texts: { type: 'array', maxItems: 400, items: { type: 'string', maxLength: 4000 } },
              },
            },
          },
        },
      },
      handle: ({ clinic, params, body: { revision: known, sections }, principal }) =>
        editNote(needs, { clinic, note: params.note, revision: known }, sections, principal),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/notes/:note/resolve',
      access: therapist,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['revision', 'findings', 'how', 'reason'],
        properties: {
          revision,
          findings: {
            type: 'array',
            minItems: 1,
            maxItems: 200,
            uniqueItems: true,
            items: { type: 'string', pattern: '^[0-9a-f]{32}$' },
          },
          how: { enum: hows },
          reason,
        },
      },
      handle: ({ clinic, params, body: { revision: known, findings, how, reason: why }, principal }) =>
        resolveNote(
          needs,
          { clinic, note: params.note, revision: known },
          { keys: findings, how, reason: why },
          principal,
        ),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/notes/:note/take-over',
      access: therapist,
      body: { type: 'object', additionalProperties: false, required: ['revision'], properties: { revision } },
      handle: ({ clinic, params, body: { revision: known }, principal }) =>
        takeOverNote(needs, { clinic, note: params.note, revision: known }, principal),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/notes/:note/discard',
      access: therapist,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['revision', 'reason'],
        properties: { revision, reason },
      },
      handle: ({ clinic, params, body: { revision: known, reason: why }, principal }) =>
        discardNote(needs, { clinic, note: params.note, revision: known }, why, principal),
    }),
  ];
}

function signEndpoints(needs: NoteNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'POST',
      path: '/v1/console/notes/:note/sign',
      access: therapist,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['revision', 'hash', 'attestation'],
        properties: { revision, hash, attestation: text, cosign: { enum: ['needed', 'notNeeded'] } },
      },
      handle: ({ clinic, params, body: { revision: known, cosign = null, ...signing }, principal }) =>
        signNote(needs, { clinic, note: params.note, revision: known }, { ...signing, cosign }, principal),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/notes/:note/cosign',
      access: therapist,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['hash', 'attestation'],
        properties: { hash, attestation: text },
      },
      handle: ({ clinic, params, body: signing, principal }) =>
        cosignNote(needs, { clinic, note: params.note }, signing, principal),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/notes/:note/addenda',
      access: therapist,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['text'],
        properties: { text: { type: 'string', minLength: 3, maxLength: 4000, pattern: '\\S' } },
      },
      handle: ({ clinic, params, body: { text: words }, principal }) =>
        addAddendum(needs, { clinic, note: params.note }, words, principal),
    }),
  ];
}
