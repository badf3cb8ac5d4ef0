// A number and what it counts: sets and repetitions, loads, degrees, grades, scores, times and distances.
import { itemOf } from './item.ts';
import type { Item } from './item.ts';
import type { Token } from './tokens.ts';

/** The items that begin at a number, or at a word that belongs to it; none where there is no number. */
export function quantityAt(tokens: readonly Token[], at: number): readonly Item[] {
  const view = new View(tokens);
  const lead = view.leadAt(at);
  const said = view.numberOrRange(lead.at);
  if (said === null) return [];
  const items = read(view, said, at, lead);
  const why = lead.approximate ? 'said to be approximate' : null;
  return items.map((item) => ({ ...item, unsure: item.unsure ?? why }));
}

interface Said {
  readonly value: number | null;
  readonly low: number;
  readonly high: number;
  readonly end: number;
  readonly unsure: string | null;
}

interface Lead {
  readonly at: number;
  readonly negative: boolean;
  readonly approximate: boolean;
}

const approximations = new Set(['about', 'approximately', 'around', 'roughly', '~']);
const romans = ['I', 'II', 'III', 'IV', 'V'] as const;
const unitWords: Readonly<Record<string, readonly string[]>> = {
  degrees: ['degree', 'deg', '°'],
  seconds: ['second', 'sec', 'secs', 's'],
  minutes: ['minute', 'min', 'mins'],
  lb: ['pound', 'lb', 'lbs', '#'],
  kg: ['kilogram', 'kilo', 'kg', 'kgs'],
  percent: ['percent', '%'],
  ft: ['feet', 'foot', 'ft'],
  m: ['meter', 'metre', 'm'],
};
const notMeasured = new Set([
  'week',
  'day',
  'month',
  'year',
  'hour',
  'yo',
  'visit',
  'session',
  'rail',
  'flight',
  'step',
  'stair',
]);
const counters = new Set(['week', 'visit', 'day', 'session', 'phase', 'number', 'age', 'month', 'year', 'postop']);

class View {
  readonly tokens: readonly Token[];
  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }
  word(at: number): string {
    return this.tokens[at]?.word ?? '';
  }
  number(at: number): number | null {
    return this.tokens[at]?.number ?? null;
  }
  /** "about", "minus", "lacking" and the like before the number. */
  leadAt(at: number): Lead {
    const word = this.word(at);
    if (approximations.has(word)) return { at: at + 1, negative: false, approximate: true };
    const touches = this.tokens[at]?.to === this.tokens[at + 1]?.from;
    const sign =
      word === 'minus' || word === 'negative' || word === 'lacking' || word === 'lack' || (word === '-' && touches);
    const free = this.number(at - 1) === null;
    return sign && free
      ? { at: at + 1, negative: true, approximate: false }
      : { at, negative: false, approximate: false };
  }
  /** A number, or two with "to", "or" or a dash between. */
  numberOrRange(at: number): Said | null {
    const low = this.number(at);
    if (low === null) return null;
    const unsure = this.tokens[at]?.unsure ?? null;
    const high = this.number(at + 2);
    const dash = this.word(at + 1) === '-' || this.word(at + 1) === '–';
    if (high !== null && (dash || this.word(at + 1) === 'to' || this.word(at + 1) === 'or'))
      return { value: null, low, high, end: at + 3, unsure: `a range was said: ${low} to ${high}` };
    return { value: low, low, high: low, end: at + 1, unsure };
  }
  /** How many words a whole of "/10", "out of 10", "over 5" takes, with the whole. */
  whole(at: number): { readonly of: number; readonly end: number } | null {
    const slash = this.word(at) === '/' || this.word(at) === 'over';
    const next = slash ? at + 1 : this.word(at) === 'out' && this.word(at + 1) === 'of' ? at + 2 : at;
    const of = next === at ? null : this.number(next);
    return of === null ? null : { of, end: next + 1 };
  }
  unit(at: number): string | null {
    const word = this.word(at);
    return Object.keys(unitWords).find((unit) => unitWords[unit]?.includes(word)) ?? null;
  }
}

