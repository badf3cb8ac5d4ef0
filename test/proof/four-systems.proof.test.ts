// Four systems that know the same people are read by a flow on real n8n: nobody is lost, nobody is taken for somebody else, and the
// flow run again over the same exports writes nothing. How many doubles are found, `server/imports/four-systems.int.test.ts` measures.
import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDemoClinic, demo, todayIn } from '../../runtime/demo-clinic.ts';
import { awaited, json, list, sandbox, text } from '../../runtime/demo/surfaces.ts';
import type { Json } from '../../runtime/demo/surfaces.ts';
import { otherSystems } from '../../runtime/demo/systems.ts';
import { systemPrincipal } from '../../server/http/principal.ts';
import { patientNumbered } from '../../server/imports/people.ts';
import type { Services } from '../../server/services.ts';
import { addConnection, findClinic, setClinicSettings } from '../../server/setup.ts';
import { surfacesOf } from '../harness/demo-stack.ts';
import { startTestStack } from '../harness/stack.ts';
import type { TestStack } from '../harness/stack.ts';
import { placesHolding } from '../harness/canary.ts';
import { laneStarter } from '../e2e/editor.ts';
import { writtenOf } from '../../server/imports/testing/written.ts';

const minutes = 60_000;
const patients = Number(process.env['GAIT_PROOF_PATIENTS'] ?? '40');
const title = 'Four systems';
const trigger = 'Every night';
const today = todayIn(demo.timezone, new Date());
const systems = [
  { name: 'Clinicient', system: 'clinicient', lever: 'clinicient' },
  { name: 'Raintree', system: 'raintree', lever: 'raintree' },
  { name: 'Prompt', system: 'prompt', lever: 'prompt' },
  { name: 'BreezyNotes', system: 'breezyNotes', lever: 'breezy-notes' },
] as const;

let own: TestStack;
let services: Services;
let clinic: string;
let start: (trigger: string) => Promise<void>;
let truth: Json;
const connections = new Map<string, string>();

const dropOf = (system: string): string => join(own.stack.home, 'drop', system);
const keptOf = (system: string): string => join(own.stack.home, 'kept', system);

beforeAll(async () => {
  own = await startTestStack();
  const { stack } = own;
  await createDemoClinic(stack);
  services = await stack.openServices();
  clinic = (await findClinic(services, demo.clinic)).id;
  await setClinicSettings(services, clinic, { ...demo.settings, mainSystem: 'Clinicient' });
  for (const { name, system } of systems) {
    mkdirSync(dropOf(system), { recursive: true });
    if (otherSystems.some((one) => one.name === name)) continue;
    const added = {
      name,
      system,
      mode: 'live',
      config: { dropFolder: dropOf(system) },
      secrets: {},
      agreement: null,
    } as const;
    await addConnection(services, clinic, added);
  }
  const rows = await services.db
    .selectFrom('connections')
    .select(['id', 'system'])
    .where('clinic', '=', clinic)
    .execute();
  for (const { id, system } of rows) connections.set(system, id);
  const share = Math.round(patients / 10);
  for (const { system, lever } of systems) {
    const asked = {
      seed: 11,
      today,
      patients,
      systems: systems.map((one) => one.system),
      duplicates: Math.max(2, Math.round(share / 2)),
      conflicts: Math.max(3, share),
      badRows: 4,
    };
    truth = json((await sandbox(surfacesOf(stack), `/${lever}/export`, { folder: dropOf(system), ...asked }))['truth']);
    cpSync(dropOf(system), keptOf(system), { recursive: true });
  }
  await publishFlow();
  start = await laneStarter(stack, title);
}, 6 * minutes);

afterAll(async () => {
  await services?.database.close();
  await own?.remove();
}, minutes);

