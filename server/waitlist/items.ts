// What the waitlist asks of people: book who said yes, look at a slot nobody took, say what a freed visit is.
import { slotTimeInWords } from '../../domain/waitlist/slot-time.ts';
import type { SlotCommand } from '../../domain/waitlist/offer.ts';
import type { Trx } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { SlotRow, WaitlistNeeds } from './needs.ts';
import type { NeededFact } from './visit-facts.ts';

const by = systemPrincipal('waitlist');

/** The patient said yes: the schedule is written by a person. */
export async function openBookItem(
  needs: WaitlistNeeds,
  trx: Trx,
  row: SlotRow,
  of: { readonly ref: string; readonly patient: string },
): Promise<string> {
  const { clinic, facts } = row;
  const { workItem } = await needs.workItems.open(
    {
      clinic,
      key: `waitlist.book/${of.ref}`,
      kind: 'waitlist.book',
      subject: of.patient,
      workflow: null,
      dueAt: facts.start,
      context: { slot: row.ref, offer: of.ref, appointment: row.appointment },
      reason: `The patient took the freed slot ${slotTimeInWords(facts)}: book it in the schedule, it is held until then`,
    },
    by,
    trx,
  );
  return workItem;
}

type Unfilled = Extract<SlotCommand, { type: 'tellStaff' }>['what'];

function whyUnfilled({ state, ranking }: SlotRow, what: Unfilled): string {
  if (what === 'lapsed') return 'too little time was left to ask anybody more';
  if (what === 'takenBackAfterYes') return 'it was taken back after a patient had said yes: call the patient';
  const asked = new Set(state.offers.map(({ entry }) => entry));
  const doubtful = ranking.lines.filter(({ eligible, entry }) => eligible === 'confirm' && !asked.has(entry)).length;
  if (doubtful > 0)
    return `${doubtful} who wait may fit, and something about them is unknown: find out, then let them be asked`;
  return asked.size === 0 ? 'nobody who waits can use it' : 'everybody who could use it was asked, nobody took it';
}

/** A slot that goes no further by itself; said again where more were asked since. */
export async function openUnfilledItem(needs: WaitlistNeeds, trx: Trx, row: SlotRow, what: Unfilled): Promise<void> {
  const { clinic, ref, facts, state } = row;
  await needs.workItems.open(
    {
      clinic,
      key: `waitlist.unfilled/${ref}/${what}/${state.offers.length}`,
      kind: 'waitlist.unfilled',
      subject: ref,
      workflow: null,
      dueAt: facts.start,
      context: { slot: ref, what },
      reason: `The freed slot ${slotTimeInWords(facts)}: ${whyUnfilled(row, what)}`,
    },
    by,
    trx,
  );
}

const factWords: Readonly<Record<NeededFact, string>> = {
  startsAt: 'when it begins',
  minutes: 'how long it is',
  therapist: 'with whom it is',
  discipline: 'for which discipline it is',
};

/** One item asks for the facts of one visit. */
export function factsItemKey(appointment: string): string {
  return `waitlist.facts/${appointment}`;
}

/** @returns the item that asks staff what the freed visit is */
export async function openFactsItem(
  needs: WaitlistNeeds,
  trx: Trx,
  clinic: string,
  of: {
    readonly appointment: string;
    readonly patient: string;
    readonly date: string;
    readonly startsAt: Date | null;
    readonly missing: readonly NeededFact[];
  },
): Promise<string> {
  const { appointment, patient, date, startsAt, missing } = of;
  const { workItem } = await needs.workItems.open(
    {
      clinic,
      key: factsItemKey(appointment),
      kind: 'waitlist.facts',
      subject: patient,
      workflow: null,
      dueAt: startsAt?.toISOString() ?? null,
      context: { appointment, missing },
      reason: `A visit of ${date} was cancelled, and the schedule does not tell ${missing.map((fact) => factWords[fact]).join(', ')}: say it on the waitlist page, then the time is offered`,
    },
    by,
    trx,
  );
  return workItem;
}
