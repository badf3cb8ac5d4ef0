// Who signs a document, with which words, and who signs beside: dated, cited data (rules/documentation/signing.json).
import type { FromSchema } from 'json-schema-to-ts';
import { effectiveDays, inForceOn, ruleOn } from '../dated-rows.ts';
import { findingClasses } from '../note-verifier/finding.ts';
import type { FindingClass } from '../note-verifier/finding.ts';
import { linesOfBusiness } from '../payer/lines-of-business.ts';
import type { LineOfBusiness } from '../payer/lines-of-business.ts';
import { credentials } from '../session/words.ts';
import type { Credential } from '../session/words.ts';

const text = { type: 'string', minLength: 1 } as const;
const date = { type: 'string', format: 'date' } as const;
const cited = {
  id: text,
  source: text,
  url: { type: ['string', 'null'] },
  retrieved: date,
  reviewBy: date,
  ...effectiveDays,
} as const;
const citedFields = ['id', 'source', 'url', 'retrieved', 'reviewBy', 'effectiveFrom', 'effectiveTo'] as const;

/** As what somebody signs. */
export const signerParts = ['author', 'cosigner', 'addendum'] as const;
export type SignerPart = (typeof signerParts)[number];

export const signingFileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Rules of signing',
  type: 'object',
  additionalProperties: false,
  required: ['attestations', 'cosignatures', 'mayNotStand', 'automation'],
  properties: {
    /** What is said with a signature. */
    attestations: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: [...citedFields, 'as', 'text'],
        properties: { ...cited, as: { enum: signerParts }, text },
      },
    },
    /** Whose document a second person signs, as far as a payer's rule is known. `linesOfBusiness` null: everywhere. */
    cosignatures: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: [...citedFields, 'credential', 'linesOfBusiness', 'needs', 'by', 'message'],
        properties: {
          ...cited,
          credential: { enum: credentials },
          linesOfBusiness: { type: ['array', 'null'], items: { enum: linesOfBusiness } },
          needs: { enum: ['required', 'notRequired'] },
          by: { type: 'array', minItems: 1, items: { enum: credentials } },
          message: text,
        },
      },
    },
    /** Findings that nobody may let stand: the text or the author has to change. */
    mayNotStand: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: [...citedFields, 'classes', 'message'],
        properties: { ...cited, classes: { type: 'array', items: { enum: findingClasses } }, message: text },
      },
    },
    /** What a patient is told about how a document came to be. */
    automation: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: [...citedFields, 'writtenBy', 'text'],
        properties: { ...cited, writtenBy: { enum: ['composer', 'model'] }, text },
      },
    },
  },
} as const;

export type SigningRules = FromSchema<typeof signingFileSchema>;
export type Attestation = SigningRules['attestations'][number];

/** The words somebody signs under on a day. @throws GaitError `input.invalid` where no row is in force */
export function attestationOn({ attestations }: SigningRules, as: SignerPart, day: string): Attestation {
  return ruleOn(
    attestations.filter((row) => row.as === as),
    day,
    'documentation',
  );
}

/** Whether a second signature is needed. `asked`: no rule is known, so who signs says it. */
export interface Cosignature {
  readonly needs: 'required' | 'notRequired' | 'asked';
  readonly by: readonly Credential[];
  /** Id of the row; null: the clinic's own setting, or no rule at all. */
  readonly rule: string | null;
  readonly words: string;
}

/** What a clinic knows of its state's law, by credential. */
export type OwnCosignatures = Readonly<Partial<Record<'PTA' | 'student', 'required' | 'notRequired'>>>;

export interface CosignatureFacts {
  /** Of the author. */
  readonly credential: Credential | null;
  readonly lineOfBusiness: LineOfBusiness | null;
  readonly own: OwnCosignatures;
  readonly day: string;
}

/**
 * Payer and state both have a say: one that asks for it is enough, and that it is not needed must be known of both.
 * A clinician or physician signs alone.
 */
export function cosignatureOf(rules: SigningRules, facts: CosignatureFacts): Cosignature {
  const { credential, lineOfBusiness, own, day } = facts;
  if (credential !== 'PTA' && credential !== 'student')
    return { needs: 'notRequired', by: [], rule: null, words: 'Who writes this answers for it alone.' };
  const row = inForceOn(rules.cosignatures, day).find(
    (each) =>
      each.credential === credential &&
      (each.linesOfBusiness === null || (lineOfBusiness !== null && each.linesOfBusiness.includes(lineOfBusiness))),
  );
  const by = row?.by ?? ['PT' as const];
  if (row?.needs === 'required') return { needs: 'required', by, rule: row.id, words: row.message };
  const state = own[credential];
  if (state === 'required')
    return { needs: 'required', by, rule: null, words: 'The clinic has set that its state asks for a co-signature.' };
  if (state === 'notRequired' && row !== undefined)
    return {
      needs: 'notRequired',
      by,
      rule: row.id,
      words: `${row.message} The clinic has set that its state does not.`,
    };
  const unknown = row === undefined ? 'No rule of this payer is on file.' : row.message;
  const ask = state === undefined ? ' What the state asks is not set for this clinic.' : '';
  return { needs: 'asked', by, rule: row?.id ?? null, words: `${unknown}${ask} Say whether a co-signature is needed.` };
}

/** Whether a person may let a finding of this class stand. */
export function mayStand({ mayNotStand }: SigningRules, of: FindingClass, day: string): boolean {
  return !inForceOn(mayNotStand, day).some(({ classes }) => classes.includes(of));
}

/** What a patient is told about a document that was drafted so. @throws GaitError `input.invalid` */
export function automationSentence({ automation }: SigningRules, writtenBy: 'composer' | 'model', day: string): string {
  return ruleOn(
    automation.filter((row) => row.writtenBy === writtenBy),
    day,
    'documentation',
  ).text;
}
