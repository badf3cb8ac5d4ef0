// What an item of the waitlist rests on: the freed visit, what was given up, and how its offers went so far.
import type { Db } from '../database/tables.ts';
import type { Evidence } from '../work-items/evidence.ts';
import type { WorkItemRow } from '../work-items/items.ts';
import { visitGivenUp } from './visit-facts.ts';
import type { VisitFacts } from './visit-facts.ts';

const unknown = 'unknown';

/** Nothing where the item names neither a slot nor a visit. */
export async function waitlistEvidence(db: Db, { clinic, context }: WorkItemRow): Promise<Evidence[]> {
  const { slot, appointment } = context;
  if (typeof slot === 'string') return slotEvidence(db, clinic, slot);
  if (typeof appointment !== 'string') return [];
  const { facts } = await visitGivenUp(db, clinic, appointment);
  return factLines(db, facts, 'PT system');
}

async function slotEvidence(db: Db, clinic: string, slot: string): Promise<Evidence[]> {
  const row = await db
    .selectFrom('freed_slots')
    .select(['facts', 'state', 'ranking'])
    .where('clinic', '=', clinic)
    .where('ref', '=', slot)
    .executeTakeFirst();
  if (row === undefined) return [];
  const { facts, state, ranking } = row;
  const source = 'Waitlist';
  return [
    ...(await factLines(db, { ...facts, startsAt: new Date(facts.start) }, 'Freed visit')),
    { label: 'Waited when it became free', value: ranking.lines.length, source },
    { label: 'Asked so far', value: state.offers.length, source },
    { label: 'Next in line', value: state.queue.length, source },
  ];
}

async function factLines(db: Db, facts: VisitFacts, source: string): Promise<Evidence[]> {
  const { startsAt, minutes, therapist, discipline, location, equipment } = facts;
  const named =
    therapist === null
      ? undefined
      : await db.selectFrom('therapists').select('name').where('ref', '=', therapist).executeTakeFirst();
  const values: readonly (readonly [string, string | number | null | undefined])[] = [
    ['Begins', startsAt?.toISOString()],
    ['Minutes', minutes],
    ['With', named?.name],
    ['Discipline', discipline],
    ['Place', location],
    ['Equipment', equipment === null ? null : equipment.length === 0 ? 'none' : equipment.join(', ')],
  ];
  return values.map(([label, value]) => ({ label, value: value ?? unknown, source }));
}
