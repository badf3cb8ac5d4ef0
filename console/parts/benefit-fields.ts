// How the fields of a summary stand on a page: in which order and groups, in and out of network, each with where it came from.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { fieldTable, isKnown } from '../../domain/eligibility/fields.ts';
import type { Field, FieldName, FieldSet, Known } from '../../domain/eligibility/fields.ts';
import type { BenefitSummary } from '../../domain/eligibility/summary-schema.ts';
import { asOfInWords, sourceInWords, valueInWords } from '../benefit-words.ts';
import type { CodeWords } from '../benefits.ts';
import { dateInZone } from '../dates.ts';
import './told.ts';
import type { Grounds, ToldValue } from './told.ts';

/** What a value needs to be put in words. */
export interface Said {
  readonly words: CodeWords | null;
  readonly now: Date;
  readonly zone: string;
}

/** One row: a field, or several that belong together, each with its short word. */
interface Row {
  readonly label: string;
  readonly parts: readonly (readonly [field: FieldName, word: string])[];
}

export interface Group {
  readonly title: string;
  readonly rows: readonly Row[];
}

const one = (field: FieldName): Row => ({ label: fieldTable[field].words, parts: [[field, '']] });

/** A whole, what of it is used up and what is left of it. */
const three = (label: string, fields: readonly [FieldName, FieldName, FieldName], used: string): Row => ({
  label,
  parts: [
    [fields[0], 'total'],
    [fields[1], used],
    [fields[2], 'left'],
  ],
});

/** In the order in which a biller reads them. */
export const groups: readonly Group[] = [
  {
    title: 'Coverage',
    rows: [
      one('active'),
      one('planName'),
      {
        label: 'Coverage dates',
        parts: [
          ['begins', 'from'],
          ['ends', 'to'],
        ],
      },
      one('therapyCovered'),
      one('clinicInNetwork'),
    ],
  },
  {
    title: 'What the patient pays',
    rows: [
      one('copayCents'),
      one('coinsurance'),
      three('Deductible, individual', ['deductibleCents', 'deductibleMetCents', 'deductibleLeftCents'], 'met'),
      three(
        'Deductible, family',
        ['deductibleFamilyCents', 'deductibleFamilyMetCents', 'deductibleFamilyLeftCents'],
        'met',
      ),
      three('Out of pocket, individual', ['outOfPocketCents', 'outOfPocketMetCents', 'outOfPocketLeftCents'], 'met'),
      three(
        'Out of pocket, family',
        ['outOfPocketFamilyCents', 'outOfPocketFamilyMetCents', 'outOfPocketFamilyLeftCents'],
        'met',
      ),
    ],
  },
  {
    title: 'How much there is',
    rows: [
      three('Visits', ['visitsAllowed', 'visitsUsed', 'visitsLeft'], 'used'),
      one('visitsPeriod'),
      one('visitFrequency'),
      three('Units (services)', ['unitsAllowed', 'unitsUsed', 'unitsLeft'], 'used'),
      three('Dollars the plan pays', ['dollarCapCents', 'dollarUsedCents', 'dollarLeftCents'], 'used'),
      one('pooledWith'),
      one('deductibleVisitsCount'),
      {
        label: 'Benefit year',
        parts: [
          ['benefitYear', ''],
          ['benefitYearResets', 'starts anew'],
        ],
      },
    ],
  },
  { title: 'What must come first', rows: [one('authorizationRequired'), one('referralRequired')] },
];

/** A field as the page shows it. */
export function toldOf(name: FieldName, field: Field<unknown>, said: Said): ToldValue {
  const { words, now, zone } = said;
  const text = (value: unknown): string => valueInWords(name, value, words, dateInZone(now, zone));
  if (!isKnown(field)) {
    const grounds: [string, string][] = [['Unknown:', field.why]];
    if (field.contradiction !== undefined) grounds.push(['Statements at odds:', field.contradiction.join('; ')]);
    return { words: 'unknown', isKnown: false, mark: null, grounds, brief: `(${field.why})` };
  }
  const { value, source, confidence, why, contradictedBy } = field;
  const grounds: Grounds = [
    ['Source:', sourceInWords(source)],
    ['As of:', asOfInWords(field.asOf, now, zone)],
    ['Confidence:', `${confidence}, ${why}`],
    ...(contradictedBy === undefined ? [] : [otherAnswer(contradictedBy, text)]),
  ];
  return {
    words: text(value),
    isKnown: true,
    mark: contradictedBy !== undefined ? 'contradicted' : confidence === 'high' ? null : confidence,
    grounds,
    brief: `(${shortSource(source)}, ${confidence}${
      contradictedBy === undefined ? '' : `; but ${otherAnswer(contradictedBy, text)[1]}`
    })`,
  };
}

