// Sending a message to a patient: kept back by the rules of outreach, sent over one channel at most once, whoever carries it.
import type { ConnectorContext, Effect } from '../../connectors/connector.ts';
import { readKlaraConfig } from '../../connectors/klara/config.ts';
import { klaraOperations } from '../../connectors/klara/operations.ts';
import { lumaHealthOperations } from '../../connectors/luma-health/operations.ts';
import { smtpOperations } from '../../connectors/smtp/operations.ts';
import { twilioOperations } from '../../connectors/twilio/operations.ts';
import { messageKey } from '../../domain/effect/key.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Channel } from '../../domain/outreach/words.ts';
import { connectionNamed } from '../connections/named.ts';
import type { Trx } from '../database/tables.ts';
import { messageRow, updateMessage } from '../messages/needs.ts';
import type { MessageRow } from '../messages/needs.ts';
import { assertMessage, internationalNumber } from '../messages/record.ts';
import type { MessageRecord } from '../messages/record.ts';
import { lockPatient, weigh } from '../messages/weigh.ts';
import { twilioDoor } from '../received/twilio.ts';
import type { WeighNeeds } from '../messages/weigh.ts';
import type { VaultRecord } from '../vault/vault.ts';
import type { WorkItems } from '../work-items/items.ts';
import type { EffectAsk, EffectOperation, EffectPlan, EffectResult } from './operation.ts';
import { resultFound, resultOf } from './results.ts';

/** What a carrier needs to know of one message. */
interface Carried {
  readonly record: MessageRecord;
  readonly body: string;
  readonly subject: string | null;
  readonly plan: EffectPlan;
}

/** By the labels that the scope of an agreement has. */
type Learnt = 'name' | 'birthDate' | 'contact' | 'recordNumber';

/** The vendor's own name of what it took, by which its word about it is found; null: it has none. */
type VendorName = string | null;

interface SendNeeds extends WeighNeeds {
  readonly workItems: WorkItems;
}

/** A table that staff send is sent within so long, or before the message is of no use. */
const msToSend = 4 * 3_600_000;

interface Carrier {
  readonly channel: Channel;
  readonly effect: EffectOperation;
}

/** The effects by the operation's name, one for each way a vendor offers. */
export function messageEffects(needs: SendNeeds & { readonly publicUrl: string }): EffectOperation[] {
  const byTwilio = ({ record, body, plan }: Carried) => ({
    to: internationalNumber(record.phone) ?? '',
    text: body,
    key: plan.identity.key,
    door: twilioDoor(needs.publicUrl, plan.identity.connection),
  });
  const carriers: Carrier[] = [
    carrier(needs, {
      channel: 'text',
      operation: twilioOperations['twilio.message.send'],
      request: byTwilio,
      learns: ['contact'],
      named: ({ id }) => id,
    }),
    carrier(needs, {
      channel: 'voice',
      operation: twilioOperations['twilio.call.place'],
      request: byTwilio,
      learns: ['contact'],
      named: ({ id }) => id,
    }),
    carrier(needs, {
      channel: 'email',
      operation: smtpOperations['smtp.message.send'],
      request: ({ record, body, subject, plan }) => ({
        to: record.email ?? '',
        subject: subject ?? record.clinicName,
        text: body,
        key: plan.identity.key,
      }),
      learns: ['contact'],
      named: ({ id }) => id,
    }),
    carrier(needs, {
      channel: 'text',
      operation: lumaHealthOperations['lumaHealth.message.send'],
      request: ({ record, body, plan }) => ({
        patientId: record.numbers[plan.identity.connection] ?? '',
        text: body,
        key: plan.identity.key,
      }),
      learns: ['recordNumber'],
      named: ({ id }) => id,
    }),
    carrier(needs, {
      channel: 'text',
      operation: klaraOperations['klara.message.send'],
      request: ({ record, body, plan }) => ({
        messages: [
          {
            reference: plan.about,
            family: record.family,
            given: record.given,
            birthDate: record.birthDate,
            phone: record.phone,
            email: record.email,
            text: body,
            sendOn: null,
          },
        ],
      }),
      learns: ['name', 'birthDate', 'contact'],
      named: () => null,
      byHand: ({ file }, { config }) =>
        readKlaraConfig(config).takenBy === 'bridge'
          ? null
          : `${file} lies in the outbox of Klara. Send it in Klara, then say so here`,
    }),
  ];
  return carriers.map(({ effect }) => effect);
}

