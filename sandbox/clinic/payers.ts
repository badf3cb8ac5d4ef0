// The payers of the synthetic clinic: four, one per kind of clock, with the ids and names of rules/payers; and Medicare Part B for its billing.

export interface SandboxPayer {
  readonly id: string;
  readonly name: string;
  readonly planName: string;
  /** How this payer's member ids begin. */
  readonly memberPrefix: string;
  /** The share of the clinic's patients, in percent. */
  readonly share: number;
}

export const payers = {
  medicareAdvantage: {
    id: 'sunrise-medicare',
    name: 'Sunrise Medicare Advantage',
    planName: 'Sunrise Advantage HMO',
    memberPrefix: 'SMA',
    share: 35,
  },
  medicaid: { id: 'state-medicaid', name: 'State Medicaid', planName: 'State Plan', memberPrefix: 'MCD', share: 20 },
  commercialContract: {
    id: 'harbor-health',
    name: 'Harbor Health',
    planName: 'Harbor Choice PPO',
    memberPrefix: 'HBR',
    share: 25,
  },
  commercialUnknown: {
    id: 'keystone-mutual',
    name: 'Keystone Mutual',
    planName: 'Keystone Open Access',
    memberPrefix: 'KMI',
    share: 20,
  },
} as const satisfies Record<string, SandboxPayer>;

/** Medicare Part B: it asks for no authorization, and the clinic has its patients only where somebody wants claims. */
const medicarePartB = {
  id: 'plains-medicare-b',
  name: 'Plains Medicare Part B',
  planName: 'Medicare Part B',
  memberPrefix: 'MPB',
  share: 0,
} as const satisfies SandboxPayer;

export const everyPayer = { ...payers, medicarePartB } as const;

export type PayerKey = keyof typeof everyPayer;
