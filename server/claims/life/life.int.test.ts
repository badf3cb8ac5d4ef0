// Claims followed by real workflows, from the claim file to the books, with PostgreSQL, Temporal and the simulated clearinghouse.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleClaim } from '../../../domain/claim/testing/claims.ts';
import { remittanceFile, reversed } from '../../../domain/posting/testing/remittances.ts';
import type { Decided } from '../../../domain/posting/testing/remittances.ts';
import { patientRow } from '../../authorizations/testing/followed.ts';
import { testDay } from '../../testing/days.ts';
import { asJson, listOf } from '../testing/clinic.ts';
import type { Json } from '../testing/clinic.ts';
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
const contractual = ['CO', '45', 6_000] as const;

function decided(number: string, more: Partial<Decided> = {}): Decided {
  return { number, chargeCents, payerClaimNumber: `ICN${number}`, day: '2026-11-02', ...more };
}

/** Typed, unlike Vitest's own. */
const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);
const file = (trace: string, ...claims: readonly Decided[]) => remittanceFile([{ trace, claims }]);

/** What the clearinghouse has of a claim, in the order it came. */
async function taken(number: string): Promise<Json[]> {
  const journal = listOf(await clinic.sandbox.get('/sandbox/change-healthcare/journal'), 'claims');
  return journal.filter((one) => one['patientControlNumber'] === number);
}

/** Under which keys the claim left. */
async function keys(claim: string): Promise<string[]> {
  const rows = await clinic.server.services.db
    .selectFrom('effects')
    .select('key')
    .where('key', 'like', `claim.submit/${claim}/%`)
    .where('state', '=', 'done')
    .orderBy('created_at')
    .execute();
  return rows.map(({ key }) => key);
}

/** Approved by a person and with the clearinghouse. */
async function sent(number: string, changes = {}): Promise<string> {
  const claim = await clinic.followed({ patientControlNumber: number, ...changes });
  await clinic.decide(await clinic.item(claim, 'claim.submit'), 'approve');
  await clinic.until(claim, 'sent');
  return claim;
}

/** Acknowledged by the payer. */
async function pending(number: string): Promise<string> {
  const claim = await sent(number);
  await clinic.readReports();
  await clinic.until(claim, 'pending');
  return claim;
}

test('a claim is checked, approved, sent once, acknowledged, paid and closed', async () => {
  const claim = await clinic.at.imported({ patientControlNumber: 'PAID1' });
  expect(await clinic.track(claim)).toEqual({ item: claim, claim, outcome: 'started' });
  const workItem = await clinic.item(claim, 'claim.submit');
  expect(await clinic.track(claim)).toMatchObject({ outcome: 'followed' });
  expect(await clinic.at.submission(claim)).toMatchObject({ outcome: 'alreadyOpen', structure: { workItem } });
  await clinic.decide(workItem, 'approve');
  await clinic.until(claim, 'sent');
  expect(await taken('PAID1')).toHaveLength(1);
  await clinic.readReports();
  await clinic.until(claim, 'pending');
  await clinic.receive(file('PAID1', decided('PAID1', { adjustments: [contractual] })));
  await clinic.until(claim, 'closed');
  const happened = ['submissionOpened', 'submissionApproved', 'submitted', 'acknowledged', 'closed'];
  expect(await clinic.events(claim)).toEqual(happened);

  await clinic.toldAgain(claim);
  await clinic.receive(file('PAID1', decided('PAID1', { adjustments: [contractual] })));
  await clinic.readReports();
  await clinic.settled();
  expect(await clinic.events(claim)).toEqual(happened);
  expect(await taken('PAID1')).toHaveLength(1);
}, 120_000);

