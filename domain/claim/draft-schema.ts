// A claim as a person approves it: the claim, and who sends it to whom. It is PHI and stays in the vault.
import type { FromSchema } from 'json-schema-to-ts';
import { contactSchema } from './party-schema.ts';
import { claimSchema } from './schema.ts';

const text = { type: ['string', 'null'] } as const;

const party = {
  type: 'object',
  additionalProperties: false,
  required: ['qualifier', 'id'],
  properties: { qualifier: { type: 'string' }, id: { type: 'string' } },
} as const;

/** What an 837 says of itself (BHT, loops 1000A and 1000B); `ClaimSubmission` tells its fields. */
const submissionSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['purpose', 'reference', 'createdOn', 'createdAt', 'use', 'submitter', 'receiver'],
  properties: {
    purpose: text,
    reference: text,
    createdOn: text,
    createdAt: text,
    use: text,
    submitter: {
      type: 'object',
      additionalProperties: false,
      required: ['kind', 'name', 'given', 'middle', 'suffix', 'id', 'contact'],
      properties: {
        kind: { enum: ['organization', 'person'] },
        name: text,
        given: text,
        middle: text,
        suffix: text,
        id: text,
        contact: { anyOf: [{ type: 'null' }, contactSchema] },
      },
    },
    receiver: {
      type: 'object',
      additionalProperties: false,
      required: ['name', 'id'],
      properties: { name: text, id: text },
    },
  },
} as const;

/**
 * What a claim's file says beside the claim: its heading, the parties of its envelope (ISA05 to ISA08, GS02, GS03) and where
 * something stood that a claim has no field for. A claim of which something is unread is not sent: it would be sent without it.
 */
export const claimHeadingSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['submission', 'parties', 'unread'],
  properties: {
    submission: submissionSchema,
    parties: {
      type: 'object',
      additionalProperties: false,
      required: ['sender', 'receiver', 'groupSender', 'groupReceiver'],
      properties: {
        sender: party,
        receiver: party,
        groupSender: { type: 'string' },
        groupReceiver: { type: 'string' },
      },
    },
    unread: { type: 'array', items: { type: 'string' } },
  },
} as const;

export const claimDraftSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['claim', 'heading'],
  properties: { claim: claimSchema, heading: claimHeadingSchema },
} as const;

export type ClaimHeading = FromSchema<typeof claimHeadingSchema>;
export type ClaimDraft = FromSchema<typeof claimDraftSchema>;
