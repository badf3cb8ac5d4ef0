// A small HTTP server that speaks the part of Gait's API the nodes use, strictly: an unknown or missing field is refused by name.
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { checkResults, eligibilityAnswer } from './eligibility-answers.mts';
import { messageAnswer } from './message-answers.mts';
import { recordAnswer } from './record-answers.mts';
import { scheduleAnswer } from './schedule-answers.mts';
import { noteAnswer } from './note-answers.mts';
import { waitlistAnswer } from './waitlist-answers.mts';

type Json = Record<string, unknown>;

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: Record<string, string>;
  readonly body: Json;
}

interface Answer {
  readonly status?: number;
  readonly body: unknown;
}

export const goodKey = 'gait_key1_standin';

export const connections = {
  webpt: { id: 'conn_webpt00000000000000001', name: 'WebPT', system: 'webpt', mode: 'live' },
  availity: { id: 'conn_availity0000000000001', name: 'Availity', system: 'availity', mode: 'live' },
  rehearsal: { id: 'conn_availity0000000000002', name: 'Availity rehearsal', system: 'availity', mode: 'shadow' },
  changeHealthcare: {
    id: 'conn_changehealthcare00001',
    name: 'Change Healthcare',
    system: 'changeHealthcare',
    mode: 'live',
  },
  stedi: { id: 'conn_stedi00000000000000001', name: 'Stedi', system: 'stedi', mode: 'live' },
  therabill: { id: 'conn_therabill00000000001', name: 'Therabill', system: 'therabill', mode: 'live' },
  clinicient: { id: 'conn_clinicient0000000001', name: 'Clinicient', system: 'clinicient', mode: 'live' },
  raintree: { id: 'conn_raintree000000000001', name: 'Raintree', system: 'raintree', mode: 'live' },
  prompt: { id: 'conn_prompt00000000000001', name: 'Prompt', system: 'prompt', mode: 'live' },
  janeApp: { id: 'conn_janeapp0000000000001', name: 'Jane App', system: 'janeApp', mode: 'live' },
  klara: { id: 'conn_klara00000000000000001', name: 'Klara', system: 'klara', mode: 'live' },
  lumaHealth: { id: 'conn_lumahealth0000000001', name: 'Luma Health', system: 'lumaHealth', mode: 'live' },
  breezyNotes: { id: 'conn_breezynotes000000001', name: 'BreezyNotes', system: 'breezyNotes', mode: 'live' },
  twilio: { id: 'conn_twilio00000000000001', name: 'Twilio', system: 'twilio', mode: 'live' },
  smtp: { id: 'conn_smtp000000000000001', name: 'E-mail', system: 'smtp', mode: 'live' },
  x12Files: { id: 'conn_x12files0000000000001', name: 'X12 Files', system: 'x12Files', mode: 'live' },
} as const;

function refusal(status: number, code: string, message: string, more: { fix?: string; where?: string } = {}): Answer {
  return { status, body: { error: { code, message, ...more } } };
}

