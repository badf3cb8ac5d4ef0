// The contexts `timedCode` and `unchargedCode`: units billed of a day beside the units its minutes support.
import { editionOn } from '../../billing-tables/origin.ts';
import type { ClaimDay, ScrubCase } from '../case.ts';
import { unitsBilled } from '../chart/billed-units.ts';
import { byCode, isTimedOn, payersUnitRule, supportedUnits, timedMinutes } from '../chart/unit-count.ts';
import type { Supported } from '../chart/unit-count.ts';
import { defineContext } from '../context.ts';

interface Count {
  readonly rule: string | null;
  readonly minutes: Readonly<Record<string, number>>;
  readonly billed: Readonly<Record<string, number>>;
  readonly billedTotal: number;
  readonly cms: Supported | null;
  readonly midpoint: Supported | null;
}

/** null: the chart has no visit of the day, the notes tell too little, or a line cannot be counted. */
function countOf(scrubbed: ScrubCase, claimed: ClaimDay): Count | null {
  const { day, lines, treated } = claimed;
  if (treated === null) return null;
  const codes = timedCodes(scrubbed, claimed);
  const billed: Record<string, number> = {};
  for (const code of codes) {
    const units = unitsBilled(lines, code);
    if (units === null) return null;
    billed[code] = units;
  }
  const minutes = timedMinutes(scrubbed, treated, codes);
  if (minutes === null) return null;
  const rule = payersUnitRule(scrubbed, day);
  const about = { minutes, on: day, tables: scrubbed.tables };
  return {
    rule,
    minutes,
    billed,
    billedTotal: Object.values(billed).reduce((sum, units) => sum + units, 0),
    cms: rule === 'midpoint' ? null : supportedUnits('cms', about, billed),
    midpoint: rule === 'cms' ? null : supportedUnits('midpoint', about, billed),
  };
}

function timedCodes(scrubbed: ScrubCase, { day, lines }: ClaimDay): string[] {
  const codes = lines.flatMap(({ code }) => (code !== null && isTimedOn(scrubbed, code, day) ? [code] : []));
  return [...new Set(codes)];
}

/** The smallest and the largest that the rules in question support; both the same where the payer's rule is known. */
function least(count: Count, of: (supported: Supported) => number): number {
  return Math.min(...[count.cms, count.midpoint].flatMap((one) => (one === null ? [] : [of(one)])));
}

function most(count: Count, of: (supported: Supported) => number): number {
  return Math.max(...[count.cms, count.midpoint].flatMap((one) => (one === null ? [] : [of(one)])));
}

export const timedCodeContext = defineContext({
  name: 'timedCode',
  about:
    'a timed code billed on a day, beside the minutes of the day; two rules in question where the payer is not known',
  facts: {
    code: { type: 'text', about: 'the code billed' },
    day: { type: 'date', about: 'the day of service' },
    rule: {
      type: 'text',
      about: "cms (the day's minutes added) or midpoint (each code for itself); null: nobody has told",
    },
    billed: { type: 'number', about: 'units billed of the code on the day' },
    minutes: { type: 'number', about: 'its minutes in the notes of the day; null: they tell too little' },
    timedMinutes: { type: 'number', about: 'minutes of all timed codes of the day' },
    least: { type: 'number', about: 'units its minutes support, by the rule that gives fewer' },
    most: { type: 'number', about: 'units its minutes support, by the rule that gives more' },
    billedTotal: { type: 'number', about: 'timed units billed on the day' },
    leastTotal: { type: 'number', about: "units the day's minutes support, by the rule that gives fewer" },
    mostTotal: { type: 'number', about: "units the day's minutes support, by the rule that gives more" },
    cmsUnits: { type: 'number', about: "units of the code by CMS's rule; null: not in question" },
    midpointUnits: { type: 'number', about: 'units of the code by the midpoint rule; null: not in question' },
  },
  items: (scrubbed) =>
    scrubbed.days.flatMap((claimed) => {
      const { day, lines } = claimed;
      const count = countOf(scrubbed, claimed);
      return timedCodes(scrubbed, claimed).map((code) => {
        const own = ({ units }: Supported) => units[code] ?? 0;
        const total = (supported: Supported) => supported.total;
        return {
          line: lines.find((one) => one.code === code)?.index ?? null,
          on: day,
          facts: {
            code,
            day,
            rule: count?.rule ?? payersUnitRule(scrubbed, day),
            billed: unitsBilled(lines, code),
            minutes: count?.minutes[code] ?? null,
            timedMinutes: count === null ? null : Object.values(count.minutes).reduce((sum, each) => sum + each, 0),
            least: count === null ? null : least(count, own),
            most: count === null ? null : most(count, own),
            billedTotal: count?.billedTotal ?? null,
            leastTotal: count === null ? null : least(count, total),
            mostTotal: count === null ? null : most(count, total),
            cmsUnits: count?.cms?.units[code] ?? null,
            midpointUnits: count?.midpoint?.units[code] ?? null,
          },
        };
      });
    }),
});

export const unchargedCodeContext = defineContext({
  name: 'unchargedCode',
  about: 'a service that the notes of a day of the claim have and the claim does not charge',
  facts: {
    code: { type: 'text', about: 'the code in the note' },
    day: { type: 'date', about: 'the day of service' },
    timed: { type: 'truth', about: 'whether its time counts; null: the code is not in the tables' },
    minutes: { type: 'number', about: 'its minutes; null: not told' },
    supported: { type: 'number', about: 'units it would have, by the rule that gives fewer; null: not told' },
    feeStatus: { type: 'text', about: "its status in Medicare's fee schedule, B for bundled; null: not in the table" },
  },
  items: (scrubbed) =>
    scrubbed.days.flatMap((claimed) => {
      const { day, lines, treated } = claimed;
      const done = treated === null || treated.interventions === null ? [] : [...byCode(treated.interventions)];
      const left = done.filter(([code]) => !lines.some((line) => line.code === code));
      const count = left.length === 0 ? null : countOf(scrubbed, claimed);
      return left.map(([code]) => {
        const timed = isTimedOn(scrubbed, code, day);
        const known = scrubbed.tables.codes.lookup(code) !== null;
        return {
          line: null,
          on: day,
          facts: {
            code,
            day,
            timed: known ? timed : null,
            minutes: count?.minutes[code] ?? null,
            supported: timed ? (count === null ? null : least(count, ({ units }) => units[code] ?? 0)) : 1,
            feeStatus: feeStatus(scrubbed, code, day),
          },
        };
      });
    }),
});

function feeStatus({ tables }: ScrubCase, code: string, on: string): string | null {
  return editionOn(tables.fees, on)?.lookup(code)?.status ?? null;
}
