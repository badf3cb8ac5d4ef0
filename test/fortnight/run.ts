// One fortnight on a running stack with the demo clinic and the scheduling template in it: prepared, played, accounted for.
import { demo } from '../../runtime/demo-clinic.ts';
import type { SurfaceSettings } from '../../runtime/demo/surfaces.ts';
import type { Stack } from '../../runtime/stack.ts';
import { seededRandom } from '../../sandbox/random.ts';
import { findClinic, setClinicSettings } from '../../server/setup.ts';
import type { Account } from './account.ts';
import { faultsIn } from './accounting.ts';
import { play } from './on-stack.ts';
import type { Kill, Played } from './on-stack.ts';
import { shortReminderHours, shortened, zoneAt } from './shortened.ts';
import type { Pace } from './shortened.ts';
import { StackClinic } from './stack-clinic.ts';
import { accountOf } from './stack-account.ts';
import { fortnight } from './story.ts';
import type { Story } from './story.ts';

export interface Run {
  readonly seed: number;
  readonly visits: number;
  /** So long lasts a day of the story. */
  readonly millisecondsADay: number;
  /** Before the first day everything is imported and put down. */
  readonly millisecondsToPrepare: number;
  /** How often each of server, worker and n8n is killed. */
  readonly killsOfEach: number;
  readonly exportEveryMs: number;
  readonly remind: (() => Promise<void>) | null;
  readonly callsAfterMs: number;
  readonly losesAnswers: boolean;
  readonly secondsToSettle: number;
  readonly canary: string;
}

export interface Outcome {
  readonly story: Story;
  readonly account: Account;
  readonly played: Played;
  readonly faults: readonly string[];
}

/** What was on its way when a word came, or a schedule was read, may arrive for so long. */
const graceMs = 8_000;
/** Patients come once or twice within the fortnight: their caps are those of one real day, and a schedule knows whole minutes. */
const perPlaceOf = (millisecondsADay: number): number => (millisecondsADay > 20_000 ? 5 : 10);

export async function runOnStack(stack: Stack, settings: SurfaceSettings, run: Run): Promise<Outcome> {
  const dayZone = zoneAt(12, new Date());
  await setShortIntervals(stack, dayZone);
  const told = fortnight({ seed: run.seed, visits: run.visits, perPlace: perPlaceOf(run.millisecondsADay) });
  const pace: Pace = {
    begin: Date.now() + run.millisecondsToPrepare,
    millisecondsADay: run.millisecondsADay,
    dayZone,
    nightZone: zoneAt(2, new Date()),
  };
  const story = shortened(told, pace);
  const clinic = new StackClinic(stack, settings, story, run.canary);
  try {
    await clinic.prepare(({ bookedAt }) => (Date.parse(bookedAt) <= Date.now() ? 'booked' : null));
    const played = await play({
      ...run,
      stack,
      clinic,
      told,
      pace,
      kills: killsOf(run, story),
    });
    const account = await accountOf(clinic, played.waitingAt);
    const lived = { ...story, visits: played.visits };
    const terms = {
      reminderHours: shortReminderHours,
      leastMinutes: 120,
      lookMinutes: 2 + run.exportEveryMs / 60_000,
      graceMs,
      stopEnds: new Date().toISOString() < '2027-01-31' ? 'telephone' : 'everything',
    } as const;
    return { story: lived, account, played, faults: faultsIn(lived, account, terms) };
  } finally {
    await clinic.db.end();
  }
}

/** The clinic's own settings, as an administrator sets them: nothing of the product knows that its days are short. */
async function setShortIntervals(stack: Stack, zone: string): Promise<void> {
  const services = await stack.openServices();
  try {
    const { id } = await findClinic(services, demo.clinic);
    await services.db.updateTable('clinics').set({ timezone: zone }).where('id', '=', id).execute();
    await setClinicSettings(services, id, {
      ...demo.settings,
      outreach: { ...demo.settings.outreach, reminderHours: shortReminderHours, againMinutes: 0.1 },
      waitlist: { answerMinutes: 5, hours: { from: '00:00', to: '23:59' } },
    });
  } finally {
    await services.database.close();
  }
}

function killsOf({ seed, killsOfEach }: Run, story: Story): Kill[] {
  const random = seededRandom(seed + 7);
  const [from, to] = [Date.parse(story.from), Date.parse(story.to)];
  return Array.from({ length: killsOfEach }, () => ['server', 'worker', 'n8n'] as const)
    .flat()
    .map((victim) => ({ victim, at: from + ((to - from) * random.between(15, 80)) / 100 }));
}