test('what was sent back is corrected in the claim file and sent again under an approval of its own', async () => {
  const { subscriber } = sampleClaim();
  const claim = await sent('BACK1', { subscriber: { ...subscriber, memberId: 'HBR900100299' } });
  await clinic.sendBack('BACK1');
  const life = await clinic.until(claim, 'toFix');
  expect(life).toMatchObject({ frequency: '1', attempt: 1 });
  const fix = asJson((await clinic.at.page(await clinic.item(claim, 'claim.fix')))['item']);
  expect(fix['reason']).toBe('Sent back before anybody decided about it: A7 33');
  expect(await clinic.at.imported({ patientControlNumber: 'BACK1' })).toBe(claim);
  await clinic.decide(await clinic.item(claim, 'claim.submit'), 'approve');
  await clinic.until(claim, 'sent');
  expect(await taken('BACK1')).toHaveLength(2);
  await clinic.readReports();
  await clinic.until(claim, 'pending');
  expect(await clinic.events(claim)).toEqual([
    'submissionOpened',
    'submissionApproved',
    'submitted',
    'sentBack',
    'submissionOpened',
    'submissionApproved',
    'submitted',
    'acknowledged',
  ]);
}, 120_000);

test('a denied claim is corrected and goes as a replacement that names the payer’s own number', async () => {
  const claim = await pending('DENIED1');
  const denied = decided('DENIED1', { status: '4', adjustments: [['CO', '16', chargeCents]] });
  await clinic.receive(file('DENIED1', denied));
  const life = await clinic.until(claim, 'denied');
  expect(life['denial']).toMatchObject({ class: 'missingInformation', whatToDo: 'correct', group: 'CO', reason: '16' });
  await clinic.decide(await clinic.item(claim, 'claim.denied'), 'correct');
  await clinic.decide(await clinic.item(claim, 'claim.fix'), 'fixed');
  const workItem = await clinic.item(claim, 'claim.submit');
  const page = await clinic.at.page(workItem);
  expect(page['draft']).toMatchObject({ claim: { frequency: '7', originalNumber: 'ICNDENIED1' } });
  await clinic.decide(workItem, 'approve');
  await clinic.until(claim, 'sent');
  expect(await taken('DENIED1')).toHaveLength(2);
  expect(await keys(claim)).toEqual([`claim.submit/${claim}/1/1`, `claim.submit/${claim}/7/1`]);
}, 120_000);

test('a denial is appealed by a letter without blanks, sent by a person, and the payer pays', async () => {
  const claim = await pending('APPEAL1');
  const denied = decided('APPEAL1', { status: '4', adjustments: [['CO', '197', chargeCents]] });
  await clinic.receive(file('APPEAL1', denied));
  await clinic.decide(await clinic.item(claim, 'claim.denied'), 'appeal');
  const appeal = await clinic.item(claim, 'claim.appeal');
  const page = await clinic.at.page(appeal);
  const letter = String(asJson(page['draft'])['letter']);
  expect(letter).toContain('We appeal the denial of $180.50 dated 2026-11-20 (CO-197).');
  expect(letter).toContain('The claim names authorization PA1234567890.');
  expect(letter).toContain('Your claim number: ICNAPPEAL1');
  expect((await clinic.at.decide(appeal, 'approve')).status).toBe(400);
  const whole = letter.replaceAll(/\[fill in: [^\]]*\]/g, 'known');
  const revised = await clinic.post(`/v1/console/work-items/${appeal}/revisions`, {
    basedOn: asJson(page['revision'])['hash'],
    draft: { ...asJson(page['draft']), letter: whole },
  });
  expect([revised.status, revised.text]).toEqual([200, revised.text]);
  await clinic.decide(appeal, 'approve');
  const send = await clinic.item(claim, 'claim.send');
  expect(asJson((await clinic.at.page(send))['draft'])['letter']).toBe(whole);
  const outcome = { channel: 'fax', at: clinic.server.services.now().toISOString(), confirmation: null };
  await clinic.decide(send, 'sent', { outcome });
  await clinic.until(claim, 'appealPending');
  const paid = decided('APPEAL1', { adjustments: [contractual] });
  await clinic.receive(file('APPEAL1B', reversed(denied), paid));
  await clinic.until(claim, 'closed');
}, 120_000);

test('a payment that is taken back opens a closed claim, and what is decided in its place closes it again', async () => {
  const claim = await pending('REVERSE1');
  const paid = decided('REVERSE1', { adjustments: [contractual] });
  await clinic.receive(file('REVERSE1', paid));
  await clinic.until(claim, 'closed');
  await clinic.receive(file('REVERSE1B', reversed(paid)));
  await clinic.until(claim, 'reversed');
  await clinic.receive(file('REVERSE1C', decided('REVERSE1', { adjustments: [['CO', '45', 7_000]] })));
  await clinic.until(claim, 'closed');
}, 120_000);

