// A fortnight of 1,200 visits on the real stack in shortened time: a day without the vendor of texts, floods of replies, processes
// killed at any moment; nothing is sent twice, nothing is lost, every slot's story is complete. Its numbers lie in docs/proof.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDemoClinic, installTemplate } from '../../runtime/demo-clinic.ts';
import type { SurfaceSettings } from '../../runtime/demo/surfaces.ts';
import { runOnStack } from '../fortnight/run.ts';
import type { Outcome } from '../fortnight/run.ts';
import { writeFortnight } from '../fortnight/report.ts';
import { placesHolding } from '../harness/canary.ts';
import { surfacesOf } from '../harness/demo-stack.ts';
import { startTestStack } from '../harness/stack.ts';
import type { TestStack } from '../harness/stack.ts';

const minutes = 60_000;
const visits = Number(process.env['GAIT_FORTNIGHT_VISITS'] ?? '1200');
const seed = Number(process.env['GAIT_FORTNIGHT_SEED'] ?? process.env['GAIT_FAULT_SEED'] ?? '1');
const canary = `Qn${Date.now().toString(36)}Kw`;
const started = Date.now();
/** A day of the story is as long as its visits need. */
const millisecondsADay = Math.max(3_000, visits * 38);
const killsOfEach = Math.max(1, Math.round(visits / 400));

let own: TestStack;
let settings: SurfaceSettings;
let outcome: Outcome;

beforeAll(async () => {
  own = await startTestStack({ durable: true, environment: { GAIT_STEP_DEADLINE_SECONDS: '20' } });
  await createDemoClinic(own.stack);
  await installTemplate(own.stack, 'scheduling');
  settings = surfacesOf(own.stack);
}, 6 * minutes);

afterAll(async () => {
  await own?.remove();
}, minutes);

test(
  'nothing is sent twice, nothing is lost, every story is complete',
  async () => {
    outcome = await runOnStack(own.stack, settings, {
      seed,
      visits,
      millisecondsADay,
      millisecondsToPrepare: 20_000 + visits * 60,
      killsOfEach,
      exportEveryMs: Math.max(2_000, visits * 12),
      remind: null,
      callsAfterMs: 45_000,
      losesAnswers: true,
      secondsToSettle: 900,
      canary,
    });
    const { account, faults } = outcome;
    expect(faults).toEqual([]);
    expect(account.messages.length).toBeGreaterThan(visits * 0.8);
    expect(account.replies.length).toBeGreaterThan(visits * 0.1);
    expect(account.slots.length).toBeGreaterThan(visits * 0.04);
  },
  60 * minutes,
);

test(
  'n8n, Temporal and the logs hold no name',
  async () => {
    const { searched, found } = await placesHolding(own.stack, canary);
    expect(found).toEqual([]);
    expect(searched).toBeGreaterThan(300);
    await writeFortnight({
      seed,
      visits,
      millisecondsADay,
      minutes: Math.round((Date.now() - started) / minutes),
      outcome,
      searched,
      found: found.length,
    });
  },
  5 * minutes,
);
