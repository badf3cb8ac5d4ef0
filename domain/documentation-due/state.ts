// How near a day is.
import { addDays } from '../calendar.ts';
import type { DueFacts, DueItem } from './item.ts';

export function stateBy({ today, clinic }: Pick<DueFacts, 'today' | 'clinic'>, due: string | null): DueItem['state'] {
  if (due === null) return 'unknown';
  if (due < today) return 'overdue';
  return due <= addDays(today, clinic.soonDays) ? 'soon' : 'later';
}
