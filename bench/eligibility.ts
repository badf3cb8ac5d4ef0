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
const latencyMilliseconds = 50;
/** As many as Gait asks a connection at once. */
const atOnce = 4;
const limit = 1.5;

interface Batch {
  readonly checks: number;
  readonly answered: number;
  /** Checks that were asked more than once. */
  readonly askedAgain: number;
  readonly seconds: number;
}

/** From the drawing up of the batch to its last answer, by the clock of the database. */
async function batchOf(db: pg.Client, kind: string, least: number): Promise<Batch | null> {
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
     from eligibility_checks c join eligibility_batches b on b.id = c.batch where b.kind = $1`,
    [kind],
  );
  const [row] = rows;
  if (row === undefined || Number(row.checks) < least || row.over !== row.checks) return null;
  return {
    checks: Number(row.checks),
    answered: Number(row.answered),
    askedAgain: Number(row.again),
    seconds: Number(row.seconds),
  };
}

/** The clinic's own patients are checked first, as in any night before this one; then a thousand come new. */
async function measure(settings: SurfaceSettings, db: pg.Client): Promise<Batch & { readonly requests: number }> {
  const today = todayIn(demo.timezone, new Date());
  const folder = settings.dropFolder;
  const take = async (newcomers: number): Promise<void> => {
    await sandbox(settings, '/webpt/export', { folder, today, newcomers });
    await asFlow(settings, '/v1/operations', { operation: 'webpt.records.import', connection: 'WebPT' });
  };
  await take(0);
  await asFlow(settings, '/v1/eligibility/batches', { kind: 'new' });
  await awaited('the nights before', 120, () => batchOf(db, 'new', 1));
  await take(patients);
  await sandbox(settings, '/change-healthcare/settings', { latencyMilliseconds });
  const before = await asked(settings);
  await asFlow(settings, '/v1/eligibility/batches', { kind: 'overnight' });
  const night = await awaited('the night', 300, () => batchOf(db, 'overnight', patients));
  return { ...night, requests: (await asked(settings)) - before };
}

/** How many questions the clearinghouse has been asked. */
async function asked(settings: SurfaceSettings): Promise<number> {
  return list(json(await sandbox(settings, '/change-healthcare/journal'))['asked']).length;
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
  const { mostUnderWay } = json(await sandbox(settings, '/change-healthcare/journal'));
  await db.end();
  const floorSeconds = (night.requests * latencyMilliseconds) / 1_000 / atOnce;
  const ratio = night.seconds / floorSeconds;
  console.log(
    JSON.stringify({
      bench: 'eligibility',
      unit: 's',
      patients: night.checks,
      answered: night.answered,
      askedAgain: night.askedAgain,
      requests: night.requests,
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
