// What a payer's answer in a 278 means: HCR actions, certified quantities and dates as one AuthorizationAnswer.
import type { AuthorizationAnswer } from '../../authorization/answer-schema.ts';
import {
  agreedAction,
  countsMeant,
  isCertified,
  isLessThanAsked,
  reviewActions,
} from '../../authorization/review-actions.ts';
import type { ReviewAnswer } from '../../authorization/review-actions.ts';
import type { Quantity } from '../../authorization/schema.ts';
import type { Delivery } from '../../eligibility/answer.ts';
import { dateIn, referenceIn } from './parts.ts';
import type { ReviewPart, ReviewReject } from './service-review-parts.ts';

/**
 * @param part the event, or one service; null where the answer only refuses
 * @param services those of the event; what the event does not say they say together, where they agree
 * @param above refusals above the event
 * @param asked only a certification in total (A1) that names no count means what was asked
 * @param receivedAt an instant, ISO UTC
 */
export function answerOf(
  part: ReviewPart | null,
  services: readonly ReviewPart[],
  above: readonly ReviewReject[],
  asked: Quantity,
  receivedAt: string,
): ReviewAnswer {
  const parts = part === null ? [] : [part, ...services];
  const rejects = [...above, ...parts.flatMap((one) => one.rejects)];
  const action = actionOf(part, services);
  const status = action === null ? undefined : reviewActions[action];
  const reasons = parts.flatMap(({ decision }) => decision?.reasons ?? []);
  const texts = parts.flatMap(({ messages }) => messages);
  const granted = services.filter(({ decision }) => isCertified(decision?.action ?? null));
  const blank: AuthorizationAnswer = {
    status: status ?? 'unknown',
    number: part?.decision?.number ?? only(granted.map(({ decision }) => decision?.number ?? null)),
    visitsApproved: null,
    unitsApproved: null,
    from: null,
    to: null,
    reasonCodes: [...new Set([...reasons, ...rejects.map(({ code }) => `AAA${code ?? ''}`)].map(shortCode))],
    reasonText: texts.length === 0 ? null : [...new Set(texts)].join('\n'),
    vendorRequestId: part === null ? null : referenceIn(part.references, 'NT'),
    receivedAt,
  };
  // A refusal of the request is no decision about the services: nothing was reviewed.
  if (action === null) return { ready: rejects.length > 0, attention: true, answer: blank };
  if (status === undefined || action === 'CT' || action === 'NA') {
    const reasonCodes = [...new Set([...blank.reasonCodes, shortCode(action)])];
    return { ready: blank.status !== 'pended', attention: true, answer: { ...blank, reasonCodes } };
  }
  const attention = rejects.length > 0;
  if (status !== 'approved' && status !== 'partlyApproved') return { ready: true, attention, answer: blank };
  const whole = countsMeant(action, { visits: visitsOf(part, granted), units: unitsOf(part, granted) }, asked);
  const isPart = isLessThanAsked(whole, asked) || services.some(({ decision }) => decision?.action === 'A3');
  return {
    ready: true,
    attention,
    answer: {
      ...blank,
      status: isPart ? 'partlyApproved' : status,
      visitsApproved: whole.visits,
      unitsApproved: whole.units,
      from: fromOf(part) ?? only(granted.map(fromOf)),
      to: toOf(part) ?? only(granted.map(toOf)),
    },
  };
}

/** The event's own action, else the one on which its services agree. */
function actionOf(part: ReviewPart | null, services: readonly ReviewPart[]): string | null {
  return part?.decision?.action ?? agreedAction(services.map(({ decision }) => decision?.action ?? null));
}

/** How many of one period of HSD03 there are in one of HSD05: only a period by itself is counted, nothing is converted. */
const samePeriod: Readonly<Record<string, string>> = { DA: '7', WK: '35', MO: '34', YR: '21' };

/** A total, or so many in each of so many periods: three a week for four weeks are twelve. Null where it is told otherwise. */
function total({ quantity, frequency, frequencyPeriod, period, periods }: Delivery): number | null {
  if (quantity === null) return null;
  if (frequencyPeriod === null && frequency === null && period === null && periods === null) return quantity;
  const isCounted = frequencyPeriod !== null && samePeriod[frequencyPeriod] === period && periods !== null;
  return isCounted && (frequency === null || frequency === 1) ? quantity * periods : null;
}

function counted(part: ReviewPart | null, ...units: readonly string[]): number | null {
  const { delivery = null } = part ?? {};
  const count = delivery !== null && units.includes(delivery.unit ?? '') ? total(delivery) : null;
  return count !== null && Number.isInteger(count) && count >= 0 ? count : null;
}

/** The event's visits, or those of its only certified service: visits of several may be the same ones. */
function visitsOf(part: ReviewPart | null, granted: readonly ReviewPart[]): number | null {
  const [first, ...more] = granted;
  return counted(part, 'VS') ?? (first !== undefined && more.length === 0 ? counted(first, 'VS') : null);
}

/** The event's units, or the sum of those certified, where each of them is told. */
function unitsOf(part: ReviewPart | null, granted: readonly ReviewPart[]): number | null {
  const own = counted(part, 'FL', 'UN') ?? (part === null ? null : unitsIn(part));
  if (own !== null || granted.length === 0) return own;
  const counts = granted.map(unitsIn).filter((count) => count !== null);
  return counts.length === granted.length ? counts.reduce((sum, count) => sum + count, 0) : null;
}

function unitsIn(part: ReviewPart): number | null {
  if (part.unit !== 'UN' || part.quantity === null) return counted(part, 'FL', 'UN');
  return Number.isInteger(part.quantity) && part.quantity >= 0 ? part.quantity : null;
}

/** DTP*007 the certification's own dates, else those of the event (AAH) or the service (472). */
function fromOf(part: ReviewPart | null): string | null {
  return part === null ? null : (dateIn(part.dates, '007')?.from ?? dateIn(part.dates, 'AAH', '472')?.from ?? null);
}

function toOf(part: ReviewPart | null): string | null {
  if (part === null) return null;
  const expires = dateIn(part.dates, '036');
  return expires?.to ?? expires?.from ?? dateIn(part.dates, '007')?.to ?? dateIn(part.dates, 'AAH', '472')?.to ?? null;
}

/** The one value that all who say something say. */
function only(values: readonly (string | null)[]): string | null {
  const told = new Set(values.filter((value) => value !== null));
  return told.size === 1 ? ([...told][0] ?? null) : null;
}

/** A code as it may be shown; what has not the shape of one may be a payer's sentence and stays behind. */
function shortCode(code: string): string {
  return /^[A-Za-z0-9]{1,5}$/.test(code) ? code : 'unreadable';
}