const fields: Record<string, { required: string[]; optional: string[] }> = {
  'POST /v1/operations': { required: ['operation', 'connection'], optional: ['subject', 'subjects', 'options'] },
  'POST /v1/effects': { required: ['operation', 'connection', 'subject'], optional: ['key', 'approval'] },
  'POST /v1/authorizations/track': { required: ['authorizations'], optional: [] },
  'POST /v1/authorizations/check-now': { required: ['authorizations'], optional: [] },
  'POST /v1/claims/scrubs': { required: ['claims'], optional: [] },
  'POST /v1/claims/track': { required: ['claims'], optional: [] },
  'POST /v1/claims/submissions': { required: ['claims'], optional: [] },
  'POST /v1/eligibility/batches': { required: ['kind'], optional: ['patients'] },
  'POST /v1/eligibility/deliveries': { required: ['checks'], optional: [] },
  'POST /v1/work-items': { required: ['subject', 'reason', 'key'], optional: ['role', 'dueAt'] },
  'POST /v1/patients/reviews': { required: ['patients'], optional: [] },
  'POST /v1/patients/welcomes': { required: ['patients'], optional: [] },
  'POST /v1/messages': { required: ['messages'], optional: [] },
  'POST /v1/messages/reminders': { required: [], optional: [] },
  'POST /v1/care/exercise-reminders': { required: [], optional: [] },
  'POST /v1/care/forms': { required: [], optional: [] },
  'POST /v1/care/plans': { required: [], optional: [] },
  'POST /v1/messages/get': { required: ['message'], optional: [] },
  'POST /v1/schedule/conflicts': { required: [], optional: ['lay'] },
  'POST /v1/schedule/series': {
    required: ['patient'],
    optional: ['visitsPerWeek', 'minutes', 'daysApart', 'therapist', 'equipment'],
  },
  'POST /v1/schedule/series/get': { required: ['series'], optional: [] },
  'POST /v1/notes/drafts': { required: ['session'], optional: ['kind'] },
  'POST /v1/plans-of-care/drafts': { required: ['patient'], optional: [] },
  'POST /v1/waitlist/slots': {
    required: [],
    optional: ['appointment', 'startsAt', 'minutes', 'therapist', 'discipline', 'location', 'equipment'],
  },
  'POST /v1/waitlist/slots/get': { required: ['slot'], optional: [] },
  'POST /v1/waitlist/entries': {
    required: ['patient', 'discipline', 'minutes'],
    optional: ['priority', 'replaces', 'therapists', 'wantedTherapist', 'locations', 'equipment', 'visitsPerWeek', 'daysApart', 'noticeMinutes'],
  },
  'POST /v1/records/listeners': { required: ['flow', 'url', 'kinds'], optional: ['connection'] },
  'POST /v1/records/listeners/find': { required: ['flow', 'url', 'kinds'], optional: ['connection'] },
  'POST /v1/records/listeners/remove': { required: ['flow'], optional: ['url'] },
  'POST /v1/records/claim': { required: ['timestamp', 'signature', 'body'], optional: [] },
  'POST /v1/morning-report': { required: [], optional: [] },
  'POST /v1/steps/flows': { required: ['step', 'flow', 'url', 'test'], optional: [] },
  'POST /v1/steps/flows/find': { required: ['step', 'flow', 'url', 'test'], optional: [] },
  'POST /v1/steps/flows/remove': { required: ['step', 'flow', 'test'], optional: [] },
  'POST /v1/steps/claim': { required: ['timestamp', 'signature', 'body'], optional: [] },
  'POST /v1/steps/answer': { required: ['call', 'attempt', 'answers'], optional: [] },
};

/** The lists of a body with the most entries the server takes; none is empty, no entry comes twice. */
const mostEntries: Record<string, number> = { subjects: 100, patients: 500, checks: 100, claims: 100 };

function wrongList(body: Json): string | undefined {
  return Object.keys(mostEntries).find((name) => {
    const list = body[name];
    if (list === undefined) return false;
    if (!Array.isArray(list) || list.length === 0 || list.length > (mostEntries[name] ?? 0)) return true;
    return new Set(list).size < list.length;
  });
}

function wrongField(route: string, body: Json): Answer | null {
  const declared = fields[route];
  if (declared === undefined) return null;
  const missing = declared.required.find((name) => body[name] === undefined);
  const unknown = Object.keys(body).find(
    (name) => !declared.required.includes(name) && !declared.optional.includes(name),
  );
  const list = wrongList(body);
  if (list !== undefined) return refusal(400, 'input.invalid', 'Not a list of that kind', { where: list });
  const where = missing ?? unknown;
  return where === undefined
    ? null
    : refusal(400, 'input.invalid', missing === undefined ? 'Unknown field' : 'Missing field', { where });
}

/** What the permit says, by the subject's name, so that a workflow file reads like the case it tests. */
const effects: Record<string, Json> = {
  wi_accepted: { state: 'done', outcome: 'accepted', structure: {}, refs: ['rec_9'] },
  wi_pended: { state: 'done', outcome: 'pended', structure: {}, refs: ['rec_1'] },
  wi_again: { state: 'duplicate', outcome: 'pended', structure: {}, refs: ['rec_1'] },
  wi_shadow: { state: 'shadow' },
  wi_blocked: { state: 'blocked', rule: 'approval.missing' },
  wi_wait: { state: 'wait', retryAfterSeconds: 30 },
  wi_uncertain: { state: 'uncertain', retryAfterSeconds: 300 },
  wi_unsent: { state: 'notSent' },
  clm_approved: { state: 'done', outcome: 'accepted', structure: { edits: [] }, refs: ['rec_13'] },
  clm_file: { state: 'done', outcome: 'sent', structure: { control: '000000042', kind: '837P' }, refs: [] },
  pat_newcomer: { state: 'done', outcome: 'left', structure: { file: 'client-1.csv' }, refs: ['wi_upload'] },
  'X3000001.AB': { state: 'done', outcome: 'deleted', structure: {}, refs: [] },
  auth_withdrawn: { state: 'done', outcome: 'cancelled' },
  rec_era: { state: 'done', outcome: 'left', structure: { file: 'remittance-1.edi' }, refs: ['wi_upload'] },
  pat_1: { state: 'done', outcome: 'workItem', structure: { workItem: 'wi_enter' }, refs: ['wi_enter'] },
  not_1: { state: 'done', outcome: 'filed', structure: { way: 'message', receipt: 'a1b2c3d4e5f6a7b8c9d0' }, refs: ['not_1'] },
  not_hand: { state: 'done', outcome: 'workItem', structure: { workItem: 'wi_1' }, refs: ['wi_1'] },
  msg_1: { state: 'done', outcome: 'sent', structure: { channel: 'text' }, refs: ['msg_1'] },
  msg_night: { state: 'blocked', rule: 'message.quiet-hours', structure: { rule: 'message.quiet-hours' } },
  auth_decided: { state: 'done', outcome: 'workItem', structure: { workItem: 'wi_record' } },
};

