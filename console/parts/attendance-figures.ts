// Missed visits, reminders, freed slots and calls as this clinic's own books tell them; what they do not tell says so.
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { AttendanceFigures, VisitShare } from '../../domain/attendance/figures.ts';
import { dayInWords } from '../dates.ts';
import { shareInWords } from '../figure-words.ts';
import { figureTable } from './figure-table.ts';

const unknown = 'not known';

export function attendanceFigures(figures: AttendanceFigures, today: string): TemplateResult {
  const { remindersSince, noShow, reminders, slots, calls } = figures;
  const since = remindersSince === null ? 'Since the first reminder' : `Since ${dayInWords(remindersSince, today)}`;
  return html`${figureTable({
    title: 'Missed visits',
    note: 'Of visits that were kept or missed, by this clinic’s own schedule. Before: everything known from before its first reminder, whatever days are chosen above.',
    columns: ['When', 'Kept', 'Missed', 'Missed share'],
    rows: [
      shareRow('Before the first reminder', noShow.before),
      shareRow(since, noShow.since),
      shareRow('All of these days', noShow.all),
    ],
  })}
  ${figureTable({
    title: 'Reminders, freed slots and calls',
    words: 1,
    columns: ['What', 'Count', 'Share'],
    rows: [
      row('Reminders written', reminders?.written ?? null),
      row('Reached: delivered, as the vendor says', reminders?.delivered ?? null, reminders?.written),
      row('Sent, and the vendor said no more', reminders?.sent ?? null, reminders?.written),
      row('Reached nobody', reminders?.notReached ?? null, reminders?.written),
      row('Confirmed', reminders?.confirmed ?? null, reminders?.written),
      row('Confirmed without a call', reminders?.confirmedWithoutCall ?? null, reminders?.written),
      row('Freed slots offered', slots?.opened ?? null),
      row('Freed slots booked again', slots?.booked ?? null, slots?.opened),
      ['Hours from free to taken, the middle one', hoursInWords(slots?.medianHoursToAnswer ?? null), ''],
      row('Calls asked for', calls.asked),
      row('Calls made', calls.made, calls.asked),
      row('Calls that reached the patient', calls.reached, calls.made),
    ],
  })}`;
}

const hoursInWords = (hours: number | null): string => (hours === null ? unknown : String(Math.round(hours * 10) / 10));

function shareRow(words: string, share: VisitShare | null): string[] {
  return share === null
    ? [words, unknown, unknown, unknown]
    : [words, String(share.kept), String(share.missed), shareInWords(share.share)];
}

function row(words: string, count: number | null, of?: number): string[] {
  const share = count === null || of === undefined || of === 0 ? '' : shareInWords(count / of);
  return [words, count === null ? unknown : String(count), share];
}
