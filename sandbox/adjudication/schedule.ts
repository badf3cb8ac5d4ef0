// What each simulated payer allows for a service and asks of a claim: data in fee-schedules.json, looked up here.
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { FromSchema } from 'json-schema-to-ts';

const numbers = { type: 'object', additionalProperties: { type: 'integer', minimum: 0 } } as const;
const texts = { type: 'array', items: { type: 'string' } } as const;
const share = {
  type: 'object',
  additionalProperties: false,
  required: ['payers', 'percent'],
  properties: { payers: texts, percent: { type: 'integer', minimum: 0, maximum: 100 } },
} as const;

const scheduleSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['source', 'usual', 'percentOfUsual', 'sequestration', 'assistant', 'authorizationNeeded', 'filingDays'],
  properties: {
    source: { type: 'string' },
    usual: numbers,
    percentOfUsual: numbers,
    /** What is held back from payments by Medicare (CARC 253). */
    sequestration: share,
    /** What is allowed of services given by an assistant (modifier CQ). */
    assistant: share,
    authorizationNeeded: texts,
    filingDays: numbers,
  },
} as const;

const isSchedule = new Ajv2020().compile<FromSchema<typeof scheduleSchema>>(scheduleSchema);

function read(): FromSchema<typeof scheduleSchema> {
  const data: unknown = JSON.parse(readFileSync(new URL('fee-schedules.json', import.meta.url), 'utf8'));
  if (!isSchedule(data)) throw new Error('sandbox/adjudication/fee-schedules.json is no fee schedule.');
  return data;
}

const schedule = read();

const percentOf = (cents: number, percent: number): number => Math.round((cents * percent) / 100);

/** Cents for so many units; null where the payer knows no such service. */
export function allowedFor(payerId: string, code: string, units: number, modifiers: readonly string[]): number | null {
  const usual = schedule.usual[code];
  if (usual === undefined) return null;
  const allowed = percentOf(usual, schedule.percentOfUsual[payerId] ?? 100) * units;
  const isReduced = modifiers.includes('CQ') && schedule.assistant.payers.includes(payerId);
  return isReduced ? percentOf(allowed, schedule.assistant.percent) : allowed;
}

/** What a payer holds back of so many cents it would pay. */
export function heldBackFrom(payerId: string, cents: number): number {
  const { payers, percent } = schedule.sequestration;
  return payers.includes(payerId) ? percentOf(cents, percent) : 0;
}

export function needsAuthorization(payerId: string): boolean {
  return schedule.authorizationNeeded.includes(payerId);
}

/** Days from the service until a claim is too late; null where the payer sets no limit. */
export function filingDaysOf(payerId: string): number | null {
  return schedule.filingDays[payerId] ?? null;
}
