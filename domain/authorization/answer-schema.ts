// A payer's answer to a request, whole as the vault keeps it and as the structure that may travel.
import type { FromSchema } from 'json-schema-to-ts';
import { numberKinds } from './schema.ts';

export const answerStatuses = ['approved', 'partlyApproved', 'denied', 'pended', 'cancelled', 'unknown'] as const;

const nullableDate = { type: ['string', 'null'], format: 'date' } as const;
const nullableCount = { type: ['integer', 'null'], minimum: 0 } as const;
const reasonCodes = { type: 'array', items: { type: 'string', minLength: 1 } } as const;

export const authorizationAnswerSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'AuthorizationAnswer',
  type: 'object',
  additionalProperties: false,
  required: [
    'status',
    'number',
    'visitsApproved',
    'unitsApproved',
    'from',
    'to',
    'reasonCodes',
    'reasonText',
    'vendorRequestId',
    'receivedAt',
  ],
  properties: {
    status: { enum: answerStatuses },
    number: { type: ['string', 'null'], phi: 'recordNumber' },
    visitsApproved: nullableCount,
    unitsApproved: nullableCount,
    from: nullableDate,
    to: nullableDate,
    reasonCodes,
    reasonText: { type: ['string', 'null'], phi: 'clinicalText' },
    vendorRequestId: { type: ['string', 'null'], phi: 'recordNumber' },
    receivedAt: { type: 'string', format: 'date-time' },
  },
} as const;

/** The answer without anything that identifies: the number is replaced by its class. */
export const answerStructureSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['status', 'number', 'visitsApproved', 'unitsApproved', 'from', 'to', 'reasonCodes', 'receivedAt'],
  properties: {
    status: { enum: answerStatuses },
    number: { enum: numberKinds },
    visitsApproved: nullableCount,
    unitsApproved: nullableCount,
    from: nullableDate,
    to: nullableDate,
    reasonCodes,
    receivedAt: { type: 'string', format: 'date-time' },
  },
} as const;

export type AnswerStatus = (typeof answerStatuses)[number];
export type AuthorizationAnswer = FromSchema<typeof authorizationAnswerSchema>;
export type AnswerStructure = FromSchema<typeof answerStructureSchema>;
