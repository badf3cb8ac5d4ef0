// The day it is where the command is typed.
import { dateInZone } from '../../domain/calendar.ts';

export function today(): string {
  return dateInZone(new Date().toISOString(), Intl.DateTimeFormat().resolvedOptions().timeZone);
}
