// A night of 1,000 patients over the whole stack, against the time the clearinghouse alone takes: requests times latency over the calls allowed at once.
import pg from 'pg';
import { createDemoClinic, installTemplate, todayIn, demo } from '../runtime/demo-clinic.ts';
import type { SurfaceSettings } from '../runtime/demo/surfaces.ts';
import { asFlow, awaited, json, list, sandbox } from '../runtime/demo/surfaces.ts';
import { surfacesOf } from '../test/harness/demo-stack.ts';
import { useClearinghouse } from '../test/harness/clearinghouses.ts';
import { startTestStack } from '../test/harness/stack.ts';
import { rounded } from './support/numbers.ts';

const patients = 1_000;
/** The demo clinic has so many of its own. */
const known = 60;
const latencyMilliseconds = 50;
/** As many as Gait asks a connection at once. */
const atOnce = 4;
const limit = 1.5;

interface Night {
  readonly checks: number;
  readonly answered: number;
  /** Checks that were asked more than once. */
  readonly askedAgain: number;
  readonly seconds: number;
}

/** From the drawing up of the batch to its last answer, by the clock of the database. */
async function nightOf(db: pg.Client): Promise<Night | null> {
  const { rows } = await db.query<{
    checks: string;
    over: string;
    answered: string;
    again: string;
    seconds: string | null;
  }>(
    `select count(*) as checks, count(c.settled_at) as over,
            count(*) filter (where c.state = 'answered') as answered,
            count(*) filter (where c.attempts > 1) as again,
            extract(epoch from max(c.settled_at) - min(b.created_at)) as seconds
     from eligibility_checks c join eligibility_batches b on b.id = c.batch`,
  );
  const [row] = rows;
  if (row === undefined || Number(row.checks) < patients || row.over !== row.checks) return null;
  return {
    checks: Number(row.checks),
    answered: Number(row.answered),
    askedAgain: Number(row.again),
    seconds: Number(row.seconds),
  };
}

async function measure(settings: SurfaceSettings, db: pg.Client): Promise<Night> {
  const today = todayIn(demo.timezone, new Date());
  await sandbox(settings, '/change-healthcare/settings', { latencyMilliseconds });
  const folder = settings.dropFolder;
  await sandbox(settings, '/webpt/export', { folder, today, newcomers: patients - known });
  await asFlow(settings, '/v1/operations', { operation: 'webpt.reports.import', connection: 'WebPT' });
  await asFlow(settings, '/v1/eligibility/batches', { kind: 'overnight' });
  return awaited('the night', 300, () => nightOf(db));
}

const test = await startTestStack();
try {
  const { stack } = test;
  await createDemoClinic(stack, { changeHealthcare: { requestsPerSecond: 1000, concurrentCalls: atOnce } });
  await installTemplate(stack, 'eligibility');
  // One batch is measured: nobody else may draw up another meanwhile.
  await useClearinghouse(stack, 'Change Healthcare', ['Every few minutes']);
  const db = new pg.Client({ connectionString: stack.databaseUrl });
  await db.connect();
  const settings = surfacesOf(stack);
  const night = await measure(settings, db);
  const { asked, mostUnderWay } = json(await sandbox(settings, '/change-healthcare/journal'));
  await db.end();
  const requests = list(asked).length;
  const floorSeconds = (requests * latencyMilliseconds) / 1_000 / atOnce;
  const ratio = night.seconds / floorSeconds;
  console.log(
    JSON.stringify({
      bench: 'eligibility',
      unit: 's',
      patients: night.checks,
      answered: night.answered,
      askedAgain: night.askedAgain,
      requests,
      latencyMilliseconds,
      allowedAtOnce: atOnce,
      mostUnderWay,
      seconds: rounded(night.seconds, 1),
      floorSeconds: rounded(floorSeconds, 1),
      perSecond: rounded(night.checks / night.seconds, 0),
      ratio: rounded(ratio, 2),
      limit,
    }),
  );
  if (ratio > limit || night.checks < patients) process.exitCode = 1;
} finally {
  await test.remove();
}
