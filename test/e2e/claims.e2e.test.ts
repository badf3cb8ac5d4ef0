// Claims from the billing system's export to the money in the books, on the real stack, under faults and while processes are killed.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDemoClinic, demo, installTemplate, todayIn } from '../../runtime/demo-clinic.ts';
import type { SurfaceSettings } from '../../runtime/demo/surfaces.ts';
import { asFlow, awaited, list, sandbox } from '../../runtime/demo/surfaces.ts';
import { withLines } from '../../sandbox/clinic/billing/claims.ts';
import { generateBilling } from '../../sandbox/clinic/billing/generate.ts';
import { claimFileText } from '../../sandbox/clinic/billing/write.ts';
import { everyPayer } from '../../sandbox/clinic/payers.ts';
import { connectionTimes, shortenConnection } from '../fault/clinic.ts';
import { placesHolding } from '../harness/canary.ts';
import { surfacesOf } from '../harness/demo-stack.ts';
import { startTestStack } from '../harness/stack.ts';
import type { TestStack } from '../harness/stack.ts';
import { doubled, lost, moneyOf, remittancesWrong } from './claims/agreement.ts';
import type { Money } from './claims/agreement.ts';
import { ClaimsClinic } from './claims/clinic.ts';
import type { Known } from './claims/clinic.ts';
import { claimsAtOnce, killDuring, victims } from './claims/kills.ts';
import type { Killed } from './claims/kills.ts';
import { writeClaimsLife } from './claims/report.ts';
import { appeal, inLanes, patientPays, postHeld, workOff } from './claims/staff.ts';
import type { Worked } from './claims/staff.ts';
import { laneStarter } from './editor.ts';

const canary = `Qc${Date.now().toString(36)}Kx`;
const minutes = 60_000;
const started = Date.now();
const seed = 1;
const today = todayIn(demo.timezone, new Date());
/** A large run kills so many times more, and sends every claim: what its check holds back is let stand by a person. */
const cycles = Number(process.env['GAIT_CLAIM_CYCLES'] ?? '0');
const isLarge = cycles > 0;

let own: TestStack;
let settings: SurfaceSettings;
let clinic: ClaimsClinic;
let start: (trigger: string) => Promise<void>;
let claims: Known[];
let planted = 0;
/** What nobody has approved yet and nothing holds back, in the order in which it is used. */
let ready: Known[];
/** The claim whose lines come to another charge than it says, which a person let stand. */
let overridden: Known;
const approved: Known[] = [];
const killed: Killed[] = [];
let worked: Worked;
let money: Money;

beforeAll(async () => {
  // A flow that was killed while it sent is noticed after twenty seconds instead of three minutes.
  own = await startTestStack({ environment: { GAIT_STEP_DEADLINE_SECONDS: '20' }, sandboxSeed: seed });
  const { stack } = own;
  await createDemoClinic(stack);
  await shortenConnection(stack, 'Change Healthcare', { ...connectionTimes, requestTimeoutSeconds: 5 });
  await installTemplate(stack, 'billing-qa');
  settings = surfacesOf(stack);
  clinic = await ClaimsClinic.open(stack, settings);
  start = await laneStarter(stack, 'Billing QA');
  // Claims are acknowledged at once; what a payer decides, and when, the test says itself.
  const pace = { processSeconds: 0, decideSeconds: 86_400, paySeconds: 86_400 };
  await sandbox(settings, '/adjudication/pace', { pace });
}, 6 * minutes);

afterAll(async () => {
  await own?.remove();
}, minutes);

/** Has the clearinghouse's mailbox read, as the lane does every minute by itself. */
const readReports = (): Promise<void> => start('Every few minutes');
const isWithPayer = ({ state }: { readonly state: string }): boolean => ['sent', 'pending'].includes(state);

test(
  'exported claims are checked by the flow: each that was made wrong has its finding, and no other claim has one',
  async () => {
    await sandbox(settings, '/webpt/export', { folder: settings.dropFolder, today, canary, medicare: 36 });
    await asFlow(settings, '/v1/operations', { operation: 'webpt.records.import', connection: 'WebPT' });
    const folders = { claims: join(own.stack.therabillDrop, 'claims'), charts: join(settings.dropFolder, 'charts') };
    const defects = list((await sandbox(settings, '/webpt/claims', { ...folders, today, canary }))['planted']);
    planted = defects.length;
    await start('Check by hand');
    await awaited('150 claims that are followed', 180, async () => {
      const standings = [...(await clinic.standings()).values()];
      return standings.length >= 150 && standings.every(({ state }) => state !== 'new') ? true : null;
    });
    claims = await clinic.known();
    expect(claims).toHaveLength(150);
    const found = new Set(claims.flatMap(({ number, rules }) => rules.map((rule) => `${number} ${rule}`)));
    expect(planted).toBeGreaterThan(80);
    expect(defects.filter(({ number, rule }) => !found.has(`${String(number)} ${String(rule)}`))).toEqual([]);
    const wrong = new Set(defects.map(({ number }) => number));
    ready = claims.filter(({ number }) => !wrong.has(number));
    expect(ready.filter(({ rules }) => rules.length > 0)).toEqual([]);
    expect(ready.length).toBeGreaterThan(50);
  },
  5 * minutes,
);

