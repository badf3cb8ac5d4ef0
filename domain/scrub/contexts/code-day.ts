// The context `codeDay`: each code of each day of service with its units and Medicare's limit of them.
import { covers, editionOn } from '../../billing-tables/origin.ts';
import type { CaseLine, ScrubCase } from '../case.ts';
import type { ContextItem } from '../context.ts';
import { defineContext } from '../context.ts';
import type { FactsOf } from '../facts.ts';

const facts = {
  date: { type: 'date', about: 'the day of service' },
  code: { type: 'text', about: 'HCPCS or CPT code' },
  lines: { type: 'number', about: 'how many lines of the day have it' },
  units: { type: 'number', about: 'the units of these together; null: one of them counts no units' },
  lineUnits: { type: 'number', about: 'the most units of one of them' },
  limit: {
    type: 'number',
    about:
      'the MUE of the code; null: the table at hand does not speak of the code. A code that CMS gives none is left out',
  },
  limitKind: { type: 'text', about: 'the indicator of the MUE: 1 a line, 2 a day by policy, 3 a day by likelihood' },
  ncciHeld: { type: 'truth', about: 'whether the payer holds to NCCI, by the contract in the profile; null: not told' },
} as const;

export const codeDayContext = defineContext({
  name: 'codeDay',
  about: 'each code of each day of service, its lines taken together',
  facts,
  items: (scrubbed) =>
    scrubbed.days.flatMap(({ day, lines }) => {
      const codes = new Set(lines.flatMap(({ code }) => code ?? []));
      return [...codes].flatMap((code) =>
        limited(
          code,
          day,
          lines.filter((one) => one.code === code),
          scrubbed,
        ),
      );
    }),
});

function limited(
  code: string,
  day: string,
  lines: readonly CaseLine[],
  { tables, profile }: ScrubCase,
): readonly ContextItem<FactsOf<typeof facts>>[] {
  const edition = editionOn(tables.mue, day);
  const row = edition?.lookup(code) ?? null;
  if (row === null && edition !== null && covers(edition.origin, code)) return [];
  const units = lines.map(({ line }) => (line.unit === 'UN' ? line.units : null));
  const told = units.filter((one) => one !== null);
  const isTold = told.length === units.length;
  return [
    {
      line: lines.at(-1)?.index ?? null,
      on: day,
      facts: {
        date: day,
        code,
        lines: lines.length,
        units: isTold ? told.reduce((sum, one) => sum + one, 0) : null,
        lineUnits: isTold ? Math.max(...told) : null,
        limit: row?.units ?? null,
        limitKind: row?.indicator ?? null,
        ncciHeld: profile.contract?.ncci ?? null,
      },
    },
  ];
}
