// What the stand-in server says of notes and plans of care: drafts with their counts, what is due, which sessions have none.

type Json = Record<string, unknown>;

const facts = {"kind": "daily", "state": "draft", "revision": 1, "findings": {"block": 1, "ask": 0}, "gaps": 2, "missing": 0, "maySign": false, "writtenBy": "composer"};

const due = {"patient": "pat_1", "kind": "progressReport", "about": "2026-05-01", "due": "2026-06-03", "treatmentDays": {"soFar": 9, "dueBy": 10}, "state": "soon", "rule": "progress-report-treatment-days", "note": null, "session": "ses_1"};

/** @param route one of the routes of documents; null: the reference is none */
export function noteAnswer(route: string, path: string, body: Json): Json | null {
  switch (route) {
    case 'POST /v1/notes/drafts':
      if (body['session'] !== 'ses_1') return null;
      return { note: 'not_1', session: 'ses_1', patient: 'pat_1', date: '2026-06-01', ...facts, kind: body['kind'] ?? 'daily' };
    case 'GET /v1/notes/:note':
      return path.endsWith('/not_1') ? { note: 'not_1', session: 'ses_1', patient: 'pat_1', date: '2026-06-01', ...facts } : null;
    case 'GET /v1/notes/undrafted':
      return { items: [{ session: 'ses_1', patient: 'pat_1', date: '2026-06-01' }] };
    case 'GET /v1/documentation/due':
      return { today: '2026-06-01', counts: { overdue: 0, soon: 1, unknown: 0, later: 0 }, items: [due], more: false };
    case 'POST /v1/plans-of-care/drafts':
      return body['patient'] === 'pat_1' ? { plan: 'poc_1', patient: 'pat_1', state: 'draft', revision: 1 } : null;
    default:
      return path.endsWith('/poc_1') ? { plan: 'poc_1', patient: 'pat_1', state: 'draft', revision: 1 } : null;
  }
}
