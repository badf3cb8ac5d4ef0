// What people do about a claim of the synthetic clinic: a patient's payment is entered, a claim is taken back.
import type { Role, Session } from '../api.ts';
import { canBeTakenBack } from '../claims.ts';
import type { ClaimPage } from '../claims.ts';
import { dateInZone } from '../dates.ts';
import { ok, refused } from './answers.ts';
import type { Answer, Body } from './answers.ts';
import type { ClaimSeed } from './claims.ts';
import { zone } from './people.ts';

/** A payment that a person took, by the key it was sent under. */
export interface EnteredPayment {
  readonly key: string;
  readonly claim: string;
  readonly on: string;
  readonly cents: number;
  readonly method: string | null;
}

interface Books {
  readonly claims: ClaimSeed;
  readonly payments: Map<string, EnteredPayment>;
}

const mayEnter: readonly Role[] = ['biller', 'frontDesk', 'admin'];
const mayTakeBack: readonly Role[] = ['biller', 'admin'];
const methods = ['cash', 'check', 'card', 'other'];

/** Null where the path is another one. */
export function claimDeed(path: string, body: Body, by: { session: Session; now: Date }, books: Books): Answer | null {
  const [, ref = '', deed] = /^\/v1\/console\/claims\/(\w+)\/(payments|take-back)$/.exec(path) ?? [];
  if (deed === undefined) return null;
  const roles = deed === 'payments' ? mayEnter : mayTakeBack;
  if (!by.session.user.roles.some((role) => roles.includes(role)))
    return refused(403, 'access.forbidden', `This needs the role ${roles.join(' or ')}.`);
  const page = books.claims.pages.get(ref);
  if (page === undefined) return refused(404, 'reference.unknown', 'There is no such claim.');
  return deed === 'payments' ? enter(body, page, by.now, books) : takeBack(page, by.now, books);
}

function enter(body: Body, { claimRef: claim }: ClaimPage, now: Date, { payments }: Books): Answer {
  const { key, cents, paidOn, method = null } = body;
  const isKey = typeof key === 'string' && /^[0-9A-Za-z-]{16,64}$/.test(key);
  const isAmount = typeof cents === 'number' && Number.isInteger(cents) && Math.abs(cents) <= 10_000_000;
  const isDay = typeof paidOn === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(paidOn);
  const isMethod = method === null || (typeof method === 'string' && methods.includes(method));
  if (!isKey || !isAmount || !isDay || !isMethod) return refused(400, 'input.invalid', 'A field has another shape.');
  if (cents === 0)
    return refused(400, 'input.invalid', 'A payment of nothing is none.', 'Enter what was paid.', 'cents');
  if (paidOn > dateInZone(now, zone)) {
    const fix = 'Enter the day on which it was paid.';
    return refused(400, 'input.invalid', 'This day has not come yet.', fix, 'paidOn');
  }
  const known = payments.get(key);
  if (known !== undefined && (known.claim !== claim || known.cents !== cents || known.on !== paidOn)) {
    const message = 'Another payment was entered under this key.';
    return refused(409, 'state.conflict', message, 'Enter the payment again.', 'key');
  }
  if (known !== undefined) return ok({ outcome: 'known' });
  payments.set(key, { key, claim, on: paidOn, cents, method });
  return ok({ outcome: 'posted' });
}

function takeBack(page: ClaimPage, now: Date, { claims }: Books): Answer {
  const { claimRef: claim, life, timeline } = page;
  const refusal = (message: string): Answer => refused(409, 'decision.refused', message, undefined, 'claim');
  if (life === null) return refusal('The flow that waited for it has ended.');
  if (!canBeTakenBack(life.state)) return refusal('Only a claim that the payer has can be taken back.');
  // Nobody has acknowledged it yet.
  if (life.state === 'sent')
    return refusal("The payer's own number of the claim is not known yet; a void must name it.");
  const at = now.toISOString();
  claims.pages.set(claim, {
    ...page,
    workItem: null,
    life: { ...life, state: 'inReview', since: at, dueBy: null, denial: null },
    timeline: [...timeline, { at, event: 'submissionOpened', by: null, detail: null }],
  });
  return ok({ claim, outcome: 'inReview' });
}
