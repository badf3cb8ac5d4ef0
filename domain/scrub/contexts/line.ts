// The context `line`: each service line with its modifiers, pointers and place.
import type { CaseLine, ScrubCase } from '../case.ts';
import { defineContext } from '../context.ts';
import { lineFacts, lineFactsOf } from './line-facts.ts';
import { customaryOrder } from './modifier-order.ts';

export const lineContext = defineContext({
  name: 'line',
  about: 'each service line',
  facts: {
    ...lineFacts,
    dateTo: { type: 'date', about: 'the last day of service; null: a single day' },
    pointers: { type: 'list', about: 'the diagnoses it points to, counted from 1' },
    pointersBeyond: { type: 'list', about: 'pointers to diagnoses the claim does not have' },
    pointersTwice: { type: 'list', about: 'pointers that stand there twice' },
    modifiersTwice: { type: 'list', about: 'modifiers that stand there twice' },
    inOrder: { type: 'list', about: "the modifiers in the payer's order (profile), else in the customary one" },
    isInOrder: { type: 'truth', about: 'whether they stand so' },
    discipline: { type: 'text', about: 'PT, OT or SLP, by the taxonomy of who gave it or bills it; null: not told' },
    telehealthModifiers: { type: 'list', about: "the contract's modifiers for telehealth; null: not told" },
    telehealthPlaces: { type: 'list', about: "the contract's places of service for telehealth; null: not told" },
    sameAs: {
      type: 'number',
      about:
        'the number of an earlier line of the same code, modifiers, days, place and clinician; null: there is none',
    },
  },
  items: (scrubbed) =>
    scrubbed.lines.map((one) => {
      const { line, modifiers } = one;
      const { contract } = scrubbed.profile;
      const pointers = line.diagnosisPointers.map(String);
      const inOrder = customaryOrder(modifiers, scrubbed.profile.modifierOrder ?? scrubbed.reference.modifiers.order);
      return {
        line: one.index,
        on: one.on,
        facts: {
          ...lineFactsOf(one, scrubbed),
          dateTo: line.to,
          pointers,
          pointersBeyond: pointers.filter((pointer) => Number(pointer) > scrubbed.claim.diagnoses.length),
          pointersTwice: repeated(pointers),
          modifiersTwice: repeated(modifiers),
          inOrder,
          isInOrder: inOrder.every((modifier, index) => modifier === modifiers[index]),
          discipline: disciplineOf(one, scrubbed),
          telehealthModifiers: contract?.telehealth?.modifiers ?? null,
          telehealthPlaces: contract?.telehealth?.placesOfService ?? null,
          sameAs: earlierSame(one, scrubbed),
        },
      };
    }),
});

function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) < index))];
}

function disciplineOf({ line }: CaseLine, { claim, reference }: ScrubCase): string | null {
  const given = line.rendering ?? claim.rendering ?? claim.billingProvider;
  const taxonomy = given.taxonomy ?? claim.billingProvider.taxonomy;
  if (taxonomy === null) return null;
  return reference.modifiers.taxonomies.find(({ startsWith }) => taxonomy.startsWith(startsWith))?.discipline ?? null;
}

function earlierSame(one: CaseLine, { lines, claim }: ScrubCase): number | null {
  if (one.code === null || one.on === null) return null;
  const same = lines.find(
    (other) =>
      other.index < one.index &&
      other.code === one.code &&
      other.on === one.on &&
      other.line.to === one.line.to &&
      (other.line.placeOfService ?? claim.placeOfService) === (one.line.placeOfService ?? claim.placeOfService) &&
      other.line.rendering?.npi === one.line.rendering?.npi &&
      other.modifiers.toSorted().join() === one.modifiers.toSorted().join(),
  );
  return same === undefined ? null : same.index + 1;
}
