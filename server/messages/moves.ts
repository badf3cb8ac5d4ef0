// The next move of a message, and what a flow's answer settles: asked by its workflow, decided by the rules, written down here.
import { messageKey } from '../../domain/effect/key.ts';
import { atInstant } from '../../domain/effect/permit.ts';
import { errorTable, isErrorCode } from '../../domain/errors.ts';
import { nextMove } from '../../domain/outreach/course.ts';
import type { Ending, Way } from '../../domain/outreach/course.ts';
import { messageRules } from '../../domain/outreach/gate.ts';
import { usualAgainMinutes } from '../../domain/outreach/settings.ts';
import type { Channel } from '../../domain/outreach/words.ts';
import type { StepAnswer } from '../../domain/step/call.ts';
import type { NextMove } from '../../workflows/message/messages.ts';
import type { Trx } from '../database/tables.ts';
import { permitOf } from '../effects/store.ts';
import { systemPrincipal } from '../http/principal.ts';
import { openCall } from './call-list.ts';
import { revoke } from './consents.ts';
import { clinicOf, messageRow, updateMessage } from './needs.ts';
import type { MessageNeeds, MessageRow } from './needs.ts';
import { weigh } from './weigh.ts';

/** What comes of one delivery of the step `message.send`: the flow's answer, or the code of what kept it from answering. */
export interface Delivered {
  readonly channel: Channel;
  readonly answer: StepAnswer | null;
  readonly code: string | null;
}

const by = systemPrincipal('messages');
const inDoubtSeconds = 60;

/** Decides what to do next with a message, and writes down what is decided on the way. */
export function decideNext(needs: MessageNeeds, clinic: string, message: string): Promise<NextMove> {
  return needs.db.transaction().execute(async (trx) => {
    const row = await messageRow(trx, clinic, message, true);
    if (row.state === 'over') return { kind: 'over' };
    const gate = await weigh(needs, trx, row);
    const { ways, withdrawn_at } = row;
    const course = {
      ways: [...ways],
      until: row.until.toISOString(),
      withdrawn: withdrawn_at !== null,
      callIfUnreached: row.call_if_unreached,
    };
    for (;;) {
      const move = nextMove(course, gate, needs.now().toISOString());
      switch (move.kind) {
        case 'refuse':
          course.ways = changed(course.ways, move.channel, { state: 'refused', reason: move.rule });
          if (move.rule === 'message.withdrawn') course.withdrawn = true;
          await updateMessage(needs, trx, row, { ways: course.ways, rule: move.rule, rule_row: move.row });
          break;
        case 'send':
          await updateMessage(needs, trx, row, { waits_until: null });
          return { kind: 'send', channel: move.channel };
        case 'wait':
          await updateMessage(needs, trx, row, {
            waits_until: new Date(move.until),
            ...(move.rule === null ? {} : { rule: move.rule, rule_row: move.row }),
          });
          return { kind: 'wait', until: move.until };
        case 'over':
          await end(needs, trx, row, course.withdrawn && move.ending === 'callList' ? 'withdrawn' : move.ending);
          return { kind: 'over' };
      }
    }
  });
}

function changed(ways: readonly Way[], channel: Channel, change: Partial<Way>): Way[] {
  return ways.map((way) => (way.channel === channel ? { ...way, ...change } : way));
}

async function end(needs: MessageNeeds, trx: Trx, row: MessageRow, ending: Ending): Promise<void> {
  await updateMessage(needs, trx, row, { state: 'over', ending, waits_until: null });
  await needs.audit.append(trx, {
    clinic: row.clinic,
    actor: 'system:messages',
    action: `message.${ending}`,
    subject: row.ref,
    purpose: row.purpose,
    details: { patient: row.patient },
  });
  if (ending === 'callList') await openCall(needs, trx, await messageRow(trx, row.clinic, row.ref));
}

/** Writes down what became of one delivery. What the server saw itself goes before what a flow says. */
export async function settleDelivery(
  needs: MessageNeeds,
  clinic: string,
  message: string,
  delivered: Delivered,
): Promise<void> {
  await needs.db.transaction().execute(async (trx) => {
    const row = await messageRow(trx, clinic, message, true);
    const way = row.ways.find(({ channel }) => channel === delivered.channel);
    if (row.state === 'over' || way === undefined) return;
    const { outreach } = await clinicOf(trx, clinic);
    const again = later(needs.now(), outreach.againMinutes ?? usualAgainMinutes);
    const seen = await seenEffect(needs, trx, { clinic, key: messageKey({ message, channel: way.channel }) }, again);
    const change = seen?.change ?? said(again, delivered);
    // The vendor's word about it may have come before the flow's answer.
    if (way.state === 'delivered' || way.state === 'failed') return;
    await updateMessage(needs, trx, row, { ways: changed(row.ways, way.channel, change) });
    if (seen?.optedOut === true)
      await revoke(needs, trx, { clinic, patients: [row.patient], channel: way.channel, source: 'vendor', by });
  });
}

async function seenEffect(
  { now }: MessageNeeds,
  trx: Trx,
  { clinic, key }: { readonly clinic: string; readonly key: string },
  again: Partial<Way>,
): Promise<{ change: Partial<Way>; optedOut: boolean } | null> {
  const row = await trx
    .selectFrom('effects')
    .selectAll()
    .where('clinic', '=', clinic)
    .where('key', '=', key)
    .executeTakeFirst();
  if (row === undefined) return null;
  const permit = atInstant(permitOf(row), now().toISOString());
  switch (permit.state) {
    case 'done':
      return {
        change: { state: 'sent', notBefore: null, sentAt: permit.sentAt ?? now().toISOString() },
        optedOut: false,
      };
    case 'notSent': {
      const optedOut = permit.reasons.some(({ code }) => code === 'opted-out');
      const passes = permit.code === null || errorTable[permit.code].retry;
      const reason = optedOut ? 'message.opted-out' : (permit.reasons[0]?.code ?? permit.code);
      return { change: passes ? again : { state: optedOut ? 'refused' : 'failed', reason }, optedOut };
    }
    default: {
      const soon = new Date(now().getTime() + inDoubtSeconds * 1000).toISOString();
      const notBefore = permit.inquireAt !== null && permit.inquireAt > soon ? permit.inquireAt : soon;
      return { change: { state: 'uncertain', notBefore, sentAt: permit.sentAt }, optedOut: false };
    }
  }
}

function later(at: Date, minutes: number): Partial<Way> {
  return { state: 'untried', notBefore: new Date(at.getTime() + minutes * 60_000).toISOString() };
}

/** Nothing left over any connection: what kept it, by the flow's own word. */
function said(again: Partial<Way>, { answer, code }: Delivered): Partial<Way> {
  if (answer === null || code !== null) return again;
  if ('error' in answer) {
    const { code: error } = answer.error;
    return errorTable[error].retry ? again : { state: 'refused', reason: error };
  }
  if (answer.outcome === 'shadow') return { state: 'shadow', reason: null };
  const rule = answer.structure?.['rule'];
  // What the rules of outreach or a pause keep back is weighed again; an agreement that is missing lets nothing through today.
  if (
    typeof rule === 'string' &&
    (Object.hasOwn(messageRules, rule) || rule === 'connection.paused' || rule.startsWith('effect.'))
  )
    return again;
  if (typeof rule === 'string') return { state: 'refused', reason: rule };
  if (answer.outcome === 'wait' || answer.outcome === 'uncertain') return again;
  return { state: 'refused', reason: isErrorCode(answer.outcome) ? answer.outcome : 'flow.notSent' };
}
