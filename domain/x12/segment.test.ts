// Elements, their repetitions and their components, as a segment gives them.
import { expect, test } from 'vitest';
import { Scanner } from './scanner.ts';
import type { Segment } from './segment.ts';
import { isa, latin1 } from './testing/samples.ts';

/** What `ask` answers about the segment behind an ISA. */
function of<Answer>(text: string | Uint8Array, ask: (segment: Segment) => Answer): Answer[] {
  const answers: Answer[] = [];
  const scanner = new Scanner({
    take: (segment) => {
      if (segment.id !== 'ISA') answers.push(ask(segment));
    },
    fault: (code) => expect.unreachable(code),
  });
  scanner.push(latin1(isa));
  scanner.push(typeof text === 'string' ? new TextEncoder().encode(text) : text);
  scanner.end();
  return answers;
}

test('elements are counted from 1; one that is not there is empty', () => {
  const elements = of('REF*EJ**PCN1*~', (segment) =>
    [0, 1, 2, 3, 4, 5].slice(1).map((element) => segment.element(element)),
  );
  expect(elements).toEqual([['EJ', '', 'PCN1', '', '']]);
  expect(of('REF*EJ**PCN1*~', (segment) => segment.elements)).toEqual([4]);
  expect(of('REF*EJ**PCN1~', (segment) => [1, 2, 3, 4].map((element) => segment.width(element)))).toEqual([
    [2, 0, 4, 0],
  ]);
});

test('a procedure with its modifiers is a composite', () => {
  expect(of('SV1*HC:97110:GP:CQ*54*UN*2~', (segment) => [segment.components(1), segment.components(2)])).toEqual([
    [['HC', '97110', 'GP', 'CQ'], ['54']],
  ]);
});

test('a repeated element repeats its components too', () => {
  const ask = (segment: Segment) => [segment.repetitions(1), segment.components(2, 1), segment.components(2, 2)];
  expect(of('EB*PT^30*A:1^B:2~', ask)).toEqual([[['PT', '30'], ['B', '2'], ['']]]);
});

test('an element that is not there has one empty component', () => {
  expect(of('SE~', (segment) => [segment.components(7), segment.repetitions(7)])).toEqual([[[''], ['']]]);
});

test('a name in UTF-8 is read as such, any other bytes as ISO 8859-1', () => {
  expect(of('NM1*Núñez~', (segment) => [segment.isUtf8, segment.element(1)])).toEqual([[true, 'Núñez']]);
  expect(of(latin1('NM1*N\xfa\xf1ez~'), (segment) => [segment.isUtf8, segment.element(1)])).toEqual([[false, 'Núñez']]);
});
