// A process is killed while approved claims are on their way: some the clearinghouse has not accepted yet, of others nobody has stored its answer.
import type { Stack } from '../../../runtime/stack.ts';
import type { ClaimsClinic, Known } from './clinic.ts';

type Victim = 'server' | 'n8n' | 'worker';

/** How many claims were on their way when the process was killed, and how many of them the clearinghouse had by then. */
export interface Killed {
  readonly victim: Victim;
  readonly claims: number;
  readonly inFlight: number;
  readonly acceptedAtKill: number;
}

/** Claims approved at once: the answers to half of them are late, the acceptance of the others is. */
export const claimsAtOnce = 4;

export function victims(cycles: number): readonly Victim[] {
  return Array.from({ length: cycles }, () => ['server', 'worker', 'n8n'] as const).flat();
}

/** Shorter than the connection's time-out, longer than the way to the kill. */
const milliseconds = 3_500;
const pause = (wait: number): Promise<void> => new Promise((done) => setTimeout(done, wait));

/** Approves these claims, kills in the window, and starts again what was killed. */
export async function killDuring(
  stack: Stack,
  clinic: ClaimsClinic,
  victim: Victim,
  claims: readonly Known[],
): Promise<Killed> {
  const held = ['slowAfterAccepting', 'slow'] as const;
  await clinic.setFaults(claims.map((_, at) => ({ fault: held[at % 2], on: 'claimSubmit', milliseconds })));
  const killed = windowOf(clinic, claims).then(async () => {
    await stack.kill(victim, 'SIGKILL');
    const inFlight = await clinic.sendings(claims, ['granted', 'sending']);
    const acceptedAtKill = await accepted(clinic, claims);
    await stack.restart(victim);
    return { victim, claims: claims.length, inFlight, acceptedAtKill };
  });
  const approvals = claims.map((one) => clinic.decide(one, 'claim.submit', 'approve'));
  const [result] = await Promise.all([killed, ...approvals]);
  // Calls that live on must not meet the faults of the next kill.
  if (victim !== 'server') await callsEnded(clinic, claims);
  return result;
}

/** Waits until every claim is on its way, or a second and a half after the first one is: the window does not stay open. */
async function windowOf(clinic: ClaimsClinic, claims: readonly Known[]): Promise<void> {
  let first: number | null = null;
  const end = Date.now() + 60_000;
  while (Date.now() < end) {
    const open = await clinic.sendings(claims, ['sending']);
    if (open > 0) first ??= Date.now();
    const isWhole = open === claims.length && (await accepted(clinic, claims)) >= claims.length / 2;
    if (isWhole || (first !== null && Date.now() - first > 1_500)) return;
    await pause(50);
  }
  throw new Error('No claim was on its way.');
}

async function accepted(clinic: ClaimsClinic, claims: readonly Known[]): Promise<number> {
  const taken = await clinic.taken();
  return claims.filter(({ number }) => taken.has(number)).length;
}

async function callsEnded(clinic: ClaimsClinic, claims: readonly Known[]): Promise<void> {
  const end = Date.now() + 2 * milliseconds;
  while (Date.now() < end && (await clinic.sendings(claims, ['granted', 'sending'])) > 0) await pause(100);
}
