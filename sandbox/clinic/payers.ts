// The four payers of the synthetic clinic, one per kind of clock; ids and names are those of rules/payers.

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

export type PayerKey = keyof typeof payers;