test('what the patient owes is laid out from the books; a plan needs the agreement, which stays in the vault', async () => {
  const claim = await pending('PATIENT1');
  await clinic.receive(file('PATIENT1', decided('PATIENT1', { adjustments: [contractual, ['PR', '2', 2_410]] })));
  await clinic.until(claim, 'patientBalance');
  const balance = await clinic.item(claim, 'claim.patientBalance');
  expect((await clinic.at.page(balance))['draft']).toMatchObject({
    books: { charge: '$180.50', paid: '$96.40', adjusted: '$60.00', patientOwes: '$24.10' },
  });
  await clinic.decide(balance, 'offerPlan');
  const plan = await clinic.item(claim, 'claim.paymentPlan');
  expect((await clinic.at.decide(plan, 'agreed')).status).toBe(400);
  const until = '2027-03-31';
  await clinic.decide(plan, 'agreed', { outcome: { consent: 'Folder 7, signed by Orla Fenwick-Test', until } });
  await clinic.happened(claim, 'planAgreed');
  const life = await clinic.until(claim, 'paymentPlan', (row) => row['due_by'] !== null);
  expect(JSON.stringify(life['due_by'])).toContain(until);
  const row = await clinic.server.services.db
    .selectFrom('work_item_decisions')
    .select('outcome')
    .where('work_item', '=', plan)
    .executeTakeFirstOrThrow();
  expect(row.outcome).toMatchObject({ until, consent: matching(/^rec_/) });
}, 120_000);

test('a patient’s payment closes the claim when nothing else is owed', async () => {
  const claim = await pending('PATIENT2');
  await clinic.receive(file('PATIENT2', decided('PATIENT2', { adjustments: [contractual, ['PR', '3', 2_000]] })));
  await clinic.until(claim, 'patientBalance');
  const pay = async (key: string, cents: number): Promise<void> => {
    const body = { key, cents, paidOn: testDay(), method: 'card' };
    const answer = await clinic.post(`/v1/console/claims/${claim}/payments`, body);
    expect([answer.status, answer.text]).toEqual([200, answer.text]);
  };
  await pay('first-part-of-two', 500);
  await clinic.settled();
  await clinic.until(claim, 'patientBalance');
  await pay('second-part-of-two', 1_500);
  await clinic.until(claim, 'closed');
}, 120_000);

test('a file whose form the clearinghouse refuses brings its claim back to be corrected', async () => {
  clinic.sendBy('x12Files.send', 'Files');
  await clinic.sandbox.post('/sandbox/x12-files/faults', { next: [{ fault: '999Rejected' }] });
  const claim = await sent('FILE1');
  clinic.sendBy('changeHealthcare.claim.submit', 'CHC');
  await clinic.sandbox.post('/sandbox/x12-files/sweep', {});
  await clinic.at.ask('x12Files.files.fetch', 'Files');
  await clinic.until(claim, 'toFix');
  const { reason } = asJson(asJson(await clinic.at.page(await clinic.item(claim, 'claim.fix')))['item']);
  expect(reason).toMatch(/^Sent back before anybody decided about it: 999/);
}, 120_000);

test('what its check holds back comes to nobody for approval until a person has let the finding stand', async () => {
  const [first] = sampleClaim().lines;
  if (first === undefined) throw new Error('the sample has a line');
  const lines = [
    { ...first, chargeCents, procedure: { qualifier: 'HC', code: '97001', modifiers: ['GP'], description: null } },
  ];
  const claim = await clinic.followed({ patientControlNumber: 'BLOCK1', lines });
  const fix = await clinic.item(claim, 'claim.fix');
  await clinic.until(claim, 'toFix');
  expect(await clinic.at.submission(claim)).toMatchObject({ outcome: 'blocked' });
  await clinic.decide(fix, 'fixed');
  await clinic.item(claim, 'claim.fix');
  const standing = await clinic.server.services.db
    .selectFrom('claim_findings')
    .select('key')
    .where('claim', '=', claim)
    .where('severity', '=', 'blocks')
    .where('fixed_at', 'is', null)
    .execute();
  expect(standing.length).toBeGreaterThan(0);
  for (const { key } of standing) {
    const path = `/v1/console/claims/${claim}/findings/${key}/override`;
    expect((await clinic.post(path, { reason: 'the payer takes it' })).status).toBe(200);
  }
  await clinic.until(claim, 'inReview');
  await clinic.item(claim, 'claim.submit');
}, 120_000);

