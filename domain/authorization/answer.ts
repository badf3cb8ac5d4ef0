// A payer's answer laid onto the period it answers: what was asked for stays, what was approved stands beside it.
import { classifyNumber } from './number.ts';
import type { AnswerStatus, AnswerStructure, AuthorizationAnswer } from './answer-schema.ts';
import type { Period, PeriodStatus, Quantity } from './schema.ts';

/** The part of an answer that may travel: dates, counts and codes; the number is replaced by its class. */
export function answerStructure(answer: AuthorizationAnswer): AnswerStructure {
  return {
    status: answer.status,
    number: classifyNumber(answer.number),
    visitsApproved: answer.visitsApproved,
    unitsApproved: answer.unitsApproved,
    from: answer.from,
    to: answer.to,
    reasonCodes: [...answer.reasonCodes],
    receivedAt: answer.receivedAt,
  };
}

/**
 * The status an answer means for what was asked: "approved" for fewer visits or units than requested is a partial
 * approval, whatever the payer calls it; `unknown` and `pended` leave the request pending.
 */
export function effectiveStatus(answer: AnswerStructure, requested: Quantity): Exclude<AnswerStatus, 'unknown'> {
  const status = answer.status === 'unknown' ? 'pended' : answer.status;
  if (status !== 'approved') return status;
  return isLess(answer.visitsApproved, requested.visits) || isLess(answer.unitsApproved, requested.units)
    ? 'partlyApproved'
    : 'approved';
}

/** Only two known counts can be compared. */
function isLess(approved: number | null, requested: number | null): boolean {
  return approved !== null && requested !== null && approved < requested;
}

/**
 * Applies an answer to the period it belongs to. The requested quantity is never touched; an approval that names no
 * count leaves the approved count unknown; an approval that names no dates keeps the dates asked for. A decided request
 * is not undone by a late "pended". The answer to an appeal changes the period only if the appeal won something.
 * @param on the day of the answer in the clinic's zone
 */
export function applyAnswer(period: Period, answer: AnswerStructure, on: string, asAppeal = false): Period {
  const status = effectiveStatus(answer, period.requested);
  const decided = status !== 'pended';
  if (asAppeal) {
    const appeal = {
      status,
      submittedOn: period.appeal?.submittedOn ?? null,
      decidedOn: decided ? on : null,
    };
    const won = status === 'approved' || status === 'partlyApproved';
    return won ? { ...approve(period, answer, status, on), appeal } : { ...period, appeal };
  }
  if (status === 'approved' || status === 'partlyApproved') return approve(period, answer, status, on);
  if (!decided) return isDecided(period) ? period : { ...period, status };
  return { ...period, status, decidedOn: on };
}

function isDecided(period: Period): boolean {
  return period.status !== 'requested' && period.status !== 'pended';
}

function approve(period: Period, answer: AnswerStructure, status: PeriodStatus, on: string): Period {
  return {
    ...period,
    status,
    approved: { visits: answer.visitsApproved, units: answer.unitsApproved },
    from: answer.from ?? period.from,
    to: answer.to ?? period.to,
    number: answer.number,
    decidedOn: on,
  };
}
