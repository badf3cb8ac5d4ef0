// Making a patient known to a PT system over FHIR: a named person approves the values, then they are written there at most once.
import { createHash } from 'node:crypto';
import type { Effect } from '../../connectors/connector.ts';
import { fhirEffects } from '../../connectors/fhir/effects.ts';
import { readFhirSettings } from '../../connectors/fhir/settings.ts';
import type { Written } from '../../connectors/fhir/write.ts';
import type { NewPatient } from '../../connectors/fhir/written-resources.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { sendKey } from '../../domain/effect/key.ts';
import { GaitError } from '../../domain/errors.ts';
import { patientSchema } from '../../domain/patient/schema.ts';
import type { Patient } from '../../domain/patient/schema.ts';
import { fieldTitles, valuesOf } from '../../domain/sync/fields.ts';
import type { SyncedField } from '../../domain/sync/fields.ts';
import type { Connections } from '../connections/connections.ts';
import { connectionNamed } from '../connections/named.ts';
import type { Db, Trx } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import { heldOf } from '../imports/held.ts';
import type { Vault } from '../vault/vault.ts';
import { isOnItsWay } from '../work-items/approval.ts';
import type { WorkItems } from '../work-items/items.ts';
import type { EffectAnswer } from './answer.ts';
import type { Effects } from './effects.ts';
import type { EffectAsk, EffectOperation, EffectPlan, EffectResult } from './operation.ts';
import { resultFound, resultOf } from './results.ts';

interface PlanNeeds {
  readonly vault: Vault;
  readonly validator: Validator;
}

interface Needs extends PlanNeeds {
  readonly db: Db;
  readonly now: () => Date;
  readonly connections: Connections;
  readonly effects: Effects;
  readonly workItems: WorkItems;
}

const hoursToApprove = 24;
/** What Gait calls a patient to another system: an opaque reference, the same whatever their values become. */
const identifierSystem = 'urn:gait:patient';
const sentFields = [
  'given',
  'family',
  'birthDate',
  'gender',
  'phone',
  'email',
  'address',
] as const satisfies readonly SyncedField[];

const creating: readonly Effect<NewPatient, Written>[] = [fhirEffects('raintree').createPatient];

/** The effects by the operation's name. */
export function fhirPatientEffects(needs: PlanNeeds): EffectOperation[] {
  return creating.map((operation) => {
    const { name, system, requestTimeoutSeconds, inquireAfterSeconds } = operation;
    return {
      name,
      system,
      requestTimeoutSeconds,
      inquireAfterSeconds,
      times: (config) => operation.times?.(config) ?? operation,
      plan: (trx, clinic, ask) => planPatient(needs, trx, clinic, ask),
      send: async (context, record, { plan }) =>
        resultOf(await operation.run(context, newPatientOf(needs, plan, record)), written),
      inquire: async (context, record, sending, { plan }) =>
        resultFound(await operation.inquire(context, newPatientOf(needs, plan, record), sending), written),
    };
  });
}

/** Whether the operation writes over FHIR on this connection; without leave to write there, a person enters the values. */
export async function isWrittenOverFhir(
  { connections }: Pick<Needs, 'connections'>,
  clinic: string,
  ask: EffectAsk,
  by: Principal,
): Promise<boolean> {
  if (!creating.some(({ name }) => name === ask.operation)) return false;
  const { config } = await connections.open(clinic, ask.connection, ask.operation, systemPrincipal('effects', by));
  return config['fhir'] !== undefined && readFhirSettings(config).write.includes('Patient');
}

/** Asks for the effect; where nobody approved these values yet, a person is asked, once for them. */
export async function sendPatient(needs: Needs, clinic: string, ask: EffectAsk, by: Principal): Promise<EffectAnswer> {
  const answer = await needs.effects.ask(clinic, ask, by);
  const { rule } = answer;
  if (rule !== 'approval.missing' && rule !== 'approval.unnamed' && rule !== 'approval.superseded') return answer;
  const { workItem, approval } = await needs.db
    .transaction()
    .execute((trx) => askApproval(needs, trx, clinic, ask, by));
  return { ...answer, structure: { ...answer.structure, workItem, approval } };
}

async function askApproval(needs: Needs, trx: Trx, clinic: string, ask: EffectAsk, by: Principal) {
  const { patient, connection, key } = await meant(needs, trx, clinic, ask);
  const { name } = await trx
    .selectFrom('connections')
    .select('name')
    .where('id', '=', connection)
    .executeTakeFirstOrThrow();
  await closeOutdated(needs, trx, clinic, key);
  const values = valuesOf({ ...patient, coverage: null });
  const { workItem } = await needs.workItems.open(
    {
      clinic,
      key,
      kind: 'record.send',
      subject: ask.subject,
      workflow: null,
      dueAt: new Date(needs.now().getTime() + hoursToApprove * 3_600_000).toISOString(),
      context: { connection, what: 'create' },
      reason: `${name}: make this patient known there`,
      draft: {
        system: name,
        values: sentFields.flatMap((field) => {
          const value = values[field] ?? null;
          return value === null ? [] : [{ label: fieldTitles[field], value }];
        }),
        patient: { ...patient },
      },
    },
    by,
    trx,
  );
  return { workItem, approval: (await approvedOf(trx, clinic, key)).approval?.hash ?? null };
}