test(
  'what is blocked cannot be approved; a named person lets a finding stand and says why, and that claim is laid before a biller',
  async () => {
    const blocked = claims.filter(({ blocks }) => blocks > 0);
    const standings = await clinic.standings();
    expect(blocked.filter(({ claim }) => standings.get(claim)?.kinds.join() !== 'claim.fix')).toEqual([]);
    const mismatched = blocked.find(({ rules }) => rules.join() === 'charge.mismatch');
    const other = blocked.find((one) => one !== mismatched);
    if (mismatched === undefined || other === undefined) throw new Error('the claims have other defects than thought');
    const approve = clinic.decideOn(await clinic.item(other, 'claim.fix'), 'approve');
    await expect(approve).rejects.toThrow(/answered 4/);
    const asked = await asFlow(settings, '/v1/claims/submissions', { claims: [other.claim] });
    expect(list(asked['items'])).toMatchObject([{ outcome: 'blocked' }]);
    const effect = await asFlow(settings, '/v1/effects', {
      operation: 'changeHealthcare.claim.submit',
      connection: 'Change Healthcare',
      subject: other.claim,
      key: `claim.submit/${other.claim}/1/1`,
      approval: '0'.repeat(64),
    });
    expect(effect['state']).toBe('blocked');

    await expect(clinic.override(mismatched, ' ')).rejects.toThrow(/answered 400/);
    overridden = mismatched;
    const letStand = isLarge ? blocked : [overridden];
    for (const one of letStand) await clinic.override(one, 'The payer agreed by telephone, reference R-7.');
    for (const one of letStand) await clinic.item(one, 'claim.submit');
    const unnamed = await clinic.rows(
      'select claim from claim_findings where overridden_at is not null and (overridden_by is null or reason is null)',
    );
    expect(unnamed).toEqual([]);
    ready.push(...(isLarge ? claims.filter((one) => !ready.includes(one)) : letStand));
  },
  3 * minutes,
);

test.each(victims(Math.max(1, cycles)))(
  'SIGKILL of %s while claims are on their way, accepted and not',
  async (victim) => {
    const some = ready.splice(0, claimsAtOnce);
    expect(some).toHaveLength(claimsAtOnce);
    approved.push(...some);
    const result = await killDuring(own.stack, clinic, victim, some);
    killed.push(result);
    // The window was hit: of some the answer was not stored, others were not accepted.
    expect(result.inFlight).toBeGreaterThan(0);
    expect(result.acceptedAtKill).toBeGreaterThan(0);
    expect(result.acceptedAtKill).toBeLessThan(claimsAtOnce);
  },
  3 * minutes,
);

test(
  'whatever the clearinghouse does with a sending: each approved claim is with the payer once, or a person has it',
  async () => {
    await clinic.setFaults([
      { fault: 'throttled', on: 'claimSubmit', retryAfterSeconds: 1 },
      { fault: 'gatewayTimeoutAfterAccepting', on: 'claimSubmit' },
      { fault: 'resetBeforeAccepting', on: 'claimSubmit' },
      { fault: 'rejected', on: 'claimSubmit' },
      { fault: 'resetAfterAccepting', on: 'claimSubmit' },
    ]);
    approved.push(...ready);
    await inLanes(ready, (claim) => clinic.decide(claim, 'claim.submit', 'approve'));
    await readReports();
    const seconds = isLarge ? 900 : 150;
    worked = await workOff(clinic, approved, { seconds, hasTime: isLarge, except: overridden });
    expect(approved.length).toBeGreaterThan(30);
    // At least the one that was refused.
    expect(worked.again.size).toBeGreaterThan(0);
    expect(list((await sandbox(settings, '/change-healthcare/faults'))['next'])).toEqual([]);
    expect(await doubled(clinic, claims)).toEqual([]);
  },
  17 * minutes,
);

test(
  'the payer sends back what a person let stand; corrected at its source and exported again, it is approved anew and taken',
  async () => {
    await readReports();
    await clinic.until('sent back', [overridden], 60, ({ state }) => state === 'toFix');
    expect(await clinic.events(overridden)).toContain('sentBack');
    const { claims: billed } = generateBilling({ seed, today, canary });
    const one = billed.find(({ claim }) => claim.patientControlNumber === overridden.number);
    if (one === undefined) throw new Error('the billing system does not have the claim');
    const file = join(own.stack.therabillDrop, 'claims', 'corrected.837');
    writeFileSync(file, claimFileText([withLines(one.claim, one.claim.lines)], today, 99));
    await start('Check by hand');
    await clinic.decide(overridden, 'claim.submit', 'approve');
    await clinic.until('sent again', [overridden], 60, isWithPayer);
    await readReports();
    await clinic.until('acknowledged', approved, 90, (one) => one.state !== 'sent');
  },
  4 * minutes,
);

