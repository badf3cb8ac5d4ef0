// Takes in the charts of a PT system's export, each content once, and finds the chart of the patient a claim is for.
import { webptOperations } from '../../connectors/webpt/operations.ts';
import type { ChartFile } from '../../connectors/webpt/charts.ts';
import type { Claim } from '../../domain/claim/schema.ts';
import { scrubChartSchema } from '../../domain/scrub/chart-schema.ts';
import type { ScrubChart } from '../../domain/scrub/chart-schema.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Audit } from '../audit/append.ts';
import { chartChanged } from '../claims/life/tellings.ts';
import type { Db, Trx } from '../database/tables.ts';
import { actorOf, systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import { memberLookup } from '../imports/rows.ts';
import { knownSource } from '../imports/sources.ts';
import { done } from '../operations/done.ts';
import type { OperationAnswer, Reading } from '../operations/reading.ts';
import type { Keyring } from '../vault/keyring.ts';
import type { Vault } from '../vault/vault.ts';

interface Needs {
  readonly db: Db;
  readonly now: () => Date;
  readonly audit: Audit;
  readonly keyring: Keyring;
  readonly vault: Vault;
  readonly validator: Validator;
}

type Outcome = 'stored' | 'unknownPatient' | 'unreadable';

const defaultLimit = 100;

export const chartImport = 'webpt.charts.import';

/** One item for each new chart. A chart whose patient the clinic has not imported yet is looked at again next time. */
export function importCharts(needs: Needs): Reading {
  const { db, now } = needs;
  const operation = webptOperations[chartImport];
  return async ({ clinic, connection, ask, by, open }): Promise<OperationAnswer> => {
    const taken = await db
      .selectFrom('chart_files')
      .select('sha256')
      .where('clinic', '=', clinic)
      .where('connection', '=', connection)
      .where('outcome', '<>', 'unknownPatient')
      .execute();
    const request = { skip: taken.map(({ sha256 }) => sha256), limit: ask.options?.limit ?? defaultLimit };
    const { charts, more } = done(await operation.run(await open(operation), request));
    const items: { outcome: Outcome; patient: string | null }[] = [];
    for (const file of charts)
      items.push(
        await db.transaction().execute((trx) => store(needs, trx, { clinic, connection, file, by, at: now() })),
      );
    const count = (outcome: Outcome) => items.filter((item) => item.outcome === outcome).length;
    return {
      outcome: count('stored') === 0 ? 'nothingNew' : 'imported',
      structure: {
        stored: count('stored'),
        unknownPatient: count('unknownPatient'),
        unreadable: count('unreadable'),
        more,
      },
      refs: [],
      items: items.flatMap(({ outcome, patient }) =>
        patient === null ? [] : [{ item: patient, outcome, refs: [patient] }],
      ),
    };
  };
}

async function store(
  needs: Needs,
  trx: Trx,
  of: { clinic: string; connection: string; file: ChartFile; by: Principal; at: Date },
): Promise<{ outcome: Outcome; patient: string | null }> {
  const { clinic, connection, file, by, at } = of;
  const chart = chartIn(needs.validator, file.value);
  const patient =
    chart === null ? null : await patientOf(needs, trx, { clinic, connection, recordNumber: chart.patient });
  const outcome = chart === null ? 'unreadable' : patient === null ? 'unknownPatient' : 'stored';
  if (chart !== null && patient !== null) await keep(needs, trx, { clinic, patient, chart, at });
  await trx
    .insertInto('chart_files')
    .values({ clinic, connection, sha256: file.sha256, outcome, at })
    .onConflict((conflict) => conflict.columns(['clinic', 'connection', 'sha256']).doUpdateSet({ outcome, at }))
    .execute();
  await needs.audit.append(trx, {
    clinic,
    actor: actorOf(by),
    action: `chart.${outcome}`,
    subject: patient ?? connection,
    purpose: chartImport,
    details: { file: file.sha256 },
  });
  return { outcome, patient };
}

/** The chart with the patient's reference in place of the PT system's number. */
async function keep(
  { vault }: Needs,
  trx: Trx,
  { clinic, patient, chart, at }: { clinic: string; patient: string; chart: ScrubChart; at: Date },
): Promise<void> {
  const known = await trx
    .selectFrom('scrub_charts')
    .select('record')
    .where('clinic', '=', clinic)
    .where('patient', '=', patient)
    .forNoKeyUpdate()
    .executeTakeFirst();
  const value = { ...chart, patient };
  if (known !== undefined) {
    await vault.replace(clinic, known.record, value, { schema: scrubChartSchema, trx });
    await trx.updateTable('scrub_charts').set({ changed_at: at }).where('record', '=', known.record).execute();
    await chartChanged(trx, clinic, known.record);
    return;
  }
  const record = await vault.put(clinic, 'scrubChart', value, { schema: scrubChartSchema, trx });
  await trx.insertInto('scrub_charts').values({ clinic, patient, record, changed_at: at }).execute();
  await chartChanged(trx, clinic, null);
}

function chartIn(validator: Validator, value: unknown): ScrubChart | null {
  try {
    assertChart(validator, value);
    return value;
  } catch (error) {
    if (error instanceof GaitError) return null;
    throw error;
  }
}

async function patientOf(
  { keyring }: Needs,
  trx: Trx,
  { clinic, connection, recordNumber }: { clinic: string; connection: string; recordNumber: string },
): Promise<string | null> {
  const source = { clinic, connection, kind: 'patient', id: [recordNumber] } as const;
  return (await knownSource(keyring, trx, source, null))?.ref ?? null;
}

/** The chart of the patient a claim names by member id and birth date; null where nobody or more than one is found. */
export async function chartOf(
  { vault, validator }: Pick<Needs, 'vault' | 'validator'>,
  trx: Trx,
  clinic: string,
  claim: Claim,
): Promise<{ record: string; chart: ScrubChart } | null> {
  const person = claim.patient ?? claim.subscriber;
  const lookup = memberLookup(claim.subscriber.memberId, person.birthDate);
  if (Object.keys(lookup).length === 0) return null;
  const coverage = await vault.find(clinic, 'coverage', lookup, { trx }).catch((error: unknown) => {
    if (error instanceof GaitError && error.code === 'state.conflict') return null;
    throw error;
  });
  if (coverage === null) return null;
  const row = await trx
    .selectFrom('patients as p')
    .innerJoin('scrub_charts as c', (join) => join.onRef('c.patient', '=', 'p.ref').onRef('c.clinic', '=', 'p.clinic'))
    .select('c.record')
    .where('p.clinic', '=', clinic)
    .where('p.coverage', '=', coverage)
    .executeTakeFirst();
  if (row === undefined) return null;
  const actor = systemPrincipal('scrub');
  const chart: unknown = await vault.open(clinic, row.record, { purpose: 'claim.scrub', actor, trx });
  assertChart(validator, chart);
  return { record: row.record, chart };
}

function assertChart(validator: Validator, value: unknown): asserts value is ScrubChart {
  validator.check(scrubChartSchema, value, 'chart');
}