/** A question about values that hold no more would be answered for nothing. */
async function closeOutdated({ now }: Pick<Needs, 'now'>, trx: Trx, clinic: string, key: string): Promise<void> {
  const prefix = key.slice(0, key.lastIndexOf('/') + 1);
  const outdated = trx
    .selectFrom('work_item_keys')
    .select('work_item')
    .where((where) => where.fn<boolean>('starts_with', ['key', where.val(prefix)]))
    .where('key', '<>', key);
  await trx
    .updateTable('work_items')
    .set({ status: 'closed', closed_at: now(), close_reason: 'other values are to be sent now' })
    .where('clinic', '=', clinic)
    .where('kind', '=', 'record.send')
    .where('status', '=', 'open')
    .where('id', 'in', outdated)
    .execute();
}

/** What is to be written, and under which key: other values are another question to a person. */
async function meant(needs: PlanNeeds, trx: Trx, clinic: string, ask: EffectAsk) {
  const connection = await connectionNamed(trx, clinic, ask.connection);
  const known = await trx
    .selectFrom('patients')
    .select('ref')
    .where('clinic', '=', clinic)
    .where('ref', '=', ask.subject)
    .executeTakeFirst();
  if (known === undefined)
    throw new GaitError('reference.unknown', 'This clinic has no such patient.', { where: 'subject' });
  const { patient } = await heldOf(needs, trx, { clinic, patient: known.ref, by: systemPrincipal('effects') });
  const { name, birthDate, gender, contact, address } = patient;
  const content = canonicalJson({ name, birthDate, gender, contact, address });
  const mark = createHash('sha256').update(content).digest('hex');
  return { patient, connection, key: sendKey({ patient: known.ref, connection, what: 'create', mark }) };
}

async function approvedOf(trx: Trx, clinic: string, key: string) {
  const item = await trx
    .selectFrom('work_items as w')
    .innerJoin('work_item_keys as k', 'k.work_item', 'w.id')
    .select('w.id')
    .where('w.clinic', '=', clinic)
    .where('w.kind', '=', 'record.send')
    .where('k.key', '=', key)
    .executeTakeFirst();
  if (item === undefined) return { workItem: null, approval: null };
  const approval = await trx
    .selectFrom('work_item_decisions as d')
    .innerJoin('work_item_revisions as r', (join) =>
      join.onRef('r.work_item', '=', 'd.work_item').onRef('r.number', '=', 'd.revision'),
    )
    .select(['d.hash', 'r.record'])
    .where('d.work_item', '=', item.id)
    .where('d.state', '=', 'accepted')
    .where('d.decision', '=', 'approve')
    .executeTakeFirst();
  return { workItem: item.id, approval: approval ?? null };
}

async function planPatient(needs: PlanNeeds, trx: Trx, clinic: string, ask: EffectAsk): Promise<EffectPlan> {
  const { connection, key } = await meant(needs, trx, clinic, ask);
  const { workItem, approval } = await approvedOf(trx, clinic, key);
  const { subject, operation } = ask;
  return {
    identity: {
      clinic,
      key,
      operation,
      connection,
      subject,
      // A patient is made known once, with whatever values: what changes later is a change there, not another patient.
      requestOf: key.slice(0, key.lastIndexOf('/')),
      workItem,
      approval: approval?.hash ?? null,
      request: approval?.record ?? '',
    },
    about: subject,
    period: null,
    facts: {
      keyMatches: ask.key === undefined || ask.key === key,
      authorizationHeld: false,
      approval: {
        given: ask.approval ?? null,
        approved: approval?.hash ?? null,
        onItsWay: workItem !== null && (await isOnItsWay(trx, workItem, ask.approval)),
      },
    },
    missing: () => [],
    isOver: () => Promise.resolve(false),
  };
}

/** The patient as it was approved. */
function newPatientOf({ validator }: PlanNeeds, { about }: EffectPlan, record: unknown): NewPatient {
  const patient: unknown = typeof record === 'object' && record !== null ? Reflect.get(record, 'patient') : null;
  assertPatient(validator, patient);
  return { patient, identifier: { system: identifierSystem, value: about } };
}

function assertPatient(validator: Validator, value: unknown): asserts value is Patient {
  validator.check(patientSchema, value, 'patient');
}

/** The id there names a person to whoever knows that system: it stays out of flows. */
function written({ created }: Written): EffectResult {
  return { outcome: created ? 'created' : 'thereAlready', structure: {}, keep: () => Promise.resolve([]) };
}
