// How far a freed slot has come, as a flow sees it: its state, counts, and one line for each who waited. References and rules, no words.
import { ledger } from '../../domain/waitlist/ledger.ts';
import type { Db } from '../database/tables.ts';
import { slotRow } from './needs.ts';

/** Throws `reference.unknown`. */
export async function slotSummary(db: Db, clinic: string, ref: string) {
  const { facts, ranking, state, phase, appointment, wakes_at: wakes } = await slotRow(db, clinic, ref);
  const lines = ledger(ranking, state);
  const winner = state.offers.find(({ id }) => id === state.winner);
  return {
    slot: ref,
    phase,
    appointment,
    start: facts.start,
    minutes: facts.minutes,
    nextAt: wakes?.toISOString() ?? null,
    waited: lines.length,
    asked: state.offers.length,
    toAsk: state.queue.length,
    needStaff: lines.filter(
      ({ eligible, entry, offer }) =>
        eligible === 'confirm' && offer === null && !state.queue.some((one) => one.entry === entry),
    ).length,
    winner: winner?.patient ?? null,
    ledger: lines.map(({ entry, patient, place, eligible, offer, against, unknown }) => ({
      entry,
      patient,
      place,
      eligible,
      outcome: offer?.outcome ?? null,
      rules: [...against, ...unknown].map(({ rule }) => rule),
    })),
  };
}
