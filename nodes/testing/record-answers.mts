// What the stand-in server says when a flow asks a PT system for records: one that is new and one that changed, by reference.

type Json = Record<string, unknown>;

const systems = ['webpt', 'clinicient', 'raintree', 'prompt', 'breezyNotes', 'janeApp', 'lumaHealth'];

/** By the kind of record: what its item calls it, how its references begin, and what is told besides. */
const kinds: Record<string, { noun: string; prefix: string; structure: Json }> = {
  patients: { noun: 'patient', prefix: 'pat', structure: {} },
  appointments: {
    noun: 'appointment',
    prefix: 'appt',
    structure: { patient: 'pat_1', date: '2026-05-04', status: 'booked' },
  },
  authorizations: { noun: 'authorization', prefix: 'auth', structure: {} },
  notes: { noun: 'note', prefix: 'note', structure: {} },
  charges: { noun: 'charge', prefix: 'chg', structure: {} },
  outcomes: { noun: 'outcome', prefix: 'out', structure: {} },
};

/** Everything that is new: the authorizations that changed come out. */
const everything: Json = {
  outcome: 'imported',
  structure: { files: 1, rows: 2 },
  refs: [],
  items: [
    { authorization: 'auth_1', outcome: 'changed' },
    { authorization: 'auth_2', outcome: 'new' },
  ],
};

/** @returns null for an operation that brings no records */
export function recordAnswer({ operation, options }: Json): Json | null {
  const [system = '', kind = '', what] = String(operation).split('.');
  if (what !== 'import' || !systems.includes(system)) return null;
  if (kind === 'records') return everything;
  const told = kinds[kind];
  if (told === undefined) return null;
  const limit = typeof options === 'object' && options !== null && 'limit' in options ? Number(options.limit) : 50;
  const items = ['added', 'changed'].map((outcome, index) => ({
    [told.noun]: `${told.prefix}_${index + 1}`,
    outcome,
    structure: told.structure,
  }));
  return { outcome: 'imported', structure: { files: 1, rows: 2 }, refs: [], items: items.slice(0, limit) };
}
