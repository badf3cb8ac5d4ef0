// A clinic whose patients stand in four systems, with planted doubles, contradictions and rows nobody can read: nobody is lost,
// nobody is taken for somebody else, and what is read a second time changes nothing. `npm run proof` runs it with 500 patients.
import { appendFile, cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLinker } from '../../domain/linkage/linker.ts';
import { breezyNotesDialect } from '../../sandbox/breezy-notes/dialects.ts';
import { sameClinic } from '../../sandbox/clinic/several-systems.ts';
import type { RecordOf, SystemName } from '../../sandbox/clinic/systems/model.ts';
import { clinicientDialect } from '../../sandbox/clinicient/dialects.ts';
import { promptDialect } from '../../sandbox/prompt/dialects.ts';
import { raintreeDialect } from '../../sandbox/raintree/dialects.ts';
import { writeReports } from '../../sandbox/reports/write.ts';
import { createPolicies, readRuleBook } from '../authorizations/policies.ts';
import { createDataAudits } from '../data-audit/audits.ts';
import { readDataRules } from '../data-audit/rules.ts';
import { systemPrincipal } from '../http/principal.ts';
import { createVendor } from '../operations/vendor.ts';
import { addConnection, createClinic, setClinicSettings } from '../setup.ts';
import { testDay } from '../testing/days.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import { createWorkItems } from '../work-items/items.ts';
import { createImports } from './import.ts';
import type { ImportResult, Imports } from './import.ts';
import { patientNumbered } from './people.ts';
import { writeFourSystems } from './testing/four-systems-report.ts';
import { writtenOf } from './testing/written.ts';

const patients = Number(process.env['GAIT_PROOF_PATIENTS'] ?? '40');
const isLarge = process.env['GAIT_PROOF_PATIENTS'] !== undefined;
const seconds = isLarge ? 900 : 120;
const dialects = {
  clinicient: clinicientDialect,
  raintree: raintreeDialect,
  prompt: promptDialect,
  breezyNotes: breezyNotesDialect,
} as const;
const names = ['clinicient', 'raintree', 'prompt', 'breezyNotes'] as const;
type Name = (typeof names)[number];

const today = testDay();
const by = systemPrincipal('test');
const share = Math.round(patients / 10);
const whole = sameClinic({
  seed: 11,
  today,
  patients,
  systems: names,
  duplicates: Math.max(2, Math.round(share / 2)),
  conflicts: Math.max(3, share),
  badRows: 4,
});

let server: TestServer;
let clinic: string;
let imports: Imports;
let audits: ReturnType<typeof createDataAudits>;
let root: string;
const connections = new Map<Name, string>();
const started = Date.now();
const read = new Map<Name, ImportResult>();

beforeAll(async () => {
  server = await startServer();
  const { services } = server;
  root = await mkdtemp(join(tmpdir(), 'gait-four-'));
  clinic = (await createClinic(services, { name: 'four', timezone: 'America/Chicago' })).id;
  await setClinicSettings(services, clinic, { mainSystem: 'clinicient' });
  const rules = await readDataRules(services.validator);
  const policies = createPolicies({ ...services, book: await readRuleBook(services.validator) });
  const shared = { ...services, policies, vendor: createVendor(services) };
  const workItems = createWorkItems(shared);
  imports = createImports({ ...shared, workItems, linker: createLinker(rules.linkage) });
  audits = createDataAudits({ ...shared, workItems, rules });
  for (const name of names) {
    const records = whole.systems[name];
    if (records === undefined) throw new Error('The clinic has no such system.');
    const folder = join(root, name);
    writeReports(records, dialects[name], folder, today);
    const config = { dropFolder: folder, profile: dialects[name].profile, settleSeconds: 0 };
    const added = { name, system: name, mode: 'live', config, secrets: {}, agreement: null } as const;
    connections.set(name, (await addConnection(services, clinic, added)).id);
    await cp(folder, join(root, `${name}-kept`), { recursive: true });
  }
}, 60_000);
afterAll(async () => {
  await server.stop();
  await rm(root, { recursive: true, force: true });
});

const connectionOf = (name: Name): string => connections.get(name) ?? '';
const take = (name: Name) => imports.run({ clinic, connection: connectionOf(name), by });

async function takeAll(name: Name): Promise<ImportResult> {
  const first = await take(name);
  return first.structure.more && first.structure.files.length > 0 ? takeAll(name) : first;
}

/** Whom a record is taken for; null: it was not taken. */
async function patientOf({ system, recordNumber }: RecordOf): Promise<string | null> {
  const name = names.find((one) => one === system);
  if (name === undefined) return null;
  return server.services.db
    .transaction()
    .execute((trx) => patientNumbered(server.services, trx, origin(name), recordNumber));
}

const origin = (name: Name) => ({
  clinic,
  connection: connectionOf(name),
  today,
  asOf: `${today}T12:00:00.000Z`,
  by,
  numbers: 'own' as const,
  changed: () => undefined,
});

