// Any transaction set a grammar allows, as a tree and as text with any delimiters.
import fc from 'fast-check';
import type { Grammar, Loop, LoopRule, SegmentRule, Tree } from '../loops.ts';
import type { KeptSegment } from '../transaction-set.ts';

/** A segment as its id and elements. */
export type Shape = readonly string[];

export interface LoopShape {
  readonly id: string;
  readonly segments: readonly Shape[];
  readonly loops: readonly LoopShape[];
}

export interface TreeShape {
  readonly head: readonly Shape[];
  readonly loops: readonly LoopShape[];
  readonly tail: readonly Shape[];
}

export interface Delimiters {
  readonly element: string;
  readonly component: string;
  readonly repetition: string;
  readonly segment: string;
  readonly newline: string;
}

export const delimiters: fc.Arbitrary<Delimiters> = fc
  .tuple(
    fc.constantFrom(
      { element: '*', component: ':', repetition: '^', segment: '~' },
      { element: '|', component: '>', repetition: '!', segment: '\\' },
      { element: '+', component: '&', repetition: '%', segment: '\n' },
      { element: '\x1d', component: '\x1f', repetition: '\x1e', segment: '\x1c' },
    ),
    fc.constantFrom('', '\n', '\r\n'),
  )
  .map(([four, newline]) => ({ ...four, newline: four.segment === '\n' ? '' : newline }));

/** Lower case, so that none is a code of a grammar; components and repetitions by signs that are replaced when it is written. */
const element = fc.oneof(
  { weight: 4, arbitrary: fc.stringMatching(/^[a-z0-9][a-zé .'-]{0,8}[a-z0-9]$/) },
  { weight: 2, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: fc.constantFrom('a«b«c', 'a»b', 'a«»b«', 'isa', 'ISAAC') },
);

/** How often something comes: mostly as seldom as it may. */
function times<Item>(item: fc.Arbitrary<Item>, min: number, max: number | null): fc.Arbitrary<Item[]> {
  const few = Math.max(min, Math.min(max ?? 3, min + 2));
  return fc.oneof(
    { weight: 3, arbitrary: fc.array(item, { minLength: min, maxLength: min }) },
    { weight: 1, arbitrary: fc.array(item, { minLength: min, maxLength: few }) },
  );
}

function segmentOver({ id, when }: SegmentRule): fc.Arbitrary<Shape> {
  const code = when === undefined ? fc.constant('') : fc.constantFrom(...when.values);
  return fc.tuple(code, fc.array(element, { maxLength: 9 })).map(([value, elements]) => {
    const shape = [id, ...elements];
    if (when !== undefined) {
      while (shape.length <= when.element) shape.push('');
      shape[when.element] = value;
    }
    // What ends a segment empty is not written, so that text and tree are the same thing.
    while (shape.length > 1 && shape.at(-1) === '') shape.pop();
    return shape;
  });
}

function segmentsOver(rules: readonly SegmentRule[]): fc.Arbitrary<Shape[]> {
  return fc.tuple(...rules.map((rule) => times(segmentOver(rule), rule.min, rule.max))).map((all) => all.flat());
}

function loopOver({ id, segments: [first, ...rest], loops }: LoopRule): fc.Arbitrary<LoopShape> {
  return fc
    .tuple(segmentOver(first), segmentsOver(rest), ...loops.map((loop) => times(loopOver(loop), loop.min, loop.max)))
    .map(([header, segments, ...inner]) => ({ id, segments: [header, ...segments], loops: inner.flat() }));
}

/** Without ST and SE, whose elements the text tells. */
export function treeOver(grammar: Grammar): fc.Arbitrary<TreeShape> {
  const own = (rules: readonly SegmentRule[]) => rules.filter(({ id }) => id !== 'ST' && id !== 'SE');
  return fc
    .tuple(
      segmentsOver(own(grammar.head)),
      fc.tuple(...grammar.loops.map((loop) => times(loopOver(loop), loop.min, loop.max))),
      segmentsOver(own(grammar.tail)),
    )
    .map(([head, loops, tail]) => ({ head, loops: numbered(loops.flat()), tail }));
}

/** Levels with HL01 1, 2, 3 … as they come and HL02 the number of their parent. */
function numbered(loops: readonly LoopShape[]): LoopShape[] {
  let count = 0;
  const number = (all: readonly LoopShape[], parent: string): LoopShape[] =>
    all.map(({ id, segments, loops: inner }) => {
      const [header = [], ...rest] = segments;
      const isLevel = header[0] === 'HL';
      const own = isLevel ? String(++count) : parent;
      const first = isLevel ? ['HL', own, parent, header[3] ?? ''] : header;
      return { id, segments: [first, ...rest], loops: number(inner, own) };
    });
  return number(loops, '');
}

/** The segments of a tree in the order they are written. */
export function flat({ head, loops, tail }: TreeShape): Shape[] {
  const inside = ({ segments, loops: inner }: LoopShape): Shape[] => [...segments, ...inner.flatMap(inside)];
  return [...head, ...loops.flatMap(inside), ...tail];
}

/** The interchange that holds these segments as its one transaction set. */
export function textOf(grammar: Grammar, segments: readonly Shape[], delimiters: Delimiters): string {
  const { element: separator, component, repetition, segment: terminator, newline } = delimiters;
  const blank = ' '.repeat(10);
  const lines: Shape[] = [
    ['ISA', '00', blank, '00', blank, 'ZZ', 'CLINIC'.padEnd(15), 'ZZ', 'PAYER'.padEnd(15), '260302', '0815'].concat([
      ...[repetition, '00501', '000000001', '0', 'T', component],
    ]),
    ['GS', 'XX', 'CLINIC', 'PAYER', '20260302', '0815', '1', 'X', grammar.guide],
    ['ST', grammar.type, '0001', grammar.guide],
    ...segments.map((shape) => shape.map((one) => one.replaceAll('«', component).replaceAll('»', repetition))),
    ['SE', String(segments.length + 2), '0001'],
    ['GE', '1', '1'],
    ['IEA', '1', '000000001'],
  ];
  return lines.map((line) => line.join(separator) + terminator + newline).join('');
}

/** A tree as it was read, with the signs of `element` for its separators. */
export function shapeOf({ head, loops, tail }: Tree, delimiters: Delimiters): TreeShape {
  const own = (segments: readonly KeptSegment[]) =>
    segments.filter(({ id }) => id !== 'ST' && id !== 'SE').map((segment) => segmentShape(segment, delimiters));
  const loopShape = ({ id, segments, loops: inner }: Loop): LoopShape => ({
    id,
    segments: own(segments),
    loops: inner.map(loopShape),
  });
  return { head: own(head), loops: loops.map(loopShape), tail: own(tail) };
}

function segmentShape(segment: KeptSegment, { component, repetition }: Delimiters): Shape {
  const elements = Array.from({ length: segment.elements }, (_, index) => segment.element(index + 1));
  return [segment.id, ...elements.map((one) => one.replaceAll(component, '«').replaceAll(repetition, '»'))];
}