const readings: Record<string, Json> = {
  clm_checked: { outcome: 'refused', structure: { acceptable: false, edits: [{ code: '33', field: 'diagnoses' }] }, refs: ['rec_12'] },
  clm_paid: { outcome: 'answered', structure: { category: 'F1', code: '65', paidCents: 14400 }, refs: ['rec_3'] },
  clm_pending: { outcome: 'pending', structure: { retryAfterSeconds: 2 }, refs: [] },
  'X3000001.AB': { outcome: 'kept', structure: { report: 'X3000001.AB', transactions: ['277'] }, refs: ['rec_7'] },
  'R5000002.AB': { outcome: 'kept', structure: { report: 'R5000002.AB', transactions: ['835'] }, refs: ['rec_8'] },
  tx_acknowledgment: { outcome: 'kept', structure: { transactions: ['277'] }, refs: ['rec_7'] },
  tx_era: { outcome: 'kept', structure: { transactions: ['835'] }, refs: ['rec_8'] },
  auth_pending: { outcome: 'pending', structure: {}, refs: [] },
  auth_partly: {
    outcome: 'partlyApproved',
    structure: { visitsApproved: 8, unitsApproved: null, from: '2026-05-04', to: '2026-06-30', reasonCodes: ['A3'] },
    refs: ['rec_2'],
  },
};

/** What is told of payers, in lists. */
const listings: Record<string, Json[]> = {
  'availity.payers.list': [
    {
      outcome: 'listed',
      structure: {
        payerId: 'P1',
        name: 'Payer One',
        routes: [
          { transaction: 'Claim Status', submissionMode: 'API', available: true, enrollmentRequired: false },
        ],
      },
    },
  ],
  'availity.configurations.get': [
    {
      outcome: 'found',
      structure: {
        type: '270',
        payerId: 'P1',
        fields: [{ field: 'memberId', required: true }],
        requiredFieldCombinations: {},
      },
    },
  ],
};

/** What a claim file brings, and how the approval of each claim stands. */
const claimStructure = { payer: 'p1', from: '2026-05-04', to: '2026-05-04', chargeCents: 18050, lines: 2, frequency: '1' };

listings['webpt.charts.import'] = [{ item: 'pat_1', outcome: 'stored', refs: ['pat_1'] }];
listings['therabill.payments.import'] = [
  {
    item: 'rec_5',
    outcome: 'partlyRead',
    structure: { posted: 2, unmatched: 0, rejected: [{ row: 4, column: 'Amount', reason: 'not an amount' }], refused: 1 },
    refs: ['rec_5'],
  },
];
const importedClaims: Json[] = [
  { item: 'clm_1', claim: 'clm_1', outcome: 'added', structure: { ...claimStructure, unread: 0 }, refs: ['clm_1'] },
  { outcome: 'unreadable', structure: { claims: 0, findings: [{ code: 'iea.missing', segment: 31 }] }, refs: ['rec_4'] },
];

