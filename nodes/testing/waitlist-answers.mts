// What the stand-in server says of the waitlist: a slot opened or asked of staff, its state with its ledger, who waits.

type Json = Record<string, unknown>;

const slot = {"phase": "offering", "appointment": "appt_1", "start": "2026-06-03T15:00:00.000Z", "minutes": 45, "nextAt": "2026-06-01T14:30:00.000Z", "waited": 2, "asked": 1, "toAsk": 0, "needStaff": 0, "winner": null, "ledger": [{"entry": "wait_1", "patient": "pat_1", "place": 1, "eligible": "yes", "outcome": "open", "rules": []}, {"entry": "wait_2", "patient": "pat_2", "place": null, "eligible": "no", "outcome": null, "rules": ["waitlist.times"]}]};

const entry = {"entry": "wait_1", "patient": "pat_1", "wishes": {"discipline": "PT", "minutes": 45, "therapists": null, "wantedTherapist": null, "locations": null, "equipment": [], "times": null, "noticeMinutes": 0, "visitsPerWeek": 3, "daysApart": 1, "planFrom": null, "planTo": null}, "priority": "soon", "replaces": null, "state": "waiting", "waitingSince": "2026-05-25T12:00:00.000Z"};

/** @param route one of the routes of the waitlist; null: the reference is none */
export function waitlistAnswer(route: string, body: Json): Json | null {
  switch (route) {
    case 'POST /v1/waitlist/slots/get':
      return body['slot'] === 'slot_1' ? { slot: 'slot_1', ...slot } : null;
    case 'POST /v1/waitlist/entries':
      return body['patient'] === 'pat_unknown' ? null : { entry: 'wait_1', outcome: 'added', patient: body['patient'] };
    case 'GET /v1/waitlist/entries':
      return { items: [entry], next: null };
    default:
      return body['appointment'] === 'appt_2'
        ? { slot: null, outcome: 'asksStaff', missing: ['therapist'], workItem: 'wi_1' }
        : { slot: 'slot_1', outcome: 'opened', missing: [], workItem: null };
  }
}
