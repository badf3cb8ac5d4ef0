// What the stand-in server says about coverage checks, by the name of the reference, so that a workflow file reads like the case it tests.
type Json = Record<string, unknown>;

interface Answer {
  readonly status?: number;
  readonly body: Json;
}

function listIn(body: Json, name: string): string[] {
  const list = body[name];
  return Array.isArray(list) ? list.map(String) : [];
}

/** A summary as flows see it; what the payer did not say is null. */
const summary = {
  active: true,
  copayCents: 3000,
  visitsLeft: null,
  authorizationRequired: null,
  flags: [],
  unknown: ['visitsLeft', 'authorizationRequired'],
};

/** One check asked of a clearinghouse. */
function asked(item: string): Json {
  if (item.startsWith('chk_unknown')) return { item, error: { code: 'reference.unknown' } };
  if (item.startsWith('chk_pending'))
    return { item, outcome: 'pending', structure: { retryAfterSeconds: 30 }, refs: [] };
  if (item.startsWith('chk_rejected'))
    return { item, outcome: 'rejected', structure: { code: '72', summaries: [] }, refs: [] };
  return {
    item,
    outcome: 'answered',
    structure: { code: null, summaries: [summary] },
    refs: [item.replace('chk_', 'ben_')],
  };
}

function delivered(item: string): Json {
  if (item.startsWith('chk_unknown')) return { item, error: { code: 'reference.unknown' } };
  if (item.startsWith('chk_rejected')) return { item, error: { code: 'state.conflict' } };
  return { item, outcome: item.startsWith('chk_again') ? 'alreadyDelivered' : 'delivered' };
}

function batchOf(body: Json): Answer {
  const patients = listIn(body, 'patients');
  const checks = patients.map((patient) =>
    patient.startsWith('pat_unknown')
      ? { patient, error: { code: 'reference.unknown' } }
      : { check: patient.replace('pat_', 'chk_'), patient },
  );
  switch (body['kind']) {
    case 'overnight':
      return { body: { batch: 'bat_night', outcome: 'started', checks: [] } };
    case 'new':
      return { body: { batch: 'bat_new', outcome: 'started', checks: [{ check: 'chk_1', patient: 'pat_1' }] } };
    default:
      return { body: { batch: 'bat_asked', outcome: 'started', checks } };
  }
}

function checkIn(state: string, check: string, more: Json): Json {
  return {
    check,
    batch: 'bat_night',
    patient: check.replace('chk_', 'pat_'),
    payer: 'p1',
    serviceDate: '2026-05-12',
    serviceTypes: ['PT'],
    reasons: ['firstVisit'],
    state,
    code: null,
    askedAt: '2026-05-05T01:00:00.000Z',
    settledAt: '2026-05-05T01:00:02.000Z',
    deliveredAt: null,
    workItem: null,
    summaries: [],
    ...more,
  };
}

const listed: Record<string, Json[]> = {
  exception: [
    checkIn('rejected', 'chk_rejected', { code: '72', workItem: 'wi_correct' }),
    checkIn('answered', 'chk_call', { workItem: 'wi_call', summaries: [{ summary: 'ben_1', ...summary }] }),
  ],
  answered: [
    checkIn('answered', 'chk_1', {
      deliveredAt: '2026-05-05T01:01:00.000Z',
      summaries: [{ summary: 'ben_1', ...summary }],
    }),
  ],
};

/** What a clearinghouse says of each check of a list. */
export function checkResults(body: Json): Json {
  return { results: listIn(body, 'subjects').map(asked) };
}

/** The answer to a call about batches, checks and summaries; null for any other call. */
export function eligibilityAnswer(route: string, body: Json, query: Record<string, string>): Answer | null {
  switch (route) {
    case 'POST /v1/eligibility/batches':
      return batchOf(body);
    case 'POST /v1/eligibility/deliveries':
      return { body: { results: listIn(body, 'checks').map(delivered) } };
    case 'GET /v1/eligibility/checks': {
      const state = query['state'];
      return { body: { items: state === undefined ? Object.values(listed).flat() : (listed[state] ?? []) } };
    }
    default:
      return null;
  }
}
