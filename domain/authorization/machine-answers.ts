// What the payer's side said and how it is written down: submissions, answers and notes for the timeline. Pure.

import { nextNumber } from '../machine/draft.ts';
import { effectiveStatus } from './answer.ts';
import type { AnswerStructure } from './answer-schema.ts';
import { answerStatuses } from './answer-schema.ts';
import type { HoldEndedEvent, NotedEventType, SubmittedEvent } from './event-schema.ts';
import type { Draft } from './machine-draft.ts';
import { turnaroundEnds } from './machine-plan.ts';
import type { DecisionOutcome } from './machine-state.ts';
import { coverageChanged } from './projection.ts';
import { numberKinds } from './schema.ts';
import type { NumberKind } from './schema.ts';

interface Common {
  readonly id: string;
  readonly at: string;
  readonly by: string;
  readonly period: number;
  readonly workItem: string | null;
}

function common(draft: Draft, by: string, workItem: string | null): Common {
  const period = draft.state.request?.period ?? draft.state.assessment?.period ?? 1;
  return { id: `${draft.state.origin}/${nextNumber(draft)}`, at: draft.at, by, period, workItem };
}

/** Writes what changes nothing of the authorization but belongs in its timeline. */
export function noted(draft: Draft, type: NotedEventType, by: string, workItem: string | null): void {
  draft.commands.push({ type: 'apply', event: { ...common(draft, by, workItem), type, detail: null } });
}

/** A person lifted the hold. */
export function holdEnded(draft: Draft, type: HoldEndedEvent['type'], by: string, workItem: string): void {
  draft.commands.push({ type: 'apply', event: { ...common(draft, by, workItem), type } });
}

/** The coverage or the payer is another one: nothing else holds an authorization. */
export function heldNoted(draft: Draft): void {
  const event = { ...common(draft, 'workflow', null), type: 'held', reason: coverageChanged } as const;
  draft.commands.push({ type: 'apply', event });
}

/** A person asked the payer, who requires none. */
export function requiresNone(draft: Draft, on: string, by: string, workItem: string): void {
  draft.commands.push({ type: 'apply', event: { ...common(draft, by, workItem), type: 'notRequired', on } });
}

/** A person replaced a placeholder; `number` is the class of what the number is now. */
export function numberCorrected(draft: Draft, number: NumberKind, by: string, workItem: string): void {
  const period = draft.state.assessment?.period ?? 1;
  draft.commands.push({
    type: 'apply',
    event: { ...common(draft, by, workItem), type: 'numberCorrected', period, number },
  });
}

/** The request left for the payer at `at`: from then its clock runs. */
export function afterSubmission(
  draft: Draft,
  sent: { by: string; workItem: string | null; channel: SubmittedEvent['channel']; at: string },
): void {
  const { request } = draft.state;
  if (request === null) return;
  const submittedAt = new Date(sent.at).toISOString();
  const dueBy = turnaroundEnds(draft.state, submittedAt);
  draft.state = { ...draft.state, phase: 'pending', request: { ...request, submittedAt, dueBy, inquireAt: null } };
  draft.commands.push({
    type: 'apply',
    event: {
      ...common(draft, sent.by, sent.workItem),
      type: 'submitted',
      kind: request.kind,
      channel: sent.channel,
      sentAt: submittedAt,
      requested: request.requested,
      from: request.from,
      to: request.to,
    },
  });
}

/** Reads the structure a flow gave with its outcome; what it did not say is null, a number it did not speak of is missing. */
export function answerOfStep(outcome: string, structure: Readonly<Record<string, unknown>>): DecisionOutcome {
  const number = numberKinds.find((kind) => kind === structure['number']);
  const codes: unknown = structure['reasonCodes'];
  const receivedAt = structure['receivedAt'];
  return {
    status: answerStatuses.find((status) => status === outcome) ?? 'unknown',
    number: number ?? 'missing',
    visitsApproved: count(structure['visitsApproved']),
    unitsApproved: count(structure['unitsApproved']),
    from: date(structure['from']),
    to: date(structure['to']),
    reasonCodes: Array.isArray(codes) ? codes.filter((code) => typeof code === 'string' && code !== '') : [],
    ...(typeof receivedAt === 'string' && !Number.isNaN(Date.parse(receivedAt))
      ? { receivedAt: new Date(receivedAt).toISOString() }
      : {}),
  };
}

function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : null;
}

function date(value: unknown): string | null {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : null;
}

/** The payer answered, by step or by a person who asked; `pended` and `unknown` leave the request waiting. */
export function afterAnswer(draft: Draft, outcome: DecisionOutcome, by: string, workItem: string | null): void {
  const { request, phase } = draft.state;
  if (request === null || (phase !== 'pending' && phase !== 'overdue')) return;
  const said: AnswerStructure = {
    status: outcome.status ?? 'unknown',
    number: outcome.number ?? 'missing',
    visitsApproved: outcome.visitsApproved ?? null,
    unitsApproved: outcome.unitsApproved ?? null,
    from: outcome.from ?? null,
    to: outcome.to ?? null,
    reasonCodes: [...(outcome.reasonCodes ?? [])],
    receivedAt: outcome.receivedAt ?? draft.at,
  };
  const status = said.status === 'approved' ? effectiveStatus(said, request.requested) : said.status;
  const answer: AnswerStructure = { ...said, status };
  const { kind, period, attempt } = request;
  const base = common(draft, by, workItem);
  draft.commands.push({
    type: 'apply',
    event: { ...base, type: 'answered', kind, answer },
  });
  switch (status) {
    case 'approved':
    case 'partlyApproved': {
      const id = `record-${period}-${kind}-${attempt}-${nextNumber(draft)}`;
      const recordings = [
        ...draft.state.recordings,
        { id, period, kind, attempt, how: 'notAsked' as const, workItem: null },
      ];
      const open = status === 'partlyApproved' ? ('partial' as const) : null;
      draft.state = { ...draft.state, phase: status, recordings, request: { ...request, open } };
      break;
    }
    case 'denied':
      draft.state = { ...draft.state, phase: 'denied', request: { ...request, open: 'denied' } };
      break;
    case 'cancelled':
      draft.state = { ...draft.state, phase: 'none', request: null };
      break;
    case 'pended':
    case 'unknown':
      // A pend neither stops nor restarts the payer's clock; more time is what a person names with "still pending".
      break;
  }
}
