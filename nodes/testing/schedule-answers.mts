// What the stand-in server says of the schedule: conflicts with what would mend them, a series proposed, its visits.

type Json = Record<string, unknown>;

const conflict = {"id": "conflict.therapist-twice 2026-06-02 appt_1 appt_2", "rule": "conflict.therapist-twice", "date": "2026-06-02", "appointments": ["appt_1", "appt_2"], "plan": null, "words": "The therapist is booked twice on Tue 2 Jun at 09:30", "suggestion": {"type": "act", "words": "Call a patient"}, "patient": "pat_1"};
const few = {"id": "conflict.too-few-in-week 2026-06-08 pat_2", "rule": "conflict.too-few-in-week", "date": "2026-06-08", "appointments": [], "plan": "pat_2", "words": "In the week of Mon 8 Jun 0 of 2 visits of the plan are booked", "suggestion": {"type": "act", "words": "Add a visit"}, "patient": "pat_2"};

const series = {"patient": "pat_1", "state": "proposed", "workItem": "wi_1", "rule": "series/2026", "points": 1000, "bound": 1000, "gap": 0, "visits": [{"visit": "pv_1", "therapist": "thr_1", "room": null, "startsAt": "2026-06-03T15:00:00.000Z", "minutes": 45, "state": "proposed", "notes": [], "appointment": null}], "unplaced": []};

/** @param route one of the routes of the schedule; null: the reference is none */
export function scheduleAnswer(route: string, body: Json): Json | null {
  switch (route) {
    case 'POST /v1/schedule/conflicts': {
      const conflicts = body['lay'] === true ? [{ ...conflict, workItem: 'wi_2' }, { ...few, workItem: null }] : [conflict, few];
      return { zone: 'America/Chicago', today: '2026-06-01', until: '2026-06-15', conflicts };
    }
    case 'POST /v1/schedule/series/get':
      return body['series'] === 'ser_1' ? { series: 'ser_1', ...series } : null;
    default:
      return body['patient'] === 'pat_unknown' ? null : { outcome: 'proposed', series: 'ser_1', workItem: 'wi_1' };
  }
}
