// The context `place`: each place of service of the claim.
import { defineContext } from '../context.ts';

export const placeContext = defineContext({
  name: 'place',
  about: 'each place of service of the claim; the finding stands at the claim where its lines have no other',
  facts: {
    date: { type: 'date', about: 'the first day of service there' },
    placeOfService: { type: 'text', about: 'two digits; null: neither the lines nor the claim tell' },
    numbers: { type: 'list', about: 'the numbers of its lines' },
  },
  items: ({ claim, lines }) => {
    const byPlace = Map.groupBy(lines, ({ line }) => line.placeOfService ?? claim.placeOfService);
    return [...byPlace].map(([placeOfService, some]) => {
      const on = some.flatMap((one) => one.on ?? []).sort()[0] ?? null;
      return {
        line: byPlace.size === 1 ? null : (some[0]?.index ?? null),
        on,
        facts: { date: on, placeOfService, numbers: some.map(({ index }) => String(index + 1)) },
      };
    });
  },
});
