// The context `filingDay`: each day of service of the claim, from which the time to file it counts.
import { defineContext } from '../context.ts';

export const filingDayContext = defineContext({
  name: 'filingDay',
  about: 'each day of service; the finding stands at the claim where it has one day only',
  facts: {
    date: { type: 'date', about: 'the day of service; the first of several (CMS Pub 100-04 ch. 1 §70.4)' },
    numbers: { type: 'list', about: 'the numbers of its lines' },
    timelyFilingDays: { type: 'number', about: "the contract's days from service to filing; null: not told" },
    timelyFilingSource: { type: 'text', about: 'the contract that says so' },
  },
  items: ({ lines, profile }) => {
    const byDay = Map.groupBy(lines, ({ on }) => on);
    return [...byDay].map(([date, some]) => ({
      line: byDay.size === 1 ? null : (some[0]?.index ?? null),
      on: date,
      facts: {
        date,
        numbers: some.map(({ index }) => String(index + 1)),
        timelyFilingDays: profile.contract?.timelyFilingDays ?? null,
        timelyFilingSource: profile.contract?.source ?? null,
      },
    }));
  },
});