/** "EB*C segment 15 and EB*C segment 16" → "EB*C 15, EB*C 16": paper has no room for more. */
function shortSource(source: string): string {
  return sourceInWords(source).replaceAll(' segment ', ' ').replaceAll(' and ', ', ');
}

function otherAnswer(other: Known<unknown>, text: (value: unknown) => string): readonly [string, string] {
  return ['Another answer:', `${text(other.value)}, ${sourceInWords(other.source)}`];
}

/** One value with its grounds behind it. `key` tells it from every other value of the page. */
export function toldField(name: FieldName, field: Field<unknown>, key: string, said: Said): TemplateResult {
  return html`<gait-told .told=${toldOf(name, field, said)} .key=${`${key}-${name}`}></gait-told>`;
}

/** The values of a row; one "unknown" is enough where all of them are for the same reason. */
function cell({ parts }: Row, set: FieldSet, key: string, said: Said): TemplateResult {
  const fields: readonly Field<unknown>[] = parts.map(([name]) => set[name]);
  const [first, ...others] = parts;
  const isAllUnknown = fields.every((field) => !isKnown(field) && field.contradiction === undefined);
  const isSameReason = new Set(fields.map((field) => field.why)).size === 1;
  const shown =
    first !== undefined && others.length > 0 && isAllUnknown && isSameReason ? [[first[0], ''] as const] : parts;
  return html`<span class="told-parts"
    >${shown.map(
      ([name, word]) =>
        html`<span class="told-part"
          >${word === '' ? nothing : html`<span class="told-word">${word}</span> `}${toldField(
            name,
            set[name],
            key,
            said,
          )}</span
        >`,
    )}</span
  >`;
}

/** True where the row says something else in than out of network. */
function isToldApart({ parts }: Row, { inNetwork, outOfNetwork }: BenefitSummary): boolean {
  return parts.some(([name]) => {
    const sides: readonly Field<unknown>[] = [inNetwork[name], outOfNetwork[name]];
    const [inside, outside] = sides.map((side) => (isKnown(side) ? JSON.stringify(side.value) : null));
    return inside !== outside;
  });
}

/** Every field of a coverage: two columns where the payer tells the networks apart, one value across where it does not. */
export function fieldsTable(summary: BenefitSummary, key: string, said: Said): TemplateResult {
  const rows = groups.flatMap((group) => group.rows);
  const isApart = rows.some((row) => isToldApart(row, summary));
  const own = isKnown(summary.clinicInNetwork) ? summary.clinicInNetwork.value : null;
  const mine = (inside: boolean): TemplateResult | typeof nothing =>
    own === inside ? html` <span class="mark accent">this clinic</span>` : nothing;
  return html`<table class="benefit-fields ${isApart ? 'apart' : ''}">
    <thead class=${isApart ? nothing : 'visually-hidden'}>
      <tr>
        <th scope="col">Benefit</th>
        ${isApart
          ? html`<th scope="col">In network${mine(true)}</th>
              <th scope="col">Out of network${mine(false)}</th>`
          : html`<th scope="col">What the payer says</th>`}
      </tr>
    </thead>
    ${groups.map(
      ({ title, rows: ofGroup }) =>
        html`<tbody>
          <tr class="group-row">
            <th scope="rowgroup" colspan=${isApart ? 3 : 2}>${title}</th>
          </tr>
          ${ofGroup.map((row) =>
            isToldApart(row, summary)
              ? html`<tr>
                  <th scope="row">${row.label}</th>
                  <td data-label="In network">${cell(row, summary.inNetwork, `${key}-in`, said)}</td>
                  <td data-label="Out of network">${cell(row, summary.outOfNetwork, `${key}-out`, said)}</td>
                </tr>`
              : html`<tr>
                  <th scope="row">${row.label}</th>
                  <td colspan=${isApart ? 2 : nothing}>${cell(row, summary.inNetwork, `${key}-both`, said)}</td>
                </tr>`,
          )}
        </tbody>`,
    )}
  </table>`;
}