listings['x12Files.claims.import'] = importedClaims;
listings['therabill.claims.import'] = importedClaims;
listings['therabill.remittances.import'] = [{ item: 'rec_6', outcome: 'kept', structure: { kinds: ['835'] }, refs: ['rec_6'] }];
listings['therabill.patients.import'] = [
  {
    item: 'rec_10',
    outcome: 'partlyRead',
    structure: { added: 1, elsewhere: 0, rejected: [{ row: 3, column: 'First Name', reason: 'empty' }], refused: 1 },
    refs: ['rec_10'],
  },
];
listings['x12Files.acknowledgments'] = [{ outcome: 'accepted', structure: { control: '000000042', status: 'accepted' } }];
listings['x12Files.files.fetch'] = [{ outcome: 'kept', structure: { kinds: ['999'], bytes: 512, findings: 0 }, refs: ['rec_11'] }];
listings['changeHealthcare.payers.list'] = [
  { outcome: 'listed', structure: { id: 'P1', name: 'Payer One', status: 'Active', transaction: 'Eligibility', state: null } },
];
listings['changeHealthcare.reports.list'] = ['X3000001.AB', 'R5000002.AB'].map((report) => ({
  outcome: 'listed',
  structure: { report },
}));

function approvals(body: Json): Json {
  const claims = Array.isArray(body['claims']) ? body['claims'].map(String) : [];
  const structureOf = (claim: string) => ({
    ...claimStructure,
    workItem: 'wi_claim',
    approval: claim === 'clm_approved' ? 'h9' : null,
    effectKey: `claim.submit/${claim}/1/1`,
  });
  return {
    items: claims.map((claim) =>
      claim === 'clm_unknown'
        ? { item: claim, claim, error: { code: 'reference.unknown' } }
        : {
            item: claim,
            claim,
            outcome: claim === 'clm_approved' ? 'approved' : 'opened',
            structure: structureOf(claim),
            refs: [claim, 'wi_claim'],
          },
    ),
  };
}

function scrubs(body: Json): Json {
  const claims = Array.isArray(body['claims']) ? body['claims'].map(String) : [];
  const open = { warns: 0, asks: 0, overridden: 0, notChecked: 1, payer: 'p1', chart: true };
  return {
    items: claims.map((claim) => {
      if (claim === 'clm_unknown') return { item: claim, claim, error: { code: 'reference.unknown' } };
      const blocks = claim === 'clm_approved' ? 0 : 1;
      const outcome = blocks === 0 ? 'clean' : 'blocked';
      return { item: claim, claim, outcome, structure: { blocks, ...open }, refs: [claim] };
    }),
  };
}

function followed(body: Json): Json {
  const claims = Array.isArray(body['claims']) ? body['claims'].map(String) : [];
  return {
    items: claims.map((claim) => {
      if (claim === 'clm_unknown') return { item: claim, claim, error: { code: 'reference.unknown' } };
      return { item: claim, claim, outcome: claim === 'clm_approved' ? 'followed' : 'started' };
    }),
  };
}

function laidBeforeDesk(body: Json): Json {
  const patients = Array.isArray(body['patients']) ? body['patients'].map(String) : [];
  return {
    items: patients.map((patient) =>
      patient === 'pat_unknown'
        ? { patient, error: { code: 'reference.unknown' } }
        : { patient, outcome: 'opened', structure: { workItem: 'wi_desk', missing: 1 }, refs: ['wi_desk'] },
    ),
  };
}

const listed = ['auth_1', 'auth_2', 'auth_3'].map((authorization) => ({
  authorization,
  state: 'pending',
  payer: 'p1',
  need: authorization === 'auth_2' ? 'initial' : 'none',
}));

function results(body: Json, outcome: string): Json {
  const authorizations = Array.isArray(body['authorizations']) ? body['authorizations'] : [];
  return {
    items: authorizations.map((authorization: unknown) =>
      String(authorization).startsWith('auth_unknown')
        ? { authorization, error: { code: 'reference.unknown' } }
        : { authorization, outcome },
    ),
  };
}

function connectionUnknown(body: Json): Answer | null {
  return Object.values(connections).some(({ id }) => id === body['connection'])
    ? null
    : refusal(404, 'connection.unknown', 'No such connection in this clinic', { where: 'connection' });
}

function documentAnswer(route: string, call: Call): Answer {
  const body = noteAnswer(route, call.path, call.body);
  return body === null ? refusal(404, 'reference.unknown', 'This clinic has no such record') : { body };
}

