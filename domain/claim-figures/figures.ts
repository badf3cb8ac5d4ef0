// How claims went: checked, sent, accepted, decided, denied and won back. Pure; the figures of two payers add up to those of both.
import type { DenialClass } from '../claim/denial-schema.ts';
import type { ClaimFacts } from './facts.ts';
import { centSum, daysFrom, daysSpent, share } from './sums.ts';
import type { CentSum, DaysSpent } from './sums.ts';

/** What payers denied at first, by its codes; `claims` of them bear it. */
export interface DenialFigures {
  readonly class: DenialClass;
  readonly group: string;
  readonly reason: string;
  readonly claims: number;
  readonly cents: number;
}

/** Counts are of claims. Null: of none of them it is known. Shares are of 1. */
export interface ClaimFigures {
  readonly claims: number;
  readonly checked: number;
  readonly withFindings: number | null;
  /** Something was found, before it was sent, that must not go out so; and of these, what was corrected or let stand since. */
  readonly stopped: number | null;
  readonly stoppedAndSettled: number | null;
  readonly overridden: number | null;
  /** By Gait, or by whatever the clinic billed with: who was answered has sent. */
  readonly sent: number;
  /** By the first word anybody said of it. */
  readonly accepted: number | null;
  readonly sentBack: number | null;
  readonly notAnswered: number;
  readonly acceptanceShare: number | null;
  /** By the payer's first decision: nothing denied; something denied and something paid; something denied and nothing paid. */
  readonly decided: number;
  readonly paidInFull: number | null;
  readonly paidPartly: number | null;
  readonly denied: number | null;
  /** A first decision that denies something, wholly or partly. */
  readonly denialShare: number | null;
  readonly denials: readonly DenialFigures[];
  /** Of the claims of which something was denied at first and which a workflow follows; the others are `deniedNotFollowed`. */
  readonly corrected: number | null;
  readonly appealed: number | null;
  readonly wonByCorrection: number | null;
  readonly wonByAppeal: number | null;
  readonly deniedNotFollowed: number;
  readonly recoveredCents: CentSum;
  /** Whole days from the signing of the last note to the day the claim was taken in. */
  readonly noteToTakenIn: DaysSpent;
  readonly takenInToSent: DaysSpent;
  readonly sentToAcknowledged: DaysSpent;
  readonly sentToDecided: DaysSpent;
  readonly decidedToClosed: DaysSpent;
}

export function claimFigures(claims: readonly ClaimFacts[]): ClaimFigures {
  const lives = claims.map(lifeOf);
  const checked = lives.filter(({ facts }) => facts.check !== null);
  const sent = lives.filter(({ wasSent }) => wasSent);
  const answered = sent.filter(({ isSentBack }) => isSentBack !== null);
  const sentBack = answered.filter(({ isSentBack }) => isSentBack === true).length;
  const decided = lives.filter(({ first }) => first !== null);
  const denied = decided.filter(({ first }) => first?.isDenied === true);
  const paidPartly = denied.filter(({ first }) => (first?.paidCents ?? 0) > 0).length;
  const followed = denied.filter(({ facts }) => facts.isFollowed);
  const answeredDenials = followed.filter(({ corrected, appealed }) => corrected || appealed);
  const countOf = (those: readonly Life[], fits: (life: Life) => boolean): number | null =>
    those.length === 0 ? null : those.filter(fits).length;
  return {
    claims: claims.length,
    checked: checked.length,
    withFindings: countOf(checked, ({ facts }) => (facts.check?.findings ?? 0) > 0),
    stopped: countOf(checked, ({ wasStopped }) => wasStopped),
    stoppedAndSettled: countOf(checked, ({ wasStopped, facts }) => wasStopped && facts.check?.isStopped === false),
    overridden: countOf(checked, ({ facts }) => (facts.check?.overridden ?? 0) > 0),
    sent: sent.length,
    accepted: answered.length === 0 ? null : answered.length - sentBack,
    sentBack: answered.length === 0 ? null : sentBack,
    notAnswered: sent.length - answered.length,
    acceptanceShare: share(answered.length - sentBack, answered.length),
    decided: decided.length,
    paidInFull: decided.length === 0 ? null : decided.length - denied.length,
    paidPartly: decided.length === 0 ? null : paidPartly,
    denied: decided.length === 0 ? null : denied.length - paidPartly,
    denialShare: share(denied.length, decided.length),
    denials: denialsOf(denied),
    corrected: countOf(followed, ({ corrected }) => corrected),
    appealed: countOf(followed, ({ appealed }) => appealed),
    wonByCorrection: countOf(followed, ({ corrected, appealed, facts }) => corrected && !appealed && hasWon(facts)),
    wonByAppeal: countOf(followed, ({ appealed, facts }) => appealed && hasWon(facts)),
    deniedNotFollowed: denied.length - followed.length,
    recoveredCents: centSum(answeredDenials.map(({ facts }) => facts.recoveredCents)),
    noteToTakenIn: daysSpent(claims.map(({ daysSinceNote }) => daysSinceNote)),
    takenInToSent: daysSpent(sent.map(({ facts, sentAt }) => daysFrom(facts.takenInAt, sentAt))),
    sentToAcknowledged: daysSpent(
      sent.flatMap(({ sentAt, acknowledgedAt }) => (acknowledgedAt === null ? [] : [daysFrom(sentAt, acknowledgedAt)])),
    ),
    sentToDecided: daysSpent(decided.map(({ sentAt, first }) => daysFrom(sentAt, first?.receivedAt ?? null))),
    decidedToClosed: daysSpent(
      decided.flatMap(({ first, closedAt }) =>
        closedAt === null ? [] : [daysFrom(first?.receivedAt ?? null, closedAt)],
      ),
    ),
  };
}

