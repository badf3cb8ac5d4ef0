// Any X12 file: interchanges, groups and transactions with any delimiters, as values and as text.
import fc from 'fast-check';

interface Part {
  readonly control: number;
}

export interface TransactionPart extends Part {
  readonly content: readonly { readonly id: string; readonly elements: readonly string[] }[];
}

export interface GroupPart extends Part {
  readonly transactions: readonly TransactionPart[];
}

export interface InterchangePart extends Part {
  readonly delimiters: { readonly element: string; readonly component: string; readonly segment: string };
  readonly newline: string;
  readonly groups: readonly GroupPart[];
}

const envelope = ['ISA', 'IEA', 'GS', 'GE', 'ST', 'SE', 'TA1', 'HL'];
const control = fc.integer({ min: 1, max: 999_999_999 });

const segment = fc.record({
  id: fc.stringMatching(/^[A-Z][A-Z0-9]{1,2}$/).filter((id) => !envelope.includes(id)),
  elements: fc.array(
    fc.constantFrom('', 'ISA', 'ISAAC', 'NARCISA', '12.50', 'HC>97110>GP', ' ', 'Núñez', 'x'.repeat(90)),
    {
      maxLength: 20,
    },
  ),
});

const transaction = fc.record({ control, content: fc.array(segment, { maxLength: 6 }) });
const group = fc.record({ control, transactions: fc.array(transaction, { maxLength: 3 }) });

const delimiters = fc.constantFrom(
  { element: '*', component: ':', segment: '~' },
  { element: '|', component: '>', segment: '\\' },
  { element: '*', component: '>', segment: '\n' },
  { element: '\x1d', component: '\x1f', segment: '\x1c' },
  { element: '~', component: '^', segment: '_' },
);

/** Interchanges one after the other; each names its own delimiters. */
export const interchanges = fc.array(
  fc.record({
    control,
    delimiters,
    newline: fc.constantFrom('', '\n', '\r\n', ' '),
    groups: fc.array(group, { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 3 },
);

/** The file that holds these interchanges, with nothing wrong in it: a version without a guide asks nothing of the content. */
export function written(parts: readonly InterchangePart[]): string {
  return parts.map(writtenInterchange).join('');
}

function writtenInterchange({ control, delimiters, newline, groups }: InterchangePart): string {
  const lines: string[][] = [];
  const number = String(control).padStart(9, '0');
  const party = (name: string) => ['ZZ', name.padEnd(15)];
  lines.push(
    ['ISA', '00', ' '.repeat(10), '00', ' '.repeat(10), ...party('CLINIC'), ...party('PAYER')].concat([
      ...['260302', '0815', 'U', '00501', number, '0', 'P', delimiters.component],
    ]),
  );
  for (const { control, transactions } of groups) {
    lines.push(['GS', 'HP', 'CLINIC', 'PAYER', '20260302', '0815', String(control), 'X', '005010']);
    for (const { control, content } of transactions) {
      lines.push(['ST', '835', String(control).padStart(4, '0')]);
      for (const { id, elements } of content) lines.push([id, ...elements]);
      lines.push(['SE', String(content.length + 2), String(control).padStart(4, '0')]);
    }
    lines.push(['GE', String(transactions.length), String(control)]);
  }
  lines.push(['IEA', String(groups.length), number]);
  return lines.map((line) => line.join(delimiters.element) + delimiters.segment + newline).join('');
}