function carrier<Request, Result>(
  needs: SendNeeds,
  of: {
    readonly channel: Channel;
    readonly operation: Effect<Request, Result>;
    readonly request: (carried: Carried) => Request;
    readonly named: (result: Result) => VendorName;
    /** What the vendor learns of the patient beside the words. */
    readonly learns: readonly Learnt[];
    /** What a person must do for it to reach the patient; null: nothing. */
    readonly byHand?: (result: Result, context: ConnectorContext) => string | null;
  },
): Carrier {
  const { channel, operation, request, named, learns, byHand } = of;
  const { name, system, requestTimeoutSeconds, inquireAfterSeconds } = operation;
  const requestFor = (record: VaultRecord, plan: EffectPlan): Request =>
    request(carriedOf(needs, channel, record, plan));
  const sent = (plan: EffectPlan, context: ConnectorContext) => (result: Result) =>
    sentOver(needs, channel, plan, { name: named(result), toDo: byHand?.(result, context) ?? null });
  return {
    channel,
    effect: {
      name,
      system,
      requestTimeoutSeconds,
      inquireAfterSeconds,
      times: (config) => operation.times?.(config) ?? operation,
      plan: (trx, clinic, ask) => planOf(needs, trx, { clinic, ask, channel, learns }),
      send: async (context, record, { plan }) =>
        resultOf(await operation.run(context, requestFor(record, plan)), sent(plan, context)),
      inquire: async (context, record, sending, { plan }) =>
        resultFound(await operation.inquire(context, requestFor(record, plan), sending), sent(plan, context)),
    },
  };
}

function carriedOf({ validator }: WeighNeeds, channel: Channel, kept: VaultRecord, plan: EffectPlan): Carried {
  const record: unknown = kept;
  assertMessage(validator, record);
  const written = record.texts[channel];
  if (written === undefined)
    throw new GaitError('input.invalid', 'This message has no words for this channel.', { where: 'subject' });
  return { record, body: written.body, subject: written.subject, plan };
}

async function planOf(
  needs: WeighNeeds,
  trx: Trx,
  {
    clinic,
    ask,
    channel,
    learns,
  }: {
    readonly clinic: string;
    readonly ask: EffectAsk;
    readonly channel: Channel;
    readonly learns: readonly Learnt[];
  },
): Promise<EffectPlan> {
  const connection = await connectionNamed(trx, clinic, ask.connection);
  const row = await messageRow(trx, clinic, ask.subject, true);
  await lockPatient(trx, clinic, row.patient);
  const key = messageKey({ message: row.ref, channel });
  const decision = row.state === 'over' ? null : (await weigh(needs, trx, row))(channel);
  return {
    identity: {
      clinic,
      key,
      operation: ask.operation,
      connection,
      subject: row.ref,
      requestOf: key,
      workItem: null,
      approval: null,
      request: row.ref,
    },
    about: row.ref,
    period: null,
    facts: {
      keyMatches: (ask.key === undefined || ask.key === key) && isNext(row, channel),
      authorizationHeld: false,
      approval: null,
      // The words tell when a visit is; more than that no words of a message hold.
      holds: [...learns, ...(row.about_at === null ? [] : ['visitTime'])],
      keptBack: decision === null ? 'message.withdrawn' : decision.kind === 'send' ? null : decision.rule,
    },
    missing: () => [],
    isOver: () => Promise.resolve(false),
  };
}

/** A message goes by one way after the other, never by two at once. */
function isNext({ ways }: MessageRow, channel: Channel): boolean {
  const next = ways.find(({ state }) => state === 'uncertain' || state === 'untried');
  return next?.channel === channel;
}

function sentOver(
  needs: SendNeeds,
  channel: Channel,
  plan: EffectPlan,
  { name: vendorMessage, toDo }: { readonly name: VendorName; readonly toDo: string | null },
): EffectResult {
  const { clinic, connection, key } = plan.identity;
  return {
    outcome: 'sent',
    structure: { channel },
    async keep(trx, by) {
      const at = needs.now();
      const row = await messageRow(trx, clinic, plan.about, true);
      await trx
        .insertInto('message_sendings')
        .values({
          message: row.ref,
          channel,
          clinic,
          connection,
          patient: row.patient,
          category: row.category,
          vendor_message: vendorMessage,
          at,
        })
        .onConflict((conflict) => conflict.columns(['message', 'channel']).doNothing())
        .execute();
      const ways = row.ways.map((way) =>
        way.channel === channel && way.state !== 'delivered' && way.state !== 'failed'
          ? { ...way, state: 'sent' as const, notBefore: null, sentAt: way.sentAt ?? at.toISOString() }
          : way,
      );
      await updateMessage(needs, trx, row, { ways }, { tell: true });
      if (toDo === null) return [row.ref];
      const { workItem } = await needs.workItems.open(
        {
          clinic,
          key,
          kind: 'file.upload',
          subject: row.ref,
          workflow: null,
          dueAt: (row.until < new Date(at.getTime() + msToSend)
            ? row.until
            : new Date(at.getTime() + msToSend)
          ).toISOString(),
          context: { connection },
          role: 'frontDesk',
          reason: toDo,
        },
        by,
        trx,
      );
      return [row.ref, workItem];
    },
  };
}