function defaultAnswer(route: string, call: Call): Answer {
  const subject = String(call.body['subject']);
  switch (route) {
    case 'GET /v1/key':
      return {
        body: { clinic: { id: 'cl_1', name: 'demo' }, capabilities: ['flows'], key: { name: 'n8n', expiresAt: null } },
      };
    case 'GET /v1/connections':
      return {
        body: { connections: Object.values(connections).filter(({ system }) => system === call.query['system']) },
      };
    case 'POST /v1/operations': {
      const records = recordAnswer(call.body);
      if (records !== null) return connectionUnknown(call.body) ?? { body: records };
      if (call.body['operation'] === 'webpt.reports.list') {
        return {
          body: {
            outcome: 'listed',
            structure: {},
            refs: [],
            items: [{ outcome: 'listed', structure: { kind: 'authorizations', sizeBytes: 2048, stable: true } }],
          },
        };
      }
      if (call.body['operation'] === 'klara.status.get') {
        const structure = { indicator: 'none', components: 9, affected: 0, openIncidents: 0 };
        return connectionUnknown(call.body) ?? { body: { outcome: 'works', structure, refs: [] } };
      }
      const items = listings[String(call.body['operation'])];
      if (items !== undefined)
        return connectionUnknown(call.body) ?? { body: { outcome: 'listed', structure: {}, refs: [], items } };
      if (call.body['subjects'] !== undefined) return connectionUnknown(call.body) ?? { body: checkResults(call.body) };
      return (
        connectionUnknown(call.body) ??
        (readings[subject]
          ? { body: readings[subject] }
          : refusal(404, 'reference.unknown', 'No such authorization', { where: 'subject' }))
      );
    }
    case 'POST /v1/messages':
    case 'POST /v1/messages/reminders':
    case 'POST /v1/messages/get':
    case 'POST /v1/care/exercise-reminders':
    case 'POST /v1/care/forms':
    case 'POST /v1/care/plans':
      return { body: messageAnswer(route, call.body) };
    case 'POST /v1/schedule/conflicts':
    case 'POST /v1/schedule/series':
    case 'POST /v1/schedule/series/get': {
      const body = scheduleAnswer(route, call.body);
      return body === null ? refusal(404, 'reference.unknown', 'This clinic has no such record') : { body };
    }
    case 'POST /v1/waitlist/slots':
    case 'POST /v1/waitlist/slots/get':
    case 'POST /v1/waitlist/entries':
    case 'GET /v1/waitlist/entries': {
      const body = waitlistAnswer(route, call.body);
      return body === null ? refusal(404, 'reference.unknown', 'This clinic has no such record') : { body };
    }
    case 'POST /v1/notes/drafts':
    case 'GET /v1/notes/undrafted':
    case 'GET /v1/documentation/due':
    case 'POST /v1/plans-of-care/drafts':
      return documentAnswer(route, call);
    case 'POST /v1/effects':
      return (
        connectionUnknown(call.body) ??
        (effects[subject]
          ? { body: { key: call.body['key'] ?? `derived/${subject}`, ...effects[subject] } }
          : refusal(404, 'reference.unknown', 'No such request', { where: 'subject' }))
      );
    case 'POST /v1/claims/scrubs':
      return { body: scrubs(call.body) };
    case 'POST /v1/claims/track':
      return { body: followed(call.body) };
    case 'POST /v1/claims/submissions':
      return { body: approvals(call.body) };
    case 'POST /v1/authorizations/track':
      return { body: results(call.body, 'tracked') };
    case 'POST /v1/authorizations/check-now':
      return { body: results(call.body, 'checking') };
    case 'GET /v1/authorizations': {
      const from = Number(call.query['cursor'] ?? 0);
      const to = from + Math.min(2, Number(call.query['limit']));
      return { body: { items: listed.slice(from, to), next: to < listed.length ? String(to) : null } };
    }
    case 'GET /v1/work-items':
      return {
        body: {
          items: [
            {
              id: 'wi_1',
              kind: 'authorization.request',
              role: 'frontDesk',
              status: call.query['status'] ?? 'open',
              priority: 1,
            },
          ],
        },
      };
    case 'POST /v1/work-items':
      return { body: { workItem: 'wi_new', status: 'open', outcome: 'opened' } };
    case 'POST /v1/patients/reviews':
    case 'POST /v1/patients/welcomes':
      return { body: laidBeforeDesk(call.body) };
    case 'POST /v1/morning-report':
      return { body: { report: 'rep_2', date: '2026-05-04', lines: [], counts: { open: 0 } } };
    case 'POST /v1/steps/claim':
      return {
        body: {
          call: 'call_1',
          attempt: 1,
          step: 'authorization.submit',
          clinic: 'cl_1',
          deadline: '2026-05-04T12:00:00.000Z',
          items: [{ item: 'wi_pended', structure: { authorization: 'auth_1', approval: 'h1' } }],
        },
      };
    case 'POST /v1/records/claim':
      return {
        body: {
          records: [
            { kind: 'patients', record: 'pat_1', change: 'added', connection: connections.webpt.id, structure: {} },
            { kind: 'patients', record: 'pat_2', change: 'changed', connection: connections.webpt.id, structure: {} },
            {
              kind: 'appointments',
              record: 'appt_1',
              change: 'added',
              connection: connections.webpt.id,
              structure: { patient: 'pat_1', date: '2026-05-04', status: 'booked' },
            },
          ],
        },
      };
    case 'POST /v1/steps/answer':
      return { body: { state: 'stored' } };
    default: {
      const ofEligibility = eligibilityAnswer(route, call.body, call.query);
      if (ofEligibility !== null) return ofEligibility;
      if (route.startsWith('GET /v1/notes/')) return documentAnswer('GET /v1/notes/:note', call);
      if (route.startsWith('GET /v1/plans-of-care/')) return documentAnswer('GET /v1/plans-of-care/:plan', call);
      if (route.startsWith('GET /v1/authorizations/')) {
        const authorization = route.slice('GET /v1/authorizations/'.length);
        const found = listed.find((one) => one.authorization === authorization);
        return found
          ? { body: found }
          : refusal(404, 'reference.unknown', 'No such authorization', { where: 'authorization' });
      }
      return refusal(404, 'reference.unknown', 'No such address');
    }
  }
}