const isBad = ({ system, recordNumber }: RecordOf): boolean =>
  (whole.systems[system]?.bad ?? []).some(({ kind, row }) => kind === 'patients' && row.recordNumber === recordNumber);

const isOf = (system: SystemName): system is Name => names.some((name) => name === system);

test(
  'every record of every system is taken, and each row that nobody can read is told by row, column and reason',
  async () => {
    for (const name of names) {
      const result = await takeAll(name);
      read.set(name, result);
    }
    const { db } = server.services;
    const rows = await db
      .selectFrom('imports')
      .select(['connection', 'kind', 'counts', 'rejected'])
      .where('clinic', '=', clinic)
      .execute();
    for (const name of names) {
      const own = rows.filter(({ connection }) => connection === connectionOf(name));
      const told = own.flatMap(({ kind, rejected }) => rejected.map(({ reason }) => `${kind} ${reason}`));
      const planted = (whole.systems[name]?.bad ?? []).map(({ kind, reason }) => `${kind} ${reason}`);
      expect(told.sort(), name).toEqual(planted.sort());
    }
    const lost: RecordOf[] = [];
    for (const { records } of whole.truth.people)
      for (const record of records)
        if (isOf(record.system) && !isBad(record) && (await patientOf(record)) === null) lost.push(record);
    expect(lost).toEqual([]);
  },
  seconds * 1000,
);

test(
  'nobody is taken for somebody else, and most are known again in the other systems',
  async () => {
    const refs = new Map<string, string>();
    let [wanted, found] = [0, 0];
    for (const { person, records } of whole.truth.people) {
      const own = records.filter((record) => isOf(record.system) && !isBad(record));
      const systemsOf = new Map<string, Set<string>>();
      for (const record of own) {
        const ref = await patientOf(record);
        if (ref === null) continue;
        expect(refs.get(ref) ?? person).toBe(person);
        refs.set(ref, person);
        systemsOf.set(ref, (systemsOf.get(ref) ?? new Set()).add(record.system));
      }
      wanted += new Set(own.map(({ system }) => system)).size - 1;
      for (const systems of systemsOf.values()) found += systems.size - 1;
    }
    links = { wanted, found };
    expect(found / wanted).toBeGreaterThan(0.85);
  },
  seconds * 1000,
);

let links = { wanted: 0, found: 0 };
let doubles = { asked: 0, right: 0, joined: 0, planted: 0 };

test(
  'the data audit lays the doubles that are left before a person, and hardly anybody else',
  async () => {
    await audits.run(clinic, by);
    const pairs = await server.services.db
      .selectFrom('patient_pairs')
      .select(['one', 'other'])
      .where('clinic', '=', clinic)
      .where('state', '=', 'asked')
      .execute();
    const personOf = new Map<string, string>();
    for (const { person, records } of whole.truth.people)
      for (const record of records) {
        const ref = await patientOf(record);
        if (ref !== null) personOf.set(ref, person);
      }
    const byPerson = Map.groupBy([...personOf], ([, person]) => person);
    // Of three records of one person two answers put all together.
    const planted = [...byPerson.values()].reduce((sum, refs) => sum + refs.length - 1, 0);
    const rightPairs = pairs.filter(({ one, other }) => personOf.get(one) === personOf.get(other));
    const standing = new Map([...personOf.keys()].map((ref) => [ref, ref]));
    let joined = 0;
    for (const { one, other } of rightPairs) {
      const [first, second] = [standing.get(one) ?? one, standing.get(other) ?? other];
      if (first === second) continue;
      joined += 1;
      for (const [ref, now] of standing) if (now === second) standing.set(ref, first);
    }
    doubles = { asked: pairs.length, right: rightPairs.length, joined, planted };
    expect(planted).toBeGreaterThan(0);
    expect(joined / planted).toBeGreaterThan(0.8);
    expect(rightPairs.length / pairs.length).toBeGreaterThan(0.7);
  },
  seconds * 1000,
);

test(
  'read a second time, whatever the files are called, the same records write nothing',
  async () => {
    const before = await writtenOf(server.services.db, clinic);
    for (const name of names) {
      const kept = join(root, `${name}-kept`);
      for (const file of await readdir(kept)) {
        await cp(join(kept, file), join(root, name, file));
        // Other bytes, the same rows: the digest does not know it, the rows do.
        if (file.endsWith('.csv') && dialects[name].form.kind === 'csv' && name !== 'breezyNotes')
          await appendFile(join(root, name, file), '\r\n');
      }
      const { structure } = await takeAll(name);
      for (const { kind, counts } of structure.files)
        expect({ kind, added: counts.added, changed: counts.changed }).toEqual({ kind, added: 0, changed: 0 });
    }
    expect(await writtenOf(server.services.db, clinic)).toEqual(before);
    if (isLarge) await writeFourSystems({ patients, whole, links, doubles, seconds: (Date.now() - started) / 1000 });
  },
  seconds * 1000,
);
