// The context `ptpPair`: two codes of one day between which CMS's table has an edit (NCCI procedure to procedure).
import { covers, newestEdition } from '../../billing-tables/origin.ts';
import type { PtpTable } from '../../billing-tables/ptp.ts';
import { ptpEditOn } from '../../billing-tables/ptp.ts';
import type { CaseLine, ScrubCase } from '../case.ts';
import type { ContextItem } from '../context.ts';
import { defineContext } from '../context.ts';
import type { FactsOf } from '../facts.ts';

const facts = {
  date: { type: 'date', about: 'the day of service' },
  column1: { type: 'text', about: 'the code that is paid' },
  column2: { type: 'text', about: 'the code that is not paid beside it' },
  indicator: {
    type: 'text',
    about: '0 no modifier parts the pair, 1 a modifier may; null: the table at hand does not speak of both codes',
  },
  from: { type: 'date', about: "the edit's first day; null: the table does not tell" },
  rationale: { type: 'text', about: 'why CMS has it, in a few words; null: not told' },
  line1: { type: 'number', about: 'the number of the line of column 1' },
  line2: { type: 'number', about: 'the number of the line of column 2' },
  isParted: {
    type: 'truth',
    about: 'whether a modifier that parts pairs stands on either line (before 2019-07-01: on that of column 2)',
  },
  partedBy: { type: 'list', about: 'the modifiers that do' },
  ncciHeld: { type: 'truth', about: 'whether the payer holds to NCCI, by the contract in the profile; null: not told' },
} as const;

type Item = ContextItem<FactsOf<typeof facts>>;

/** Since this day the modifier may stand on either code (CMS MLN MM11168, change request 11168). */
const eitherLineSince = '2019-07-01';

export const ptpPairContext = defineContext({
  name: 'ptpPair',
  about: 'two lines of one day whose codes have an NCCI edit between them on that day',
  facts,
  items: (scrubbed) => {
    const table = newestEdition(scrubbed.tables.ptp);
    if (table === null) return [];
    return scrubbed.days.flatMap(({ day, lines }) => pairsOf(day, lines, table, scrubbed));
  },
});

function pairsOf(day: string, lines: readonly CaseLine[], table: PtpTable, scrubbed: ScrubCase): Item[] {
  const found: Item[] = [];
  for (const one of lines)
    for (const other of lines) {
      if (one.code === null || other.code === null || one.code === other.code) continue;
      const edit = ptpEditOn(table, one.code, other.code, day);
      const isTold = covers(table.origin, one.code) && covers(table.origin, other.code);
      // A pair the table does not speak of has no first and no second column: it is told once.
      if (edit === null && (isTold || one.index > other.index)) continue;
      // Where a code stands on several lines, the first of column 1 stands for all of them.
      if (lines.some((earlier) => earlier.index < one.index && earlier.code === one.code)) continue;
      const partedBy = partingModifiers(day, one, other, { lines, scrubbed });
      found.push({
        line: other.index,
        on: day,
        facts: {
          date: day,
          column1: one.code,
          column2: other.code,
          indicator: edit?.indicator ?? null,
          from: edit?.from ?? null,
          rationale: edit?.rationale ?? null,
          line1: one.index + 1,
          line2: other.index + 1,
          isParted: partedBy.length > 0,
          partedBy,
          ncciHeld: scrubbed.profile.contract?.ncci ?? null,
        },
      });
    }
  return found;
}

function partingModifiers(
  day: string,
  one: CaseLine,
  other: CaseLine,
  { lines, scrubbed }: { readonly lines: readonly CaseLine[]; readonly scrubbed: ScrubCase },
): string[] {
  const firsts = day < eitherLineSince ? [] : lines.filter(({ code }) => code === one.code);
  const all = [other, ...firsts].flatMap(({ modifiers }) => modifiers);
  return [...new Set(all.filter((modifier) => scrubbed.reference.modifiers.ncci.includes(modifier)))];
}
