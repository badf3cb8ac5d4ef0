// Claims followed by real workflows, from the claim file to the books, with PostgreSQL, Temporal and the simulated clearinghouse.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { remittanceFile } from '../../../domain/posting/testing/remittances.ts';
import type { Decided } from '../../../domain/posting/testing/remittances.ts';
import { listOf } from '../testing/clinic.ts';
import { followedClaims } from './testing/followed-claims.ts';
import type { FollowedClaims } from './testing/followed-claims.ts';

let clinic: FollowedClaims;

beforeAll(async () => {
  clinic = await followedClaims();
}, 180_000);

afterAll(async () => {
  await clinic?.stop();
}, 60_000);

const chargeCents = 18_050;
const decided = (number: string, more: Partial<Decided> = {}): Decided => ({
  number,
  chargeCents,
  payerClaimNumber: `ICN${number}`,
  day: '2026-11-02',
  ...more,
});
const contractual = ['CO', '45', 6_000] as const;
const journal = async () => listOf(await clinic.sandbox.get('/sandbox/change-healthcare/journal'), 'claims');

test('a claim is checked, approved, sent once, acknowledged, paid and closed', async () => {
  const claim = await clinic.at.imported({ patientControlNumber: 'PAID1' });
  expect(await clinic.track(claim)).toEqual({ item: claim, claim, outcome: 'started' });
  const workItem = await clinic.item(claim, 'claim.submit');
  expect(await clinic.track(claim)).toMatchObject({ outcome: 'followed' });
  expect(await clinic.at.submission(claim)).toMatchObject({ outcome: 'alreadyOpen', structure: { workItem } });
  await clinic.decide(workItem, 'approve');
  await clinic.until(claim, 'sent');
  expect((await journal()).filter((one) => one['patientControlNumber'] === 'PAID1')).toHaveLength(1);

  await clinic.readReports();
  await clinic.until(claim, 'pending');
  const remittance = remittanceFile([{ trace: 'PAID1', claims: [decided('PAID1', { adjustments: [contractual] })] }]);
  await clinic.receive(remittance);
  await clinic.until(claim, 'closed');
  await clinic.receive(remittance);
  await clinic.readReports();
  expect(await clinic.events(claim)).toEqual([
    'submissionOpened',
    'submissionApproved',
    'submitted',
    'acknowledged',
    'closed',
  ]);
}, 120_000);
