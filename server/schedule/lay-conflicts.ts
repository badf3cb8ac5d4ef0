// Lays conflicts of the days ahead before the front desk, each once; what has been mended meanwhile is taken off the list.
import { systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import type { ConflictAhead } from './conflicts.ts';
import type { ScheduleNeeds } from './needs.ts';
import { midnight } from './picture.ts';

export interface LaidConflict extends ConflictAhead {
  readonly workItem: string | null;
}

/** Too few visits in a week want more visits, not a change: a proposal of a series is what mends them. */
const isForDesk = ({ rule }: ConflictAhead): boolean => rule !== 'conflict.too-few-in-week';

/** Opens an item for each conflict that has none, and closes those of conflicts that are gone. */
export async function layConflicts(
  needs: ScheduleNeeds,
  clinic: string,
  { conflicts, zone }: { readonly conflicts: readonly ConflictAhead[]; readonly zone: string },
  by: Principal,
): Promise<LaidConflict[]> {
  const laid: LaidConflict[] = [];
  for (const one of conflicts)
    laid.push({ ...one, workItem: isForDesk(one) ? await lay(needs, clinic, one, zone, by) : null });
  const standing = new Set(laid.map(({ workItem }) => workItem));
  const open = await needs.db
    .selectFrom('work_items')
    .select('id')
    .where('clinic', '=', clinic)
    .where('kind', '=', 'schedule.conflict')
    .where('status', '=', 'open')
    .execute();
  for (const { id } of open)
    if (!standing.has(id)) await needs.workItems.close(clinic, id, 'mended', systemPrincipal('schedule', by));
  return laid;
}

async function lay(
  { workItems }: ScheduleNeeds,
  clinic: string,
  { id, date, patient, appointments, words, suggestion, rule }: ConflictAhead,
  zone: string,
  by: Principal,
): Promise<string | null> {
  const subject = patient ?? appointments[0];
  if (subject === undefined) return null;
  const { workItem } = await workItems.open(
    {
      clinic,
      key: `schedule.conflict/${id}`,
      kind: 'schedule.conflict',
      subject,
      workflow: null,
      dueAt: midnight(date, zone).toISOString(),
      context: { rule, date },
      reason: `${words}. ${suggestion.words}`,
    },
    by,
  );
  return workItem;
}
