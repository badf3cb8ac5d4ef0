// The agreement (BAA) under which a vendor may receive records: who, from when to when, for which fields, and where the paper is.

/** `effective` and `expires` are `YYYY-MM-DD`, both days included; `scope` holds field labels; `evidence` says where the signed copy lies. */
export interface Agreement {
  readonly vendor: string;
  readonly effective: string;
  readonly expires: string | null;
  readonly scope: readonly string[];
  readonly evidence: string;
}

/** The JSON Schema of an agreement as it is given. */
export const agreementSchema = {
  type: ['object', 'null'],
  additionalProperties: false,
  required: ['vendor', 'effective', 'expires', 'scope', 'evidence'],
  properties: {
    vendor: { type: 'string', minLength: 1, maxLength: 80 },
    effective: { type: 'string', format: 'date' },
    expires: { type: ['string', 'null'], format: 'date' },
    scope: { type: 'array', items: { type: 'string', maxLength: 40 } },
    evidence: { type: 'string', maxLength: 400 },
  },
} as const;