test('a named person takes a claim back: a void is approved and sent like any other claim', async () => {
  const waiting = await clinic.followed({ patientControlNumber: 'VOID0' });
  await clinic.item(waiting, 'claim.submit');
  const early = await clinic.post(`/v1/console/claims/${waiting}/take-back`, {});
  expect([early.status, early.text]).toEqual([409, expect.stringContaining('Only a claim that the payer has')]);
  const claim = await pending('VOID1');
  await clinic.accepted(() => clinic.post(`/v1/console/claims/${claim}/take-back`, {}));
  const workItem = await clinic.item(claim, 'claim.submit');
  const draft = asJson((await clinic.at.page(workItem))['draft']);
  expect(draft['claim']).toMatchObject({ frequency: '8', originalNumber: matching(/./) });
  await clinic.decide(workItem, 'approve');
  await clinic.until(claim, 'sent');
  expect(await taken('VOID1')).toHaveLength(2);
  expect(await keys(claim)).toEqual([`claim.submit/${claim}/1/1`, `claim.submit/${claim}/8/1`]);
}, 120_000);

test('a claim that was paid is taken back, and once the payer has done so nothing of it is billed any more', async () => {
  const claim = await pending('VOID2');
  const paid = decided('VOID2', { adjustments: [contractual] });
  await clinic.receive(file('VOID2', paid));
  await clinic.until(claim, 'closed');
  await clinic.accepted(() => clinic.post(`/v1/console/claims/${claim}/take-back`, {}));
  await clinic.decide(await clinic.item(claim, 'claim.submit'), 'approve');
  await clinic.until(claim, 'sent');
  const open = { standing: 'settled', chargeCents, openCents: 0 };
  expect(await clinic.books(claim)).toMatchObject(open);
  await clinic.receive(file('VOID2B', reversed(paid)));
  await clinic.until(claim, 'closed');
  expect(await clinic.books(claim)).toMatchObject({ chargeCents: 0, paidCents: 0, openCents: 0, patientCents: 0 });
}, 120_000);

test('a claim for a day on which the patient had another coverage is held until a person lets it go on', async () => {
  const { subscriber, lines } = sampleClaim();
  const { coverage, birthDate } = patientRow();
  const claim = await clinic.at.imported({
    patientControlNumber: 'HELD1',
    subscriber: { ...subscriber, memberId: coverage.memberId, birthDate },
    lines: lines.map((line) => ({ ...line, from: testDay() })),
  });
  await clinic.at.clinic.report({ coverage: { ...coverage, payerId: 'harbor-health', memberId: 'HBR900100777' } });
  await clinic.track(claim);
  expect(await clinic.until(claim, 'held')).toMatchObject({ hold: 'coverage.changed' });
  await clinic.decide(await clinic.item(claim, 'claim.held'), 'resume');
  await Promise.any([clinic.item(claim, 'claim.submit'), clinic.item(claim, 'claim.fix')]);
  expect(await clinic.events(claim)).toContain('resumed');
}, 120_000);

test('what is told to workflows, and what lists show, holds nothing that names a patient, a claim or a member', async () => {
  const { db } = clinic.server.services;
  const kept = await Promise.all([
    db.selectFrom('claim_lives').selectAll().execute(),
    db.selectFrom('claim_events').selectAll().execute(),
    db.selectFrom('claim_tellings').selectAll().execute(),
    db.selectFrom('work_items').select(['context', 'reason']).where('kind', 'like', 'claim.%').execute(),
  ]);
  for (const rows of kept) expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(kept)).not.toMatch(/Fenwick|Orla|HBR900|ICN|PAID1|APPEAL1|PA1234567890/);
});
