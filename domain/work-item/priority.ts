// How urgent a work item is, from what is lost first, with the reason in words.
import { dayNumber } from '../calendar.ts';
import type { Priority } from '../morning-report/types.ts';
import type { WorkItemKind } from './kinds.ts';

/** What ranks an item; dates `YYYY-MM-DD` in the clinic's zone, null where unknown or not at stake. */
export interface Stake {
  /** The first visit that would take place without cover. */
  readonly lossOn: string | null;
  /** The day by which somebody must act so that nothing is lost. */
  readonly actBy: string | null;
  /** The day on which the item itself is due. */
  readonly dueOn: string | null;
  /** What kind of item it is: it says what is to be done by that day. Without it: something is to be sent. */
  readonly kind?: WorkItemKind;
}

/** What a person does by the day to act by, and how it is said when that day is over. */
const deeds: Readonly<Record<WorkItemKind, readonly [toDo: string, late: string]>> = {
  'authorization.request': ['Send', 'Should have been sent'],
  'authorization.send': ['Send', 'Should have been sent'],
  'authorization.answer': ['Get the answer', 'The answer was needed'],
  'authorization.partial': ['Decide', 'Should have been decided'],
  'authorization.denied': ['Appeal', 'Should have been appealed'],
  'authorization.uncertain': ['Settle', 'Should have been settled'],
  'authorization.held': ['Decide', 'Should have been decided'],
  'authorization.record': ['Enter', 'Should have been entered'],
  'authorization.number': ['Get the number', 'The number was needed'],
  'authorization.uncovered': ['Move the visit or call the payer', 'The payer should have been asked'],
  'eligibility.call': ['Call', 'The call was needed'],
  'eligibility.correct': ['Correct', 'Should have been corrected'],
  'claim.fix': ['Correct', 'Should have been corrected'],
  'claim.submit': ['Review', 'Should have been reviewed'],
  'claim.uncertain': ['Settle', 'Should have been settled'],
  'claim.send': ['Send', 'Should have been sent'],
  'claim.followUp': ['Ask the payer', 'The payer should have been asked'],
  'claim.denied': ['Decide', 'Should have been decided'],
  'claim.appeal': ['Appeal', 'Should have been appealed'],
  'claim.held': ['Decide', 'Should have been decided'],
  'claim.patientBalance': ['Decide', 'Should have been decided'],
  'claim.paymentPlan': ['Agree', 'Should have been agreed'],
  'remittance.unmatched': ['Match', 'Should have been matched'],
  'remittance.unbalanced': ['Look into it', 'Should have been looked into'],
  'file.upload': ['Upload', 'Should have been uploaded'],
  'patient.review': ['Review', 'Should have been reviewed'],
  'patient.welcome': ['Send', 'Should have been sent'],
  'patient.call': ['Call', 'Should have been called'],
  'patient.reply': ['Read', 'Should have been read'],
  'patient.planEnds': ['Decide', 'Should have been decided'],
  'patient.planUnknown': ['Look at it', 'Should have been looked at'],
  'patient.exercise': ['Look at it', 'Should have been looked at'],
  'patient.redFlag': ['Look at it', 'Should have been looked at'],
  'patient.intake': ['Review', 'Should have been reviewed'],
  'patient.videoLink': ['Enter', 'Should have been entered'],
  'waitlist.book': ['Book', 'Should have been booked'],
  'waitlist.unfilled': ['Look at it', 'Should have been looked at'],
  'waitlist.facts': ['Say what it is', 'Should have been offered'],
  'schedule.conflict': ['Mend it', 'Should have been mended'],
  'series.proposal': ['Look through it', 'Should have been looked through'],
  'series.book': ['Book', 'Should have been booked'],
  'patient.conflict': ['Decide', 'Should have been decided'],
  'record.enter': ['Enter', 'Should have been entered'],
  'record.send': ['Review', 'Should have been reviewed'],
  'record.gone': ['Look at it', 'Should have been looked at'],
  'patient.merge': ['Decide', 'Should have been decided'],
  'visits.disagree': ['Correct', 'Should have been corrected'],
  'patient.missedSeveral': ['Decide', 'Should have been decided'],
  'patient.checkIn': ['Ask them', 'Should have been asked'],
  'documentation.overdue': ['Write it', 'Should have been written'],
  'documentation.certification': ['Get it signed', 'Should have been certified'],
  'documentation.audit': ['Look it over', 'Should have been looked over'],
  'note.enter': ['Enter', 'Should have been entered'],
  'note.uncertain': ['Settle', 'Should have been settled'],
  'flow.missing': ['Publish', 'Should have been published'],
  'flow.task': ['Do it', 'Should have been done'],
};

export interface Ranking {
  readonly priority: Priority;
  readonly reason: string;
}

/** Today and tomorrow: too late for any payer's ordinary answer, so the visit itself must be decided about. */
const atOnceDays = 1;
/** Two working days in hand, or a weekend. */
const soonDays = 2;
/** This week. */
const weekDays = 7;

/**
 * Ranks an item: 1 a visit is lost today or tomorrow, or already; 2 it can no longer be saved in time unless somebody
 * acts at once, or a missing flow holds up every request; 3 act this week; 4 a loss is known, later; 5 nothing known is lost.
 */
export function rank(stake: Stake, now: { readonly date: string }): Ranking {
  const today = dayNumber(now.date);
  const loss = stake.lossOn === null ? null : dayNumber(stake.lossOn) - today;
  const act = stake.actBy === null ? null : dayNumber(stake.actBy) - today;
  const due = stake.dueOn === null ? null : dayNumber(stake.dueOn) - today;
  if (stake.kind === 'flow.missing') return { priority: 2, reason: 'Requests wait until a flow is published' };
  if (loss !== null && loss <= atOnceDays) {
    return {
      priority: 1,
      reason: loss < 0 ? 'A booked visit was not covered' : `A visit ${inDays(loss)} is not covered`,
    };
  }
  const [toDo, late] = deeds[stake.kind ?? 'authorization.send'];
  if (act !== null && act < 0) return { priority: 2, reason: `${late} ${ago(act)}${lossWords(loss)}` };
  if (act !== null && act <= soonDays) return { priority: 2, reason: `${toDo} ${inDays(act)}${lossWords(loss)}` };
  if (act !== null && act <= weekDays) return { priority: 3, reason: `${toDo} ${inDays(act)}${lossWords(loss)}` };
  if (due !== null && due < 0) return { priority: 3, reason: `Was due ${ago(due)}` };
  if (loss !== null) return { priority: 4, reason: `First uncovered visit ${inDays(loss)}` };
  if (act !== null) return { priority: 4, reason: `${toDo} ${inDays(act)}` };
  return { priority: 5, reason: 'No booked visit is known to be lost' };
}

function lossWords(loss: number | null): string {
  return loss === null ? '' : `; first uncovered visit ${inDays(loss)}`;
}

function inDays(days: number): string {
  if (days === 0) return 'today';
  return days === 1 ? 'tomorrow' : `in ${days} days`;
}

function ago(days: number): string {
  return days === -1 ? 'yesterday' : `${-days} days ago`;
}
