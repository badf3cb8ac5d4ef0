// Claim statuses at Availity over real HTTP: searched for, looked after, answered and taken out.
import { describe, expect, test } from 'vitest';
import type { ClaimStatusRequest } from '../../domain/claim/status.ts';
import { listAt } from '../json.ts';
import { sampleClaimStatusRequest } from '../testing/requests.ts';
import { availityOperations } from './operations.ts';
import { pendingIn, simulatedAvaility } from './testing/simulated.ts';

const claimStatus = availityOperations['availity.claimStatus.check'];
const { sandbox, context, fail, set, counts } = simulatedAvaility();

describe('a claim status', () => {
  const ask = (request: ClaimStatusRequest, vendorRequestId: string | null = null) =>
    claimStatus.run(context(), { request, vendorRequestId });

  test('is searched for by POST, looked after, answered and taken out', async () => {
    await set({ notReady: 1 });
    const request = sampleClaimStatusRequest();
    const { vendorRequestId } = pendingIn(await ask(request));
    expect(pendingIn(await ask(request, vendorRequestId)).vendorRequestId).toBe(vendorRequestId);
    const outcome = await ask(request, vendorRequestId);
    expect(outcome).toMatchObject({
      kind: 'done',
      result: {
        kind: 'answered',
        answer: {
          statuses: [],
          claims: [
            {
              patientControlNumber: 'CLAIM0001',
              from: '2026-11-02',
              to: '2026-11-02',
              statuses: [{ source: 'claimStatuses[0].statusDetails[0]' }],
            },
          ],
        },
      },
    });
    expect(await counts('claim-statuses')).toEqual({ asked: 1, lookedUp: 2, deleted: 1, held: 0 });
  });

  test('that comes at once needs no look-up, and says the same', async () => {
    const request = sampleClaimStatusRequest();
    const later = await ask(request, pendingIn(await ask(request)).vendorRequestId);
    await set({ atOnce: true });
    const atOnce = await ask(request);
    const claimsIn = (outcome: typeof later) =>
      outcome.kind === 'done' && outcome.result.kind === 'answered'
        ? outcome.result.answer.claims.map(({ trace: _, ...claim }) => claim)
        : outcome;
    expect(claimsIn(atOnce)).toEqual(claimsIn(later));
    expect(await counts('claim-statuses')).toEqual({ asked: 2, lookedUp: 1, deleted: 2, held: 0 });
  });

  test('of a paid claim brings both amounts in cents; one that is pending has no payment, not a payment of 0', async () => {
    await set({ atOnce: true });
    const seen = new Map<string, { chargeCents: number | null; paidCents: number | null }>();
    for (let day = 1; day <= 28; day += 1) {
      const date = `2026-10-${String(day).padStart(2, '0')}`;
      const request = sampleClaimStatusRequest();
      const outcome = await ask({ ...request, claim: { ...request.claim, from: date, to: date } });
      if (outcome.kind !== 'done' || outcome.result.kind !== 'answered') throw new Error('not answered');
      const status = outcome.result.answer.claims[0]?.statuses[0];
      if (status) seen.set(status.category, status);
    }
    expect(seen.get('F1')).toMatchObject({ code: '65', chargeCents: 18_000, paidCents: 14_400 });
    expect(seen.get('F2')).toMatchObject({ paidCents: 0 });
    expect(seen.get('P1')).toMatchObject({ chargeCents: 18_000, paidCents: null });
  });

  test.each([
    ['gatewayTimeoutAfterAccepting', 'claimStatus', 'vendor.unavailable'],
    ['throttled', 'claimStatus', 'vendor.throttled'],
  ])('whose question suffers %s may be asked again', async (fault, on, code) => {
    await fail({ fault, on });
    const request = sampleClaimStatusRequest();
    expect(await ask(request)).toMatchObject({ kind: 'notSent', code });
    expect((await ask(request)).kind).toBe('done');
    expect(listAt(await sandbox().get('/sandbox/availity/inquiries'), 'entries')).toHaveLength(1);
  });

  test('that lacks what Availity demands is rejected by field', async () => {
    const request = sampleClaimStatusRequest();
    expect(await ask({ ...request, subscriber: { ...request.subscriber, memberId: null } })).toEqual({
      kind: 'rejected',
      code: 'vendor.rejected',
      reasons: [{ code: 'invalid', field: 'subscriber.memberId' }],
    });
  });

  test('of a payer that is not known is rejected with the payer’s code', async () => {
    await set({ atOnce: true });
    const outcome = await ask({ ...sampleClaimStatusRequest(), payer: { id: 'NOBODY', name: 'Nobody' } });
    expect(outcome).toEqual({
      kind: 'rejected',
      code: 'vendor.rejected',
      reasons: [{ code: '79', field: 'payer.id' }],
    });
  });

  test('that Availity has forgotten is asked anew; one whose payer was not reached later', async () => {
    const request = sampleClaimStatusRequest();
    const { vendorRequestId } = pendingIn(await ask(request));
    await fail(
      { fault: 'gone', on: 'claimStatusGet' },
      { fault: 'statusCode', on: 'claimStatusGet', statusCode: '15' },
    );
    const again = pendingIn(await ask(request, vendorRequestId)).vendorRequestId;
    expect(again).not.toBe(vendorRequestId);
    expect(await ask(request, again)).toMatchObject({ kind: 'notSent', code: 'vendor.unavailable' });
  });
});
