// Runs one round: approves several requests at once, kills a process in the window, starts it again, and counts.
import { awaited } from '../../runtime/demo/surfaces.ts';
import type { ProcessName, Stack } from '../../runtime/stack.ts';
import type { FaultClinic, StoredEffect, Submission } from './clinic.ts';
import { connectionTimes, settledStates } from './clinic.ts';
import type { Round, Victim } from './plan.ts';

/** A round that was run: `inFlight` are the submissions whose call was granted or on its way right after the kill. */
export interface Played {
  readonly round: Round;
  readonly submissions: readonly Submission[];
  readonly inFlight: readonly string[];
  readonly acceptedAtKill: number;
}

/** What became of the submissions of a round. */
export interface Result {
  readonly victim: Victim;
  readonly moment: Round['moment'];
  readonly manner: string;
  readonly submissions: number;
  readonly inFlight: number;
  readonly acceptedAtKill: number;
  /** Patients for whom the payer accepted two requests or more. */
  readonly duplicates: number;
  /** Submissions that are neither settled nor in a person's hands. */
  readonly lost: number;
  /** Submissions whose outcome was unknown at some time. */
  readonly uncertain: number;
  readonly resolvedByInquiry: number;
  readonly byPerson: number;
}

const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));
const wholeStack: readonly ProcessName[] = ['server', 'worker', 'n8n', 'sandbox', 'temporal', 'postgres'];

/** Whether the window is open: the calls are on their way, or the payer has accepted all of them. */
async function isOpen(clinic: FaultClinic, round: Round, submissions: readonly Submission[]): Promise<number> {
  if (round.moment === 'any') return submissions.length;
  if (round.moment === 'after') return (await clinic.accepted(submissions)).filter((accepted) => accepted > 0).length;
  return (await clinic.effects(submissions)).filter((effect) => effect.state === 'sending').length;
}

/** Waits until every submission is in the window, or two seconds after the first one is: the window does not stay open. */
async function windowOf(clinic: FaultClinic, round: Round, submissions: readonly Submission[]): Promise<void> {
  let first: number | null = null;
  const end = Date.now() + 60_000;
  while (Date.now() < end) {
    const open = await isOpen(clinic, round, submissions);
    if (open > 0) first ??= Date.now();
    if (open === submissions.length || (first !== null && Date.now() - first > 2_000)) return;
    await pause(50);
  }
  throw new Error(`The window of round ${round.number} never opened.`);
}

async function inFlightOf(clinic: FaultClinic, submissions: readonly Submission[]): Promise<StoredEffect[]> {
  return (await clinic.effects(submissions)).filter(({ state }) => state === 'granted' || state === 'sending');
}

/** Approves, waits for the window, kills, and starts again what was killed and what fell with it. */
export async function play(
  stack: Stack,
  clinic: FaultClinic,
  round: Round,
  submissions: readonly Submission[],
): Promise<Played> {
  await clinic.setFaults(round.faults);
  const approvals = Promise.all(submissions.map((one) => clinic.approve(one)));
  const [inFlight, acceptedAtKill] = await Promise.all([killed(stack, clinic, round, submissions), approvals]).then(
    ([counted]) => counted,
  );
  return { round, submissions, inFlight: inFlight.map((effect) => effect.key), acceptedAtKill };
}

async function killed(
  stack: Stack,
  clinic: FaultClinic,
  round: Round,
  submissions: readonly Submission[],
): Promise<[StoredEffect[], number]> {
  await windowOf(clinic, round, submissions);
  await pause(round.delayMilliseconds);
  const names = round.victim === 'everything' ? wholeStack : [round.victim];
  const withoutDatabase = names.filter((name) => name !== 'postgres');
  const payerDies = names.includes('sandbox');
  const acceptedBefore = payerDies ? await acceptedCount(clinic, submissions) : 0;
  await Promise.all(withoutDatabase.map((name) => stack.kill(name, 'SIGKILL')));
  const inFlight = await inFlightOf(clinic, submissions);
  if (names.includes('postgres')) await stack.kill('postgres', 'SIGKILL');
  const accepted = payerDies ? acceptedBefore : await acceptedCount(clinic, submissions);
  await startAgain(stack, names);
  if (!names.includes('server')) await callsEnded(clinic, submissions);
  return [inFlight, accepted];
}

/** The server lives and its calls go on: the next round's faults are not for them. No call lasts longer than its time-out. */
async function callsEnded(clinic: FaultClinic, submissions: readonly Submission[]): Promise<void> {
  const end = Date.now() + (connectionTimes.requestTimeoutSeconds + 1) * 1_000;
  while (Date.now() < end && (await inFlightOf(clinic, submissions)).length > 0) await pause(100);
}

async function acceptedCount(clinic: FaultClinic, submissions: readonly Submission[]): Promise<number> {
  return (await clinic.accepted(submissions)).filter((accepted) => accepted > 0).length;
}

async function startAgain(stack: Stack, names: readonly ProcessName[]): Promise<void> {
  const start = (name: ProcessName): Promise<void> => (names.includes(name) ? stack.restart(name) : Promise.resolve());
  await Promise.all([start('postgres'), start('temporal'), start('sandbox')]);
  await Promise.all([start('server').then(() => start('worker')), start('n8n')]);
}

/** Waits until no submission is left that is neither settled nor in a person's hands; returns those that stay so. */
export async function unsettled(
  clinic: FaultClinic,
  submissions: readonly Submission[],
  seconds: number,
): Promise<string[]> {
  const look = async (): Promise<string[]> => {
    const [states, doubts] = [await clinic.states(), await clinic.doubts()];
    return submissions
      .map((one) => one.authorization)
      .filter((ref) => !settledStates.includes(states.get(ref) ?? '') && !doubts.has(ref));
  };
  try {
    await awaited('end of the submissions', seconds, async () => ((await look()).length === 0 ? true : null));
    return [];
  } catch {
    return look();
  }
}

/** Counts what became of a round. `open` are the authorizations that stayed unsettled. */
export async function resultOf(clinic: FaultClinic, played: Played, open: readonly string[]): Promise<Result> {
  const { round, submissions } = played;
  const accepted = await clinic.accepted(submissions);
  const uncertain = await clinic.audited(submissions, ['effect.uncertain', 'effect.inquired']);
  const found = await clinic.audited(submissions, ['effect.found']);
  const asked = await clinic.audited(submissions, ['effect.notFound']);
  return {
    victim: round.victim,
    moment: round.moment,
    manner: round.manner,
    submissions: submissions.length,
    inFlight: played.inFlight.length,
    acceptedAtKill: played.acceptedAtKill,
    duplicates: accepted.filter((count) => count > 1).length,
    lost: submissions.filter((one) => open.includes(one.authorization)).length,
    uncertain: uncertain.size,
    resolvedByInquiry: found.size,
    byPerson: [...asked].filter((one) => !found.has(one)).length,
  };
}
