// What the stand-in server says of messages: queued, due reminders, how one has come; never a word of them.

type Json = Record<string, unknown>;

/** @param route one of the routes of messages */
export function messageAnswer(route: string, body: Json): Json {
  if (route === 'POST /v1/messages/get')
    return { message: body['message'], purpose: 'visit.reminder', state: 'over', ending: 'delivered', answer: 'yes' };
  if (route === 'POST /v1/messages/reminders')
    return { items: [{ visit: 'appt_1', patient: 'pat_1', message: 'msg_1', outcome: 'queued' }] };
  if (route === 'POST /v1/care/exercise-reminders')
    return { items: [{ patient: 'pat_1', program: 'exr_1', message: 'msg_1', outcome: 'queued' }] };
  if (route === 'POST /v1/care/plans')
    return { items: [{ patient: 'pat_1', outcome: 'opened', structure: { kind: 'planEnds', to: 'therapist' }, refs: ['wi_1'] }] };
  if (route === 'POST /v1/care/forms')
    return { items: [{ patient: 'pat_1', visit: 'appt_1', outcome: 'queued', structure: { purpose: 'visit.booked' }, refs: ['msg_1'] }] };
  const messages: unknown[] = Array.isArray(body['messages']) ? body['messages'] : [];
  return { items: messages.map(queued) };
}

function queued(ask: unknown): Json {
  const { patient, purpose } = typeof ask === 'object' && ask !== null ? { patient: null, purpose: null, ...ask } : { patient: null, purpose: null };
  if (patient === 'pat_unknown') return { patient, error: { code: 'reference.unknown' } };
  return { patient, outcome: 'queued', structure: { purpose }, refs: ['msg_1'] };
}
