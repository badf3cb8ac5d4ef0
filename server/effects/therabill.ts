// Handing a remittance or a patient on to Therabill: a file is left for upload, and a person is asked to upload it.
import { clientFields } from '../../connectors/therabill/client-import.ts';
import type { Client } from '../../connectors/therabill/client-import.ts';
import { therabillOperations } from '../../connectors/therabill/operations.ts';
import type { Uploadable } from '../../connectors/therabill/upload.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { clientHandOnKey, remittanceHandOnKey } from '../../domain/effect/key.ts';
import { GaitError } from '../../domain/errors.ts';
import { connectionNamed } from '../connections/named.ts';
import type { Trx } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Vault, VaultRecord } from '../vault/vault.ts';
import type { WorkItems } from '../work-items/items.ts';
import type { EffectAsk, EffectOperation, EffectPlan, EffectResult } from './operation.ts';
import { resultFound, resultOf } from './results.ts';

interface Needs {
  readonly vault: Vault;
  readonly workItems: WorkItems;
  readonly now: () => Date;
}

const hoursToUpload = 24;

export function therabillEffects(needs: Needs): EffectOperation[] {
  const remittance = therabillOperations['therabill.remittance.send'];
  const client = therabillOperations['therabill.patient.create'];
  // Left twice it lies there once: what cannot be told is simply asked for again.
  const common = { inquireAfterSeconds: 0, repeatable: true } as const;
  return [
    {
      ...common,
      name: remittance.name,
      system: remittance.system,
      requestTimeoutSeconds: remittance.requestTimeoutSeconds,
      times: (config) => ({ ...(remittance.times?.(config) ?? remittance), inquireAfterSeconds: 0 }),
      plan: planRemittance,
      send: async (context, record, { plan }) =>
        resultOf(await remittance.run(context, { content: textIn(record) }), left(needs, plan, 'remittance')),
      inquire: async (context, record, sending, { plan }) =>
        resultFound(
          await remittance.inquire(context, { content: textIn(record) }, sending),
          left(needs, plan, 'remittance'),
        ),
    },
    {
      ...common,
      name: client.name,
      system: client.system,
      requestTimeoutSeconds: client.requestTimeoutSeconds,
      times: (config) => ({ ...(client.times?.(config) ?? client), inquireAfterSeconds: 0 }),
      plan: (trx, clinic, ask) => planClient(needs, trx, clinic, ask),
      send: async (context, record, { plan }) =>
        resultOf(await client.run(context, clientIn(record)), left(needs, plan, 'client')),
      inquire: async (context, record, sending, { plan }) =>
        resultFound(await client.inquire(context, clientIn(record), sending), left(needs, plan, 'client')),
    },
  ];
}

const steps = {
  remittance: 'Upload it into Therabill as an electronic remittance, then say so here',
  client: "Import it with Therabill's client import, then say so here",
} as const;

/** The work item by which a person does what no program can. */
function left({ workItems, now }: Needs, plan: EffectPlan, what: keyof typeof steps) {
  return ({ file }: Uploadable): EffectResult => ({
    outcome: 'left',
    structure: { file },
    async keep(trx, by) {
      const { clinic, connection, key } = plan.identity;
      const { workItem } = await workItems.open(
        {
          clinic,
          key,
          kind: 'file.upload',
          subject: plan.about,
          workflow: null,
          dueAt: new Date(now().getTime() + hoursToUpload * 3_600_000).toISOString(),
          context: { connection, file },
          role: what === 'client' ? 'frontDesk' : 'biller',
          reason: `${file} lies in the folder upload. ${steps[what]}`,
        },
        by,
        trx,
      );
      return [workItem];
    },
  });
}

/** Nobody need approve either: nothing leaves the clinic, and the person who uploads the file is the one who decides. */
function planOf(of: {
  readonly clinic: string;
  readonly ask: EffectAsk;
  readonly connection: string;
  readonly key: string;
  readonly request: string;
}): EffectPlan {
  const { clinic, ask, connection, key, request } = of;
  const { subject, operation } = ask;
  return {
    identity: { clinic, key, operation, connection, subject, requestOf: key, workItem: null, approval: null, request },
    about: subject,
    period: null,
    facts: { keyMatches: ask.key === undefined || ask.key === key, authorizationHeld: false, approval: null },
    missing: () => [],
    isOver: () => Promise.resolve(false),
  };
}

