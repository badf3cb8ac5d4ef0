// Opens what remittances said from the vault, where posting itself sealed it.
import type { Remittance, RemittanceClaim } from '../../domain/claim/remittance.ts';
import type { Validator } from '../http/validation.ts';
import type { Opening } from '../vault/vault.ts';
import type { BookNeeds } from './needs.ts';

type Head = Pick<Remittance, 'payer' | 'payment' | 'producedOn' | 'adjustments'>;

const list = { type: 'array', items: { type: 'object' } } as const;
const text = { type: ['string', 'null'] } as const;
const cents = { type: ['integer', 'null'] } as const;

const claimSchema = {
  type: 'object',
  required: [
    'patientControlNumber',
    'status',
    'chargeCents',
    'paidCents',
    'names',
    'adjustments',
    'dates',
    'lines',
    'source',
  ],
  properties: {
    patientControlNumber: text,
    status: text,
    chargeCents: cents,
    paidCents: cents,
    names: list,
    adjustments: list,
    dates: list,
    lines: list,
    source: { type: 'string' },
  },
} as const;

const headSchema = {
  type: 'object',
  required: ['payment', 'payer', 'producedOn', 'adjustments'],
  properties: { payment: { type: 'object' }, payer: { type: ['object', 'null'] }, producedOn: text, adjustments: list },
} as const;

/** The payment of a remittance, without its claims. */
export async function openHead(
  { vault, validator }: BookNeeds,
  clinic: string,
  ref: string,
  opening: Opening,
): Promise<Head> {
  const head: unknown = await vault.open(clinic, ref, opening);
  assertHead(validator, head);
  return head;
}

/** Claims of a remittance, in the order asked. */
export async function openSaid(
  { vault, validator }: BookNeeds,
  clinic: string,
  refs: readonly string[],
  opening: Opening,
): Promise<{ ref: string; said: RemittanceClaim }[]> {
  const opened = await vault.openMany(clinic, refs, opening);
  return refs.map((ref) => {
    const said: unknown = opened.get(ref);
    assertSaid(validator, said);
    return { ref, said };
  });
}

function assertHead(validator: Validator, value: unknown): asserts value is Head {
  validator.check(headSchema, value, 'remittance');
}

function assertSaid(validator: Validator, value: unknown): asserts value is RemittanceClaim {
  validator.check(claimSchema, value, 'remittanceClaim');
}
