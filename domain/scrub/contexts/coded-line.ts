// The context `code`: each service line with what the tables of codes and of the fee schedule tell of its code.
import { codeStanding, payerForm } from '../../billing-tables/codes.ts';
import { editionOn } from '../../billing-tables/origin.ts';
import type { BillingTables } from '../../billing-tables/tables.ts';
import type { CaseLine, ScrubCase } from '../case.ts';
import { defineContext } from '../context.ts';
import { lineFacts, lineFactsOf } from './line-facts.ts';

const disciplines: readonly string[] = ['GP', 'GO', 'GN'];

/** HCPCS level I (CPT, categories I to III) and level II: five characters. */
const shape = /^(\d{4}[0-9AFMTU]|[A-V]\d{4})$/;

export const codeContext = defineContext({
  name: 'code',
  about: 'each service line that has a code, with what the tables tell of the code',
  facts: {
    ...lineFacts,
    isWellFormed: { type: 'truth', about: 'whether it has the shape of a HCPCS or CPT code' },
    isListed: { type: 'truth', about: 'whether any table at hand has the code' },
    words: { type: 'text', about: 'our own few words for it; null: the table of codes does not have it' },
    time: { type: 'text', about: 'timed, untimed or monthly; null: the table of codes does not have it' },
    therapy: { type: 'text', about: "always or sometimes therapy on Medicare's list, or no; null: not looked up" },
    standing: {
      type: 'text',
      about:
        'valid, future or deleted on the day of service; null: no such day, or the table of codes does not have it',
    },
    added: { type: 'date', about: 'its first day of service' },
    deleted: { type: 'date', about: 'the first day on which it is no code any more' },
    replacedBy: { type: 'text', about: 'the code that took its place' },
    payerUses: {
      type: 'text',
      about: "the code payers of this line of business take in its place; null: none, or the payer's is not told",
    },
    payerUsesSource: { type: 'text', about: 'who says so' },
    otherDisciplines: { type: 'list', about: 'the therapy modifiers (GP, GO, GN) of the other lines' },
    therapyModifiersWanted: {
      type: 'truth',
      about: 'whether the payer wants therapy modifiers, by the contract in the profile; null: not told',
    },
    feeStatus: {
      type: 'text',
      about:
        "status letter of Medicare's fee schedule on the day of service: A active, B bundled, I another code is used …; null: not told",
    },
  },
  items: (scrubbed) =>
    scrubbed.lines.flatMap((one) => {
      const { code, on } = one;
      if (code === null) return [];
      const { tables, lineOfBusiness } = scrubbed;
      const row = tables.codes.lookup(code);
      const form = row === null || lineOfBusiness === null || on === null ? null : payerForm(row, lineOfBusiness, on);
      const fee = editionOn(tables.fees, on ?? scrubbed.asOf)?.lookup(code) ?? null;
      return [
        {
          line: one.index,
          on,
          facts: {
            ...lineFactsOf(one, scrubbed),
            isWellFormed: shape.test(code),
            isListed: row !== null || fee !== null || hasEdit(code, tables),
            words: row?.words ?? null,
            time: row?.time.kind ?? null,
            therapy: row?.therapy ?? null,
            standing: row === null || on === null ? null : codeStanding(row, on),
            added: row?.added ?? null,
            deleted: row?.deleted ?? null,
            replacedBy: row?.replacedBy ?? null,
            payerUses: form?.use ?? null,
            payerUsesSource: form?.source ?? null,
            otherDisciplines: otherDisciplines(one, scrubbed),
            therapyModifiersWanted: scrubbed.profile.contract?.therapyModifiers ?? null,
            feeStatus: fee?.status ?? null,
          },
        },
      ];
    }),
});

function otherDisciplines(one: CaseLine, { lines }: ScrubCase): string[] {
  const others = lines.filter(({ index }) => index !== one.index).flatMap(({ modifiers }) => modifiers);
  return [...new Set(others.filter((modifier) => disciplines.includes(modifier)))];
}

function hasEdit(code: string, { mue }: BillingTables): boolean {
  return mue.some((table) => table.lookup(code) !== null);
}