/** A flow as an admin builds it: one trigger, one import node for each system. */
async function publishFlow(): Promise<void> {
  const ask = async (method: string, path: string, body?: Json): Promise<Json> => {
    const response = await fetch(`${own.stack.urls.n8n}/api/v1${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        'X-N8N-API-KEY': readFileSync(own.stack.n8n.apiKeyFile, 'utf8').trim(),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = json(await response.json());
    if (!response.ok) throw new Error(`n8n answered ${response.status}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const credential = await ask('POST', '/credentials', {
    name: 'Gait',
    type: 'gaitApi',
    data: { serverUrl: own.stack.urls.server, apiKey: surfacesOf(own.stack).flowsKey },
  });
  const nodes = [
    {
      id: 'start',
      name: trigger,
      type: 'n8n-nodes-base.scheduleTrigger',
      typeVersion: 1.2,
      position: [0, 0],
      parameters: { rule: { interval: [{ field: 'days', daysInterval: 1, triggerAtHour: 3 }] } },
    },
    ...systems.map(({ name, system }, at) => ({
      id: `import-${system}`,
      name: `Import from ${name}`,
      type: `n8n-nodes-gait.${system}`,
      typeVersion: 1,
      position: [300, at * 160],
      parameters: { resource: 'report', operation: 'import', connection: { __rl: true, mode: 'name', value: name } },
      credentials: { gaitApi: { id: text(credential['id'], 'credential'), name: 'Gait' } },
    })),
  ];
  const main = [systems.map(({ name }) => ({ node: `Import from ${name}`, type: 'main', index: 0 }))];
  const flow = await ask('POST', '/workflows', {
    name: title,
    nodes,
    connections: { [trigger]: { main } },
    settings: { executionOrder: 'v1' },
  });
  await ask('POST', `/workflows/${text(flow['id'], 'flow')}/publish`, {});
}

/** Runs the flow, again where one run leaves files for the next, until so many more reports were read. */
async function runFlow(more: number): Promise<void> {
  const before = await imports();
  const end = Date.now() + Math.max(240, patients * 1.5) * 1000;
  do {
    if (Date.now() > end) throw new Error(`Only ${(await imports()) - before} of ${more} reports were read.`);
    await start(trigger);
    await awaited('a run that is over', 600, settled);
  } while ((await imports()) - before < more);
}

/** Six kinds of reports, four of them from BreezyNotes. */
const reports = 6 * 3 + 4;

const imports = async (): Promise<number> =>
  (await services.db.selectFrom('imports').select('id').where('clinic', '=', clinic).execute()).length;

/** Nothing was written for three seconds. */
async function settled(): Promise<true | null> {
  const now = async (): Promise<string> => JSON.stringify([await imports(), await writtenOf(services.db, clinic)]);
  const one = await now();
  await new Promise((done) => setTimeout(done, 3_000));
  return (await now()) === one ? true : null;
}

function patientOf(system: string, recordNumber: string): Promise<string | null> {
  const origin = {
    clinic,
    connection: connections.get(system) ?? '',
    today,
    asOf: new Date().toISOString(),
    by: systemPrincipal('test'),
    numbers: 'own' as const,
    changed: () => undefined,
  };
  return services.db.transaction().execute((trx) => patientNumbered(services, trx, origin, recordNumber));
}

test(
  'one run of the flow: each planted bad row is told, no other record is lost, and nobody is taken for somebody else',
  async () => {
    await runFlow(reports);
    const rows = await services.db
      .selectFrom('imports')
      .select(['connection', 'kind', 'rejected'])
      .where('clinic', '=', clinic)
      .execute();
    const told = rows.flatMap(({ connection, kind, rejected }) =>
      rejected.map(({ reason }) => `${connection} ${kind} ${reason}`),
    );
    const planted = list(truth['badRows']).map(
      ({ system, kind, reason }) => `${connections.get(String(system)) ?? ''} ${String(kind)} ${String(reason)}`,
    );
    expect(told.toSorted()).toEqual(planted.toSorted());

    const personOf = new Map<string, string>();
    const lost: string[] = [];
    for (const { person, records } of list(truth['people']))
      for (const { system, recordNumber } of list(records)) {
        const patient = await patientOf(String(system), String(recordNumber));
        if (patient === null) lost.push(`${String(system)} ${String(recordNumber)}`);
        else {
          expect(personOf.get(patient) ?? person).toBe(person);
          personOf.set(patient, String(person));
        }
      }
    expect(lost).toEqual([]);
    expect(new Set(personOf.values()).size).toBe(patients);
  },
  16 * minutes,
);

test(
  'the same exports read by the flow once more write nothing',
  async () => {
    const before = await writtenOf(services.db, clinic);
    const known = new Set((await services.db.selectFrom('imports').select('id').execute()).map(({ id }) => id));
    for (const { system } of systems) cpSync(keptOf(system), dropOf(system), { recursive: true });
    // Other bytes, the same rows: a file is known by its digest, a row by what it says.
    const texts = (['clinicient', 'prompt'] as const).flatMap((system) =>
      readdirSync(dropOf(system))
        .filter((name) => name.endsWith('.csv'))
        .map((name) => join(dropOf(system), name)),
    );
    for (const file of texts) appendFileSync(file, '\r\n');
    await runFlow(texts.length);
    const rows = await services.db
      .selectFrom('imports')
      .select(['id', 'counts'])
      .where('clinic', '=', clinic)
      .execute();
    const again = rows.filter(({ id }) => !known.has(id));
    expect(again).toHaveLength(texts.length);
    for (const { counts } of again) expect(counts).toMatchObject({ added: 0, changed: 0 });
    expect(await writtenOf(services.db, clinic)).toEqual(before);
  },
  16 * minutes,
);

test(
  'n8n and the logs hold no record number of a patient',
  async () => {
    const [first] = list(truth['people']);
    const number = String(list(first?.['records']).find(({ system }) => system === 'clinicient')?.['recordNumber']);
    expect(number).toMatch(/^\d{7}$/);
    const { found } = await placesHolding(own.stack, number);
    expect(found).toEqual([]);
  },
  2 * minutes,
);