interface Life {
  readonly facts: ClaimFacts;
  readonly wasSent: boolean;
  /** Null: by another than Gait, or not at all. */
  readonly sentAt: string | null;
  readonly wasStopped: boolean;
  /** By the first word of anybody; null: there is none. */
  readonly isSentBack: boolean | null;
  readonly acknowledgedAt: string | null;
  readonly first: ClaimFacts['decisions'][number] | null;
  readonly corrected: boolean;
  readonly appealed: boolean;
  readonly closedAt: string | null;
}

function lifeOf(facts: ClaimFacts): Life {
  const { events, answers, decisions, check } = facts;
  const sentAt = events.find(({ type }) => type === 'submitted')?.at ?? null;
  const first = decisions[0] ?? null;
  const told = events.flatMap(({ type, at }) =>
    type === 'sentBack' || type === 'acknowledged' ? [{ at, isSentBack: type === 'sentBack' }] : [],
  );
  const words = [...answers, ...told, ...decisions.map(({ receivedAt }) => ({ at: receivedAt, isSentBack: false }))];
  const [word] = words.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
  const deniedAt = decisions.find(({ isDenied }) => isDenied)?.postedAt ?? null;
  const later = deniedAt === null ? [] : events.filter(({ at }) => at > deniedAt);
  return {
    facts,
    wasSent: sentAt !== null || word !== undefined,
    sentAt,
    wasStopped: check !== null && check.stoppedAt !== null && (sentAt === null || check.stoppedAt < sentAt),
    isSentBack: word?.isSentBack ?? null,
    acknowledgedAt: told.find(({ isSentBack }) => !isSentBack)?.at ?? null,
    first,
    corrected: later.some(({ type, frequency }) => type === 'submitted' && frequency !== '8'),
    appealed: later.some(({ type }) => type === 'appealSent'),
    closedAt: events.findLast(({ type }) => type === 'closed')?.at ?? null,
  };
}

function hasWon({ recoveredCents }: ClaimFacts): boolean {
  return recoveredCents !== null && recoveredCents > 0;
}

/** The most money in front. */
function denialsOf(denied: readonly Life[]): DenialFigures[] {
  const all = denied.flatMap(({ facts, first }) => (first?.denials ?? []).map((one) => ({ ...one, ref: facts.ref })));
  return [...Map.groupBy(all, ({ class: kind, group, reason }) => [kind, group, reason].join(' ')).values()]
    .flatMap((those): DenialFigures[] => {
      const [one] = those;
      if (one === undefined) return [];
      const { class: kind, group, reason } = one;
      const cents = those.reduce((sum, { amountCents }) => sum + amountCents, 0);
      return [{ class: kind, group, reason, claims: new Set(those.map(({ ref }) => ref)).size, cents }];
    })
    .sort(
      (one, other) =>
        other.cents - one.cents || `${one.group} ${one.reason}`.localeCompare(`${other.group} ${other.reason}`),
    );
}