function read(view: View, said: Said, first: number, lead: Lead): Item[] {
  return (
    setsAt(view, said, first) ??
    gradeAt(view, said, first) ??
    wholeAt(view, said, first) ??
    unitAt(view, said, first, lead) ??
    ledAt(view, said, first) ??
    bareAt(view, said, first, lead)
  );
}

/** "3 x 10", "three sets of ten", "2 sets", "ten reps". */
function setsAt(view: View, said: Said, first: number): Item[] | null {
  const { end, value, unsure } = said;
  const word = view.word(end);
  const sets = (to: number): Item => itemOf({ kind: 'sets', name: '', value, unsure, first, end: to });
  const times = ['x', '×', '*'].includes(word) || (word === 'by' && view.number(end + 1) !== null);
  if (times && view.number(end + 1) !== null) return [sets(end), ...eachSet(view, end + 1)];
  if (word === 'set') {
    const next = ['of', 'x', '×'].includes(view.word(end + 1)) ? end + 2 : end + 1;
    const counted = next === end + 2 || view.word(next + 1) === 'rep' || view.word(next + 1) === 'repetition';
    return view.number(next) !== null && counted ? [sets(end + 1), ...eachSet(view, next)] : [sets(end + 1)];
  }
  if (['rep', 'repetition', 'time'].includes(word))
    return [itemOf({ kind: 'repetitions', name: '', value, unsure, first, end: end + 1 })];
  return null;
}

/** What each set is: repetitions, or a time held. */
function eachSet(view: View, at: number): Item[] {
  const each = view.numberOrRange(at);
  if (each === null) return [];
  const { value, unsure, end } = each;
  const unit = view.unit(end);
  if (unit === 'seconds' || unit === 'minutes') {
    const isSeconds = unit === 'seconds';
    const hold = view.word(end + 1) === 'hold' ? end + 2 : end + 1;
    return [
      itemOf({
        kind: isSeconds ? 'hold' : 'minutes',
        name: '',
        value,
        unsure,
        first: at,
        end: isSeconds ? hold : end + 1,
      }),
    ];
  }
  const counted = ['rep', 'repetition'].includes(view.word(end)) ? end + 1 : end;
  const items = [itemOf({ kind: 'repetitions', name: '', value, unsure, first: at, end: counted })];
  const held = ['x', '×'].includes(view.word(counted)) && view.unit(counted + 2) === 'seconds';
  return held ? [...items, ...eachSet(view, counted + 1)] : items;
}

/** "4-/5", "four minus out of five", "3+", and their ranges. */
function gradeAt(view: View, said: Said, first: number): Item[] | null {
  const one = gradeFrom(view, said.end, said.value);
  if (one === null) return null;
  const { name, end } = one;
  const next = view.number(end + 1);
  const joined = ['to', '-', '–', 'or'].includes(view.word(end)) && next !== null;
  const other = joined ? gradeFrom(view, end + 2, next) : null;
  if (other !== null)
    return [
      itemOf({ kind: 'grade', name: '', first, end: other.end, unsure: `a range was said: ${name} to ${other.name}` }),
    ];
  return [itemOf({ kind: 'grade', name, first, end })];
}

function gradeFrom(
  view: View,
  at: number,
  value: number | null,
): { readonly name: string; readonly end: number } | null {
  if (value === null) return null;
  const word = view.word(at);
  const sign = word === '+' || word === 'plus' ? '+' : word === '-' || word === 'minus' ? '-' : '';
  const afterSign = sign === '' ? at : at + 1;
  const whole = view.whole(afterSign);
  if (whole?.of === 5) return { name: `${value}${sign}`, end: whole.end };
  const alone =
    sign !== '' && whole === null && value <= 5 && Number.isInteger(value) && view.number(afterSign) === null;
  return alone ? { name: `${value}${sign}`, end: afterSign } : null;
}

