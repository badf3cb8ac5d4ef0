// What every context of a single line tells of it: code, modifiers, units, days, place.
import type { CaseLine, ScrubCase } from '../case.ts';
import type { FactsOf } from '../facts.ts';

export const lineFacts = {
  number: { type: 'number', about: 'the number of the line on the claim, from 1' },
  date: { type: 'date', about: 'the day of service; the first of several; null: not told' },
  code: { type: 'text', about: 'HCPCS or CPT code; null: the line has none' },
  modifiers: { type: 'list', about: 'in their order' },
  units: { type: 'number', about: 'units of service; null: none are told, or they are no units (minutes)' },
  placeOfService: { type: 'text', about: "the line's, else the claim's" },
} as const;

export function lineFactsOf(
  { line, code, modifiers, on, index }: CaseLine,
  { claim }: ScrubCase,
): FactsOf<typeof lineFacts> {
  return {
    number: index + 1,
    date: on,
    code,
    modifiers,
    units: line.unit === 'UN' ? line.units : null,
    placeOfService: line.placeOfService ?? claim.placeOfService,
  };
}
