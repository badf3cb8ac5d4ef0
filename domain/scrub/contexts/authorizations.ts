// The contexts `authorizationNumber` and `authorizedDay`: the numbers a claim carries, and each day beside the authorization of its number.
import { classifyNumber, realNumber } from '../../authorization/number.ts';
import type { ScrubCase } from '../case.ts';
import { authorizationOf, coversDay, visitNumber } from '../chart/visit-number.ts';
import { defineContext } from '../context.ts';

export const authorizationNumberContext = defineContext({
  name: 'authorizationNumber',
  about: 'the authorization number of the claim, and that of each line with one of its own',
  facts: {
    number: { type: 'text', about: 'present, missing or placeholder (0000, TBD, N/A …)' },
    required: { type: 'text', about: "yes or no, as the payer's profile tells" },
    onFile: {
      type: 'truth',
      about: 'whether the chart has an authorization that covers the first day; null: not told',
    },
  },
  items: (scrubbed) => {
    const { claim, lines, profile, on } = scrubbed;
    const required = profile.authorizations?.required ?? null;
    const item = (number: string | null, line: number | null, day: string | null) => ({
      line,
      on: day,
      facts: { number: classifyNumber(number), required, onFile: isOnFile(scrubbed, day) },
    });
    const own = lines.filter(({ line }) => line.priorAuthorizationNumber !== null);
    const items = own.map(({ line, index, on: day }) => item(line.priorAuthorizationNumber, index, day));
    const isCovered = lines.length > 0 && own.length === lines.length;
    return isCovered ? items : [item(claim.priorAuthorizationNumber, null, on), ...items];
  },
});

function isOnFile({ chart }: ScrubCase, day: string | null): boolean | null {
  const authorizations = chart?.authorizations ?? null;
  if (authorizations === null || day === null) return null;
  return authorizations.some((one) => realNumber(one.number) !== null && coversDay(one, day) === true);
}

export const authorizedDayContext = defineContext({
  name: 'authorizedDay',
  about: 'a day of service with a real authorization number, beside the authorization of that number in the chart',
  facts: {
    day: { type: 'date', about: 'the day of service' },
    onFile: {
      type: 'truth',
      about: 'whether the chart has an authorization of this number; null: it tells none at all',
    },
    from: { type: 'date', about: 'its first day' },
    to: { type: 'date', about: 'its last day' },
    visitsApproved: { type: 'number', about: 'visits approved' },
    visitsUsed: { type: 'number', about: 'visits the PT system counts as used' },
    visitAtLeast: { type: 'number', about: 'which visit of the authorization the day is, at least' },
    visitAtMost: { type: 'number', about: 'the same, if the day is not among the visits counted as used' },
  },
  items: (scrubbed) => {
    const { chart, claim, treatmentDays } = scrubbed;
    const authorizations = chart?.authorizations ?? null;
    return scrubbed.days.flatMap(({ day, lines }) => {
      const numbers = new Map<string, number | null>();
      for (const { line, index } of lines) {
        const own = realNumber(line.priorAuthorizationNumber);
        const number = own ?? realNumber(claim.priorAuthorizationNumber);
        if (number !== null && !numbers.has(number)) numbers.set(number, own === null ? null : index);
      }
      return [...numbers].map(([number, line]) => {
        const found = authorizations === null ? null : authorizationOf(authorizations, number, day);
        const visit = found === null ? null : visitNumber(found, treatmentDays, day);
        return {
          line,
          on: day,
          facts: {
            day,
            onFile: authorizations === null ? null : found !== null,
            from: found?.from ?? null,
            to: found?.to ?? null,
            visitsApproved: found?.visitsApproved ?? null,
            visitsUsed: found?.visitsUsed ?? null,
            visitAtLeast: visit?.least ?? null,
            visitAtMost: visit?.most ?? null,
          },
        };
      });
    });
  },
});