/** "6/10", "4 to 5 out of 10", "42 out of 80". */
function wholeAt(view: View, said: Said, first: number): Item[] | null {
  const whole = view.whole(said.end);
  if (whole === null) return null;
  const { of, end } = whole;
  if (of !== 10) return [itemOf({ kind: 'outOf', name: '', value: said.value, of, unsure: said.unsure, first, end })];
  const fell = view.word(first - 1) === 'from' && view.word(first + 1) === 'to';
  if (fell) {
    const score = (value: number, name: string, from: number): Item => ({
      ...itemOf({ kind: 'painScore', name, value, first: from, end: from === first ? first + 1 : end }),
    });
    return [score(said.low, 'before', first), score(said.high, 'after', first + 2)];
  }
  const possible = said.value === null || said.value <= 10;
  return [
    itemOf({
      kind: 'painScore',
      name: '',
      value: possible ? said.value : null,
      unsure: possible ? said.unsure : `${said.value ?? ''} of 10 cannot be`,
      first,
      end,
    }),
  ];
}

function unitAt(view: View, said: Said, first: number, lead: Lead): Item[] | null {
  const unit = view.unit(said.end);
  if (unit === null) return null;
  const end = said.end + 1;
  const value = said.value === null ? null : lead.negative && unit === 'degrees' ? -said.value : said.value;
  const base = { value, unsure: said.unsure, first, end };
  if (unit === 'lb' || unit === 'kg') return [itemOf({ ...base, kind: 'load', name: unit })];
  if (unit === 'ft' || unit === 'm') return [itemOf({ ...base, kind: 'distance', name: unit })];
  if (unit === 'degrees')
    return [
      itemOf({ ...base, kind: said.value === null ? 'motionRange' : 'degrees', name: 'degrees', of: said.low }),
    ].map((item) => (said.value === null ? { ...item, value: said.high } : { ...item, of: null }));
  if (unit === 'seconds') {
    const after = view.word(end) === 'hold';
    return [
      itemOf({
        ...base,
        kind: after || isHeld(view, first) ? 'hold' : 'seconds',
        name: '',
        end: after ? end + 1 : end,
      }),
    ];
  }
  if (unit === 'minutes') return [itemOf({ ...base, kind: 'minutes', name: '' })];
  return [itemOf({ ...base, kind: 'percent', name: '' })];
}

function isHeld(view: View, first: number): boolean {
  return [first - 1, first - 2].some((at) => ['hold', 'held', 'holding'].includes(view.word(at)));
}

/** What the word before the number tells: a level, a grade of mobilization, a hold, "x 10", a code. */
function ledAt(view: View, said: Said, first: number): Item[] | null {
  const { value, unsure, end } = said;
  const before = view.word(first - 1);
  const base = { value, unsure, first, end };
  if (before === 'level' && !['pain', 'assist'].includes(view.word(first - 2)))
    return [itemOf({ ...base, kind: 'load', name: 'level', first: first - 1 })];
  if (before === 'grade' && value !== null)
    return [itemOf({ ...base, kind: 'mobilization', name: romans[value - 1] ?? '', first: first - 1 })];
  if (isHeld(view, first)) return [itemOf({ ...base, kind: 'hold', name: '' })];
  if (before === 'x' || before === '×' || before === 'time')
    return [itemOf({ ...base, kind: 'repetitions', name: '' })];
  const text = view.tokens[first]?.text ?? '';
  if (/^\d{5}$/.test(text)) return [itemOf({ ...base, kind: 'code', name: text, code: text })];
  return null;
}

/** A number alone: a range of motion, a number that counts weeks and the like, or one whose frame must tell. */
function bareAt(view: View, said: Said, first: number, lead: Lead): Item[] {
  const { end, unsure, low, high } = said;
  if (counters.has(view.word(first - 1)) || notMeasured.has(view.word(end))) return [];
  if (said.value === null) return [itemOf({ kind: 'motionRange', name: '', value: high, of: low, unsure, first, end })];
  const value = lead.negative ? -said.value : said.value;
  return [itemOf({ kind: 'bare', name: lead.negative ? 'negative' : '', value, unsure, first, end })];
}
