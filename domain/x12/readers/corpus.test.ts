// Public files of inquiries, claim statuses and acknowledgments, read in full. They stand beside the checkout, not in it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { setsIn } from '../testing/sets.ts';
import type { TransactionSet } from '../transaction-set.ts';
import { readClaimAcknowledgments } from './claim-acknowledgment.ts';
import { readClaimStatusInquiries } from './claim-status-inquiry.ts';
import { readClaimStatuses } from './claim-status-response.ts';
import { readEligibilityInquiries } from './eligibility-inquiry.ts';
import { readImplementationAcknowledgment } from './implementation-acknowledgment.ts';

const data = join(import.meta.dirname, '../../../../shared/data/x12');
const isThere = existsSync(data);

interface Found {
  readonly file: string;
  readonly set: TransactionSet;
}

function setsOf(type: string, guide: string): Found[] {
  if (!isThere) return [];
  return readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const file = entry.name.replace(/^(cosyte__x12|imsweb__x12-parser|LinuxForHealth__x12)__/, '');
      return setsIn(readFileSync(join(entry.parentPath, entry.name))).map((set) => ({ file, set }));
    })
    .filter(({ set }) => set.type === type && set.version.includes(guide))
    .sort((a, b) => a.file.localeCompare(b.file));
}

/** Files in which something is wrong or left over, with what. */
function odd(
  found: readonly Found[],
  read: (set: TransactionSet) => { faults: readonly { code: string }[]; others: readonly { source: string }[] },
) {
  return found
    .map(({ file, set }) => {
      const { faults, others } = read(set);
      return [file, ...faults.map(({ code }) => code), ...others.map(({ source }) => source)];
    })
    .filter((line) => line.length > 1);
}

test.skipIf(isThere)(
  'the public X12 files are not there: they are read where ../shared/data stands beside the checkout',
  () => {
    expect(setsOf('270', '')).toEqual([]);
  },
);

test.skipIf(!isThere)('the public 270 are read in full, those made to be wrong with what is wrong', () => {
  const found = setsOf('270', '');
  expect(found.length).toBeGreaterThanOrEqual(15);
  expect(odd(found, readEligibilityInquiries)).toEqual([
    ['270-dangling-parent.edi', 'hl.parent'],
    ['270-duplicate-hl-id.edi', 'hl.duplicate'],
    ['270-hl-cycle.edi', 'hl.cycle'],
    ['270-missing-hierarchy.edi', 'loop.missing'],
    ['270-no-inquiry.edi', 'loop.missing'],
    ['270-two-transactions.edi', 'loop.missing'],
  ]);
  const left = found.flatMap(({ set }) => readEligibilityInquiries(set).values.flatMap(({ others }) => others));
  expect(left).toEqual([]);
});

test.skipIf(!isThere)('the public 276 ask about every claim with its charge and trace', () => {
  const found = setsOf('276', 'X212');
  expect(odd(found, readClaimStatusInquiries)).toEqual([]);
  const claims = found.map(({ file, set }) => [
    file,
    ...readClaimStatusInquiries(set).values.map(({ trace, chargeCents, dependent }) =>
      [trace.number, chargeCents, dependent === null ? 'subscriber' : 'dependent'].join(' '),
    ),
  ]);
  expect(claims).toEqual([
    ['claim-level-status-ncpdp.276', 'ABCXYZ1 8500 subscriber'],
    ['claim-level-status.276', 'ABCXYZ1 851388 subscriber', 'ABCXYZ2 759900 subscriber', 'ABCXYZ3  dependent'],
    ['information-receiver-level-status.276', 'ABCXYZ1 851388 subscriber'],
    ['provider-level-status.276', 'ABCXYZ1 851388 subscriber', 'ABCXYZ3  dependent'],
  ]);
});

test.skipIf(!isThere)('the public 277 answer for every claim, or say why they do not', () => {
  const found = setsOf('277', 'X212');
  expect(odd(found, readClaimStatuses)).toEqual([]);
  const answers = found.map(({ file, set }) => {
    const { claims, statuses } = readClaimStatuses(set).value;
    return [file, claims.length, claims.flatMap((claim) => claim.statuses).length, statuses.length];
  });
  expect(answers).toEqual([
    ['277-canonical.edi', 1, 1, 0],
    ['277-unknown-status.edi', 1, 1, 0],
    ['277.edi', 1, 1, 0],
    ['claim-level-status-ncpdp.277', 1, 1, 0],
    ['claim-level-status.277', 3, 3, 0],
    ['information-receiver-level-status.277', 0, 0, 1],
    ['provider-level-status.277', 1, 1, 1],
    ['x12_277_x212.txt', 8, 8, 0],
  ]);
});

test.skipIf(!isThere)('the public 277CA tell of each claim whether it was accepted', () => {
  const found = setsOf('277', 'X214');
  expect(odd(found, readClaimAcknowledgments)).toEqual([['277ca-hl-orphan.edi', 'hl.parent']]);
  const verdicts = found.map(({ file, set }) => [
    file,
    ...readClaimAcknowledgments(set).claims.map(({ verdict: { outcome, basis } }) => `${outcome} by ${basis}`),
  ]);
  expect(verdicts).toEqual([
    ['277ca-canonical.edi', 'rejected by both'],
    ['277ca-hl-orphan.edi', 'rejected by both'],
    ['277ca.edi', 'rejected by both'],
    ['x12_277CA_accepted.txt', 'accepted by both'],
    // Its category rejects the claim, its action does not.
    ['x12_277CA_rejected.txt', 'rejected by contradiction'],
  ]);
});

test.skipIf(!isThere)('the public 999 tell of each transaction set what became of it', () => {
  const found = setsOf('999', 'X231');
  expect(odd(found, readImplementationAcknowledgment)).toEqual([]);
  const outcomes = found.map(({ file, set }) => {
    const { group, transactions } = readImplementationAcknowledgment(set).value;
    return [file, group.outcome, ...transactions.map(({ outcome, segments }) => `${outcome ?? ''} ${segments.length}`)];
  });
  expect(outcomes).toEqual([
    ['999-accept-with-errors.edi', 'acceptedWithErrors', 'acceptedWithErrors 1'],
    ['999-accept.edi', 'accepted', 'accepted 0'],
    ['999-reject-control-number-mismatch.edi', 'rejected', 'rejected 0'],
    ['999.edi', 'accepted', 'accepted 0'],
    ['x12_999_accepted.txt', 'accepted', 'accepted 0'],
    ['x12_999_rejected.txt', 'rejected', 'rejected 1'],
  ]);
});
