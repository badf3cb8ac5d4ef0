// What a caller typed becomes the outcome of the call: dollars to cents, percent to a fraction, an empty field to "nobody could tell".
import { fieldTable, isFieldName } from '../../domain/eligibility/fields.ts';
import type { FieldKind, FieldName } from '../../domain/eligibility/fields.ts';
import { instantOf } from '../../domain/zoned-time.ts';
import type { Json } from '../api.ts';
import type { CallDraft } from '../benefits.ts';
import { centsOf, howToTypeDollars } from './amounts.ts';

/** What stands in the form, by the name of the control. */
export type Typed = ReadonlyMap<string, string>;

/** A choice that is no value: the payer could not say. */
export const nobodyKnows = '';
export const noLimit = 'unlimited';
export const nothingElse = 'none';

/** The name of the control of a question; the call's own questions stand once for all coverages. */
export function controlName(coverage: number, field: string): string {
  return `${coverage}.${field}`;
}

export const callControls = { at: 'call.at', answeredBy: 'call.answeredBy', reference: 'call.reference' } as const;

/** The value of an answer; null: nothing was typed; undefined: it cannot be read. */
export function answerValue(kind: FieldKind, typed: string): Json | undefined {
  const text = typed.trim();
  if (text === nobodyKnows) return null;
  switch (kind) {
    case 'yesNo':
      return text === 'yes' ? true : text === 'no' ? false : undefined;
    case 'cents':
      return centsOf(text);
    case 'share': {
      const percent = /^(\d{1,3}(?:\.\d{1,2})?)\s*%?$/.exec(text)?.[1];
      if (percent === undefined || Number(percent) > 100) return undefined;
      return Number((Number(percent) / 100).toFixed(4));
    }
    case 'limit':
      return text === noLimit ? noLimit : countOf(text);
    case 'count':
      return countOf(text);
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : undefined;
    case 'serviceTypes':
      return text === nothingElse ? [] : text.split(' ');
    case 'text':
    case 'year':
    case 'period':
      return text;
    case 'frequency':
      return undefined;
  }
}

function countOf(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) ? Number(text) : undefined;
}

const howTo: Partial<Record<FieldKind, string>> = {
  cents: howToTypeDollars,
  share: 'Enter a percentage from 0 to 100, such as 20.',
  count: 'Enter a whole number.',
  limit: 'Enter a whole number, or tick "no limit".',
  date: 'Enter a day.',
};

export interface CallForm {
  readonly outcome: Json;
  /** What cannot be read, by the name of its control. */
  readonly wrong: ReadonlyMap<string, string>;
  readonly isEmpty: boolean;
}

/** The outcome of the decision `called` out of what was typed; times are the clinic's clock. */
export function callForm(draft: CallDraft, typed: Typed, zone: string): CallForm {
  const wrong = new Map<string, string>();
  let answered = 0;
  const coverages = draft.coverages.map(({ questions }, coverage) => {
    const answers: Record<string, Json> = {};
    for (const { field } of questions) {
      if (!isFieldName(field)) continue;
      const name = controlName(coverage, field);
      const value = valueOfField(field, typed.get(name) ?? nobodyKnows);
      if (value === undefined) wrong.set(name, howTo[fieldTable[field].kind] ?? 'This cannot be read.');
      else answers[field] = value;
      if (value !== undefined && value !== null) answered += 1;
    }
    return { coverage, answers };
  });
  const at = instantOf(typed.get(callControls.at) ?? '', zone);
  if (at === null) wrong.set(callControls.at, 'Enter when you called.');
  const text = (name: string): string | null => (typed.get(name) ?? '').trim() || null;
  const [answeredBy, reference] = [text(callControls.answeredBy), text(callControls.reference)];
  return {
    outcome: { at, answeredBy, reference, coverages },
    wrong,
    isEmpty: answered === 0 && reference === null,
  };
}

function valueOfField(field: FieldName, typed: string): Json | undefined {
  return answerValue(fieldTable[field].kind, typed);
}