test(
  'asked about and decided: paid, paid in part, denied, corrected, appealed, taken back, paid by the patient',
  async () => {
    const standings = await clinic.standings();
    const pending = approved.filter(({ claim }) => standings.get(claim)?.state === 'pending');
    const [corrected, appealed, part, takenBack, paid] = pending.filter(
      ({ payer, rules }) => payer !== everyPayer.medicarePartB.id && rules.length === 0,
    );
    if (!corrected || !appealed || !part || !takenBack || !paid)
      throw new Error('too few claims are with their payers');
    await clinic.biller.post(`/v1/console/claims/${part.claim}/check-now`, {});
    await awaited('answer to a question for its status', 60, async () => {
      const asked = `select 1 from claim_statuses where claim = $1 and operation = 'changeHealthcare.claimStatus.check'`;
      return (await clinic.rows(asked, [part.claim])).length > 0 ? true : null;
    });
    await clinic.chosen(corrected, 'missingInformation');
    await clinic.chosen(appealed, 'noAuthorization');
    await clinic.chosen(part, 'paidInPart');
    for (const one of [takenBack, paid]) await clinic.chosen(one, 'paid');
    await sandbox(settings, '/adjudication/faults', { next: [{ fault: 'twice' }, { fault: 'split' }] });
    await sandbox(settings, '/adjudication/adjudicate', {});
    await readReports();
    await awaited('remittance that a person posts', 60, async () => ((await postHeld(clinic)) > 0 ? true : null));
    await clinic.until('decided', pending, 90, (one) => !isWithPayer(one) && one.state !== 'awaitingRemittance');

    await clinic.decide(corrected, 'claim.denied', 'correct');
    await clinic.decide(corrected, 'claim.fix', 'fixed');
    await clinic.decide(corrected, 'claim.submit', 'approve');
    await appeal(clinic, appealed);
    await clinic.biller.post(`/v1/console/claims/${takenBack.claim}/take-back`, {});
    await clinic.decide(takenBack, 'claim.submit', 'approve');
    await clinic.until('sent', [corrected, takenBack], 60, isWithPayer);
    await clinic.until('appealed', [appealed], 60, ({ state }) => state === 'appealPending');
    for (const one of [corrected, appealed]) await clinic.chosen(one, 'paid');
    await sandbox(settings, '/adjudication/adjudicate', { claims: [corrected.number, takenBack.number] });
    await sandbox(settings, '/adjudication/reconsider', { claims: [appealed.number] });
    await readReports();
    const isPaid = ({ state }: { readonly state: string }): boolean => ['closed', 'patientBalance'].includes(state);
    await clinic.until('paid at last', [corrected, appealed, takenBack, paid], 90, isPaid);
    // A deductible may take all of what the payer allows.
    for (const one of [corrected, appealed, paid]) {
      const { paidCents, patientCents } = await clinic.books(one.claim);
      expect(Number(paidCents) + Number(patientCents)).toBeGreaterThan(0);
    }
    expect(await clinic.books(takenBack.claim)).toMatchObject({ paidCents: 0 });

    const now = await clinic.standings();
    const owing = approved.find(({ claim }) => now.get(claim)?.state === 'patientBalance');
    if (owing === undefined) throw new Error('no patient owes anything');
    expect(await patientPays(clinic, owing, today)).toBeGreaterThan(0);
    await clinic.until('closed', [owing], 60, ({ state }) => state === 'closed');
  },
  8 * minutes,
);

test(
  'no claim is lost and none was sent twice; the books and the payers agree to the cent',
  async () => {
    expect(await doubled(clinic, claims)).toEqual([]);
    expect(await lost(clinic, approved)).toEqual([]);
    const books = await moneyOf(clinic, approved);
    expect(books.wrong).toEqual([]);
    expect(books.money.paidCents).toBeGreaterThan(0);
    money = books.money;
    expect(await remittancesWrong(clinic)).toEqual([]);
  },
  4 * minutes,
);

test(
  'n8n, Temporal and the logs hold no name, number or word of a patient',
  async () => {
    const { searched, found } = await placesHolding(own.stack, canary);
    expect(found).toEqual([]);
    expect(searched).toBeGreaterThan(500);
    const taken = await clinic.taken();
    const standings = await clinic.standings();
    const states = Map.groupBy(approved, ({ claim }) => standings.get(claim)?.state ?? 'new');
    const life = {
      minutes: Math.round((Date.now() - started) / minutes),
      claims: claims.length,
      planted,
      approved: approved.length,
      killed,
      reached: taken.size,
      sendings: [...taken.values()].reduce((sum, count) => sum + count, 0),
      doubled: (await doubled(clinic, claims)).length,
      lost: (await lost(clinic, approved)).length,
      uncertain: await clinic.audited('effect.uncertain', 'effect.inquired'),
      byInquiry: await clinic.audited('effect.found'),
      toldSent: worked.toldSent.size,
      toldNotSent: worked.toldNotSent.size,
      states: Object.fromEntries([...states].map(([state, all]) => [state, all.length])),
      money,
      canaryPlacesSearched: searched,
    };
    if (isLarge) await writeClaimsLife(life);
  },
  3 * minutes,
);
