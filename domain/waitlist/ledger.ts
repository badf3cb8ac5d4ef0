// The story of a freed slot, one line for each who waited: why asked, why not, what came of it. "Why not me?" has an answer.
import type { Offer, SlotState } from './offer.ts';
import type { Ranked, Ranking } from './rank.ts';

/** What became of one who waited, in words that hold no name. */
export interface LedgerLine extends Ranked {
  readonly offer: Offer | null;
  readonly words: string;
}

/** The ledger of a slot: as many lines as the ranking has. */
export function ledger(ranking: Ranking, state: SlotState): readonly LedgerLine[] {
  const offers = new Map(state.offers.map((offer) => [offer.entry, offer]));
  return ranking.lines.map((line) => {
    const offer = offers.get(line.entry) ?? null;
    return { ...line, offer, words: offer === null ? notAsked(line, state) : asked(line, offer) };
  });
}

const outcomes: Readonly<Record<Offer['outcome'], string>> = {
  open: 'is asked just now',
  accepted: 'said yes and has the slot',
  declined: 'said no',
  expired: 'did not answer in time',
  taken: 'was asked at the same time as another, who answered first',
  withdrawn: 'was asked, then staff took the slot back',
  notEligible: 'said yes but cannot use the slot any more',
  undelivered: 'could not be asked',
};

function asked({ place, parts }: Ranked, { outcome, why, lateYes }: Offer): string {
  const reasons = parts.map(({ words, points }) => `${words} (${points > 0 ? '+' : ''}${points})`).join('; ');
  const end = `${outcomes[outcome]}${why === null ? '' : `: ${why}`}${lateYes ? '; said yes later, the place is kept' : ''}`;
  return `Place ${place ?? '?'}${reasons === '' ? '' : ` (${reasons})`}: ${end}.`;
}

function notAsked({ entry, eligible, place, against, unknown }: Ranked, state: SlotState): string {
  if (eligible === 'no') return `Not asked: ${against.map(({ words }) => words).join('; ')}.`;
  const queued = state.queue.some((one) => one.entry === entry);
  const waits = queued && (state.phase === 'offering' || state.phase === 'held');
  if (eligible === 'confirm' && !queued)
    return `Place ${place ?? '?'}, not asked: staff have to find out first. ${unknown.map(({ words }) => words).join('; ')}.`;
  if (waits) return `Place ${place ?? '?'}: is asked if those before do not take it.`;
  if (state.phase === 'takenBack') return `Place ${place ?? '?'}, not asked: staff took the slot back.`;
  if (state.phase === 'lapsed') return `Place ${place ?? '?'}, not asked: too little time was left.`;
  return `Place ${place ?? '?'}, not asked: somebody with an earlier place took the slot.`;
}