async function planRemittance(trx: Trx, clinic: string, ask: EffectAsk): Promise<EffectPlan> {
  const connection = await connectionNamed(trx, clinic, ask.connection);
  const row = await trx
    .selectFrom('received_documents')
    .select(['record', 'source', 'kinds'])
    .where('clinic', '=', clinic)
    .where('record', '=', ask.subject)
    .executeTakeFirst();
  if (row?.kinds.includes('835') !== true)
    throw new GaitError('reference.unknown', 'This clinic has received no such remittance.', { where: 'subject' });
  if (row.source === 'stedi.transaction')
    throw new GaitError('state.conflict', 'Stedi told this remittance without a file that could be handed on.', {
      where: 'subject',
      fix: "Download the 835 in Stedi's portal and upload it into Therabill by hand.",
    });
  if (row.source === 'therabill.remittances')
    throw new GaitError('state.conflict', 'This remittance came out of Therabill.', { where: 'subject' });
  const key = remittanceHandOnKey({ kept: ask.subject, connection });
  return planOf({ clinic, ask, connection, key, request: ask.subject });
}

/** What is known of a patient now is kept as it goes out: the same again is the same effect. */
async function planClient({ vault }: Needs, trx: Trx, clinic: string, ask: EffectAsk): Promise<EffectPlan> {
  const connection = await connectionNamed(trx, clinic, ask.connection);
  const row = await trx
    .selectFrom('patients')
    .select(['ref', 'coverage'])
    .where('clinic', '=', clinic)
    .where('ref', '=', ask.subject)
    .executeTakeFirst();
  if (row === undefined)
    throw new GaitError('reference.unknown', 'This clinic has no such patient.', { where: 'subject' });
  const opening = { purpose: ask.operation, actor: systemPrincipal('effects'), trx };
  const patient = await vault.open(clinic, row.ref, opening);
  const coverage = row.coverage === null ? {} : await vault.open(clinic, row.coverage, opening);
  const client = clientOf(patient, coverage);
  const lookup = { content: canonicalJson({ patient: row.ref, client }) };
  const known = await vault.find(clinic, 'client', lookup, { trx });
  const request = known ?? (await vault.put(clinic, 'client', { ...client }, { lookup, trx }));
  const key = clientHandOnKey({ patient: row.ref, kept: request, connection });
  return planOf({ clinic, ask, connection, key, request });
}

function textOf(holder: unknown, name: string): string | null {
  if (typeof holder !== 'object' || holder === null) return null;
  const value: unknown = Object.entries(holder).find(([key]) => key === name)?.[1];
  return typeof value === 'string' && value !== '' ? value : null;
}

function clientOf(patient: VaultRecord, coverage: VaultRecord): Client {
  const { name, contact, address } = patient;
  return {
    recordNumber: textOf(patient, 'recordNumber'),
    family: textOf(name, 'family'),
    given: textOf(name, 'given'),
    birthDate: textOf(patient, 'birthDate'),
    gender: textOf(patient, 'gender'),
    phone: textOf(contact, 'phone'),
    email: textOf(contact, 'email'),
    addressLine: textOf(address, 'line'),
    city: textOf(address, 'city'),
    state: textOf(address, 'state'),
    postalCode: textOf(address, 'postalCode'),
    payerName: textOf(coverage, 'payerName'),
    memberId: textOf(coverage, 'memberId'),
    groupNumber: textOf(coverage, 'groupNumber'),
    relationship: textOf(coverage, 'relationship'),
  };
}

/** A client as it was kept. */
function clientIn(record: VaultRecord): Client {
  return clientFields((field) => textOf(record, field));
}

/** X12 as it was kept: a file, or the content of a report. */
function textIn(record: VaultRecord): string {
  const text = [record['text'], record['content']].find((one) => typeof one === 'string');
  if (text !== undefined) return text;
  throw new GaitError('internal.bug', 'A kept remittance has no text.', { where: 'text' });
}
