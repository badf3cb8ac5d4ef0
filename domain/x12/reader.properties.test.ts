// What must hold of every file, whatever is in it and however it arrives.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Scanner } from './scanner.ts';
import type { InterchangePart } from './testing/arbitrary.ts';
import { interchanges, written } from './testing/arbitrary.ts';
import { ge, iea, inquiry, isa, read, remittanceHead } from './testing/samples.ts';

const chunks = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 });
const remittance = [
  ...[isa, 'GS*HP*PAYER*CLINIC*20260302*0815*1*X*005010X221A1~', 'ST*835*0001~'],
  ...remittanceHead('77.50').map((line) => `${line}~`),
  ...['CLP*CLAIM1*1*100*80~', 'SVC*HC:97110*100*80~', 'CAS*CO*45*20~', 'PLB*1999999984*20261231*WO:1*2.50~'],
  ...['SE*11*0001~', ge, iea],
];
const valid = new TextEncoder().encode([...inquiry, ...remittance].join('\n'));

/** What a mutation does to a file, at a place given as a part of its length. */
const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  kind: fc.constantFrom('delete', 'insert', 'replace', 'swap', 'truncate', 'repeat'),
  length: fc.integer({ min: 1, max: 12 }),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 6 }),
  delimiter: fc.constantFrom(...'*~:^\n\r ISAGE\x1a\x00'),
  plain: fc.boolean(),
});
type Mutation = typeof mutation extends fc.Arbitrary<infer Value> ? Value : never;

function mutated(file: Uint8Array, mutations: readonly Mutation[]): Uint8Array {
  let bytes = [...file];
  for (const { at, kind, length, bytes: anyBytes, delimiter, plain } of mutations) {
    const from = Math.floor(at * bytes.length);
    const inserted = plain ? [delimiter.charCodeAt(0)] : [...anyBytes];
    if (kind === 'delete') bytes.splice(from, length);
    else if (kind === 'insert') bytes.splice(from, 0, ...inserted);
    else if (kind === 'replace') bytes.splice(from, inserted.length, ...inserted);
    else if (kind === 'swap') bytes.push(...bytes.splice(from, length));
    else if (kind === 'repeat') bytes.splice(from, 0, ...bytes.slice(from, from + length * 20));
    else if (at > 0.5) bytes = bytes.slice(0, from);
  }
  return Uint8Array.from(bytes);
}

/** What the reader should tell of the envelopes. */
function told(parts: readonly InterchangePart[]) {
  return parts.map(({ control, groups }) => ({
    control: String(control).padStart(9, '0'),
    groups: groups.map(({ control, transactions }) => ({
      control: String(control),
      transactions: transactions.map(({ control, content }) => ({
        control: String(control).padStart(4, '0'),
        segments: content.length + 2,
      })),
    })),
  }));
}

test('a file with nothing wrong in it is read whole and without a finding', () => {
  fc.assert(
    fc.property(interchanges, (parts) => {
      const file = read(written(parts));
      expect(file.findings).toEqual([]);
      expect(file.interchanges).toMatchObject(told(parts));
      const transactions = file.interchanges.flatMap(({ groups }) => groups).flatMap((group) => group.transactions);
      const groups = file.interchanges.flatMap((interchange) => interchange.groups);
      const inside = transactions.reduce((sum, { segments }) => sum + segments, 0);
      expect(file.segments).toBe(inside + 2 * groups.length + 2 * parts.length);
    }),
    { numRuns: 200 },
  );
});

test('every element of every segment comes back as it was written', () => {
  fc.assert(
    fc.property(interchanges, chunks, (parts, sizes) => {
      const elements: string[][] = [];
      const scanner = new Scanner({
        take: (segment) => {
          elements.push([
            segment.id,
            ...Array.from({ length: segment.elements }, (_, index) => segment.element(index + 1)),
          ]);
        },
        fault: (code) => expect.unreachable(code),
      });
      const bytes = new TextEncoder().encode(written(parts));
      for (let at = 0, piece = 0; at < bytes.length; piece++) {
        const size = sizes[piece % sizes.length] ?? 1;
        scanner.push(bytes.slice(at, at + size));
        at += size;
      }
      scanner.end();
      const content = parts.flatMap(({ groups }) => groups).flatMap(({ transactions }) => transactions);
      const expected = content.flatMap(({ content }) => content).map(({ id, elements }) => [id, ...elements]);
      const envelope = ['ISA', 'IEA', 'GS', 'GE', 'ST', 'SE'];
      expect(elements.filter(([id = '']) => !envelope.includes(id))).toEqual(expected);
    }),
    { numRuns: 200 },
  );
});

test('a file cut into any pieces is the same file', () => {
  fc.assert(
    fc.property(interchanges, fc.array(mutation, { maxLength: 4 }), chunks, (parts, mutations, sizes) => {
      const bytes = mutated(new TextEncoder().encode(written(parts)), mutations);
      expect(read(bytes, sizes)).toEqual(read(bytes));
      expect(read(bytes, [1])).toEqual(read(bytes));
    }),
    { numRuns: 200 },
  );
});

test('an inquiry and a remittance in one file have nothing wrong in them', () => {
  expect(read(valid, [], 'transactions')).toMatchObject({ segments: 32, findings: [] });
});

test('no damage to a file makes the reader fail, and every finding lies inside it', () => {
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 8 }), (mutations) => {
      const bytes = mutated(valid, mutations);
      const { segments, findings } = read(bytes, [], 'transactions');
      expect(segments).toBeLessThanOrEqual(bytes.length);
      for (const { segment, offset } of findings) {
        expect(offset).toBeLessThanOrEqual(bytes.length);
        expect(segment).toBeLessThanOrEqual(segments);
      }
    }),
    { numRuns: 3_000 },
  );
});

test('bytes without any order neither fail nor hang', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), chunks, (bytes, sizes) => {
      expect(read(bytes, sizes)).toEqual(read(bytes));
    }),
    { numRuns: 500 },
  );
});
