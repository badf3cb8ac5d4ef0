// The context `claim`: the claim as a whole.
import { isNpi } from '../../npi.ts';
import { sumOrNull } from '../chart/treatment-days.ts';
import { defineContext } from '../context.ts';

export const claimContext = defineContext({
  name: 'claim',
  about: 'the claim as a whole',
  facts: {
    date: { type: 'date', about: 'the first day of service; null: no line tells any' },
    lines: { type: 'number', about: 'how many service lines it has' },
    codes: { type: 'list', about: 'the codes of its lines, each once' },
    diagnoses: { type: 'number', about: 'how many diagnoses it has' },
    chargeCents: { type: 'number', about: 'the charge of the claim (CLM02)' },
    lineChargesCents: { type: 'number', about: 'the sum of the charges of its lines; null: one of them tells none' },
    hasReferring: {
      type: 'truth',
      about: 'whether the claim, or each of its lines, names a referring or ordering provider',
    },
    referringNpi: {
      type: 'text',
      about: 'whether the NPI of these is `missing`, `wrong` (shape or check digit) or `right`',
    },
    referringWanted: {
      type: 'truth',
      about: 'whether the payer wants a referring provider, by the contract in the profile; null: not told',
    },
  },
  items: ({ claim, lines, on, profile }) => {
    const providers = lines.map(({ line }) => line.referring ?? line.ordering ?? claim.referring);
    const named = (providers.length === 0 ? [claim.referring] : providers).filter((provider) => provider !== null);
    const hasReferring = named.length > 0 && named.length >= providers.length;
    const numbers = named.map(({ npi }) => npi);
    return [
      {
        line: null,
        on,
        facts: {
          date: on,
          lines: lines.length,
          codes: [...new Set(lines.flatMap(({ code }) => code ?? []))],
          diagnoses: claim.diagnoses.length,
          chargeCents: claim.chargeCents,
          lineChargesCents: sumOrNull(claim.lines.map(({ chargeCents }) => chargeCents)),
          hasReferring,
          referringNpi: hasReferring ? standing(numbers) : 'missing',
          referringWanted: profile.contract?.referringProvider ?? null,
        },
      },
    ];
  },
});

function standing(numbers: readonly (string | null)[]): 'missing' | 'wrong' | 'right' {
  if (numbers.includes(null)) return 'missing';
  return numbers.every((npi) => npi !== null && isNpi(npi)) ? 'right' : 'wrong';
}
