// Damages an X12 file in the ways that files are damaged, and in some that nobody has seen yet.

export type Random = () => number;

const letters = '*~:^|>\n\r \x1a\x00ABEHILMNSTZ0123456789-.';
const ids = [
  'ISA',
  'IEA',
  'GS',
  'GE',
  'ST',
  'SE',
  'HL',
  'NM1',
  'CLP',
  'SVC',
  'CAS',
  'EB',
  'STC',
  'LX',
  'CLM',
  'HCR',
  'TA1',
  'LS',
  'LE',
];
const values = [
  '',
  ' ',
  '-',
  '0',
  '-0',
  '99999999999999999999',
  '1e9',
  '.',
  '1.2.3',
  '20261399',
  '20260302-',
  'D8',
  'RD8',
  'Ü😀',
  'a:b:c:d:e:f:g:h',
  '^^^',
  '::::',
];

type Mutation = (text: string, random: Random) => string;

function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

function pick<Value>(from: readonly Value[], random: Random, otherwise: Value): Value {
  return from[below(random, from.length)] ?? otherwise;
}

/** Replaces part of a text. */
function spliced(text: string, at: number, length: number, by: string): string {
  return text.slice(0, at) + by + text.slice(at + length);
}

/** Changes the list of segments, each with its terminator. */
function onSegments(change: (segments: string[], random: Random) => void): Mutation {
  return (text, random) => {
    const segments = text.split(/(?<=~)/);
    change(segments, random);
    return segments.join('');
  };
}

/** Changes the elements of one segment. */
function onElements(change: (elements: string[], random: Random) => void, which: RegExp = /./): Mutation {
  return onSegments((segments, random) => {
    const at = pick(
      [...segments.keys()].filter((index) => which.test(segments[index] ?? '')),
      random,
      -1,
    );
    const segment = segments[at];
    if (segment === undefined) return;
    const elements = segment.replace('~', '').split('*');
    change(elements, random);
    segments[at] = `${elements.join('*')}~`;
  });
}

const mutations: Readonly<Record<string, Mutation>> = {
  'byte changed': (text, random) => spliced(text, below(random, text.length), 1, pick([...letters], random, '~')),
  'any byte changed': (text, random) =>
    spliced(text, below(random, text.length), 1, String.fromCharCode(below(random, 256))),
  'bytes taken out': (text, random) => spliced(text, below(random, text.length), 1 + below(random, 40), ''),
  'bytes put in': (text, random) =>
    spliced(text, below(random, text.length), 0, pick([...letters], random, '*').repeat(1 + below(random, 30))),
  'cut off': (text, random) => text.slice(0, below(random, text.length)),
  'beginning lost': (text, random) => text.slice(below(random, text.length)),
  'segment dropped': onSegments((segments, random) => segments.splice(below(random, segments.length), 1)),
  'segment doubled': onSegments((segments, random) => {
    const at = below(random, segments.length);
    segments.splice(at, 0, ...Array.from({ length: 1 + below(random, 30) }, () => segments[at] ?? ''));
  }),
  'segments swapped': onSegments((segments, random) => {
    const [a, b] = [below(random, segments.length), below(random, segments.length)];
    [segments[a], segments[b]] = [segments[b] ?? '', segments[a] ?? ''];
  }),
  'segment renamed': onElements((elements, random) => (elements[0] = pick(ids, random, 'ST'))),
  'element replaced': onElements(
    (elements, random) => (elements[1 + below(random, elements.length)] = pick(values, random, '')),
  ),
  'elements added': onElements((elements, random) =>
    elements.push(...Array.from({ length: below(random, 200) }, () => pick(values, random, ''))),
  ),
  'elements lost': onElements((elements, random) => elements.splice(1 + below(random, elements.length))),
  'level rewired': onElements(
    (elements, random) =>
      (elements[1 + below(random, 3)] = pick(
        ['', '1', '2', '3', '4', '5', '9', '20', '21', '22', '23', '19', 'PT', 'EV', 'SS'],
        random,
        '',
      )),
    /^\s*HL\*/,
  ),
  'element separator changed': (text, random) => text.replaceAll('*', pick(['|', '\x1d', '~', ':', '\n'], random, '|')),
  'terminator changed': (text, random) => text.replaceAll('~', pick(['\n', "'", '\\', '*', '\r\n', ''], random, '\n')),
  'component separator changed': (text, random) => text.replaceAll(':', pick(['>', '^', '*', '', '~'], random, '>')),
  'version changed': (text, random) =>
    text.replaceAll(
      /005010X\d{3}(A\d)?/g,
      pick(['004010X091A1', '005010', '005010X217', '005010X221A1', ''], random, ''),
    ),
  'file repeated': (text, random) => text.repeat(2 + below(random, 2)).slice(0, 60_000),
  'interchange inside': (text, random) => spliced(text, below(random, text.length), 0, text.slice(0, 400)),
};

export const mutationNames = Object.keys(mutations);

/** Does one to four of them. Bytes and characters are one: a file is read as ISO 8859-1 here, so that any byte may come. */
export function mutated(file: Uint8Array, random: Random): { bytes: Uint8Array; names: string[] } {
  let text = Buffer.from(file).toString('latin1');
  const names: string[] = [];
  for (let count = 1 + below(random, 4); count > 0; count--) {
    const name = pick(mutationNames, random, 'byte changed');
    text = mutations[name]?.(text, random) ?? text;
    names.push(name);
  }
  return { bytes: Buffer.from(text, 'latin1'), names };
}