async function readBody(request: IncomingMessage): Promise<Json> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  if (text === '') return {};
  const body: unknown = JSON.parse(text);
  return typeof body === 'object' && body !== null ? { ...body } : {};
}

/** Starts the server on a free port of the loopback. `override` answers a route in place of the usual answer. */
export async function startGaitServer() {
  const calls: Call[] = [];
  const listeners = new Map<string, string>();
  /** Registers and finds listeners as the server does: by step, flow, address and kind; for records by flow and what it wants to hear of. */
  function listening(route: string, { body }: Call): Answer | null {
    const flow = body['flow'];
    const id = typeof flow === 'object' && flow !== null && 'id' in flow ? flow.id : undefined;
    const key = JSON.stringify([body['step'], id, body['test']]);
    if (route === 'POST /v1/records/listeners/find') return { body: { found: listeners.get(key) === JSON.stringify(body) } };
    if (route === 'POST /v1/records/listeners/remove') return { body: { removed: listeners.delete(key) } };
    if (route === 'POST /v1/records/listeners') {
      listeners.set(key, JSON.stringify(body));
      return { body: { listener: 'lis_2' } };
    }
    if (route === 'POST /v1/steps/flows/find') return { body: { found: listeners.get(key) === body['url'] } };
    if (route === 'POST /v1/steps/flows/remove') return { body: { removed: listeners.delete(key) } };
    if (route !== 'POST /v1/steps/flows') return null;
    listeners.set(key, String(body['url']));
    return { body: { listener: 'lis_1' } };
  }
  const override = new Map<string, Answer>();
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const answer = (given: Answer): void => {
      const text = typeof given.body === 'string' ? given.body : JSON.stringify(given.body);
      response
        .writeHead(given.status ?? 200, {
          'content-type': typeof given.body === 'string' ? 'text/html' : 'application/json',
        })
        .end(text);
    };
    void readBody(request).then((body) => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const call: Call = {
        method: request.method ?? 'GET',
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        body,
      };
      const route = `${call.method} ${call.path}`;
      if (request.headers.authorization !== `Bearer ${goodKey}`) {
        answer(
          refusal(401, 'access.unauthenticated', 'This key is not known', {
            fix: 'Enter a valid key in the credential.',
          }),
        );
        return;
      }
      calls.push(call);
      answer(override.get(route) ?? wrongField(route, body) ?? listening(route, call) ?? defaultAnswer(route, call));
    });
  });
  // Above the ports of a stack and below the ephemeral range.
  const port = await new Promise<number>((resolve, reject) => {
    const attempt = (left: number): void => {
      const candidate = 21_000 + Math.floor(Math.random() * 9_000);
      server.once('error', (error) => (left === 0 ? reject(error) : attempt(left - 1)));
      server.listen(candidate, '127.0.0.1', () => resolve(candidate));
    };
    attempt(20);
  });
  return {
    url: `http://127.0.0.1:${port}`,
    credential: { serverUrl: `http://127.0.0.1:${port}`, apiKey: goodKey },
    calls,
    override,
    reset(): void {
      calls.length = 0;
      listeners.clear();
      override.clear();
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

export type GaitServer = Awaited<ReturnType<typeof startGaitServer>>;
