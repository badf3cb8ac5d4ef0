// Public X12 files against an independent count of their envelopes. They stand beside the checkout, not in it.
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { read } from './testing/samples.ts';

const data = join(import.meta.dirname, '../../../shared/data');
const oracleFile = join(data, 'worked-examples/x12_envelope_oracle.json');
const balancingFile = join(data, 'worked-examples/835_balancing_expected.json');
const isThere = existsSync(oracleFile);

/** One row of the oracle, which splits at fixed positions of the ISA. */
interface Row {
  readonly file: string;
  readonly no_isa_at_start?: boolean;
  readonly terminator: string;
  readonly element: string;
  readonly component: string;
  readonly version: string;
  readonly segments: number;
  readonly ISA: number;
  readonly GS: number;
  readonly ST: number;
  readonly TA1: number;
}

function rows(): Row[] {
  return isThere ? (JSON.parse(readFileSync(oracleFile, 'utf8')) as Row[]) : [];
}

/** An ISA with an element too short by one: what stands at a fixed position there is something else. */
const shortIsa = /x12_bad_first_line/;

test.skipIf(isThere)(
  'the public X12 files are not there: they are compared where ../shared/data stands beside the checkout',
  () => {
    expect(rows()).toEqual([]);
  },
);

test.skipIf(!isThere)(
  'every public X12 file has the segments, interchanges, groups and transactions that were counted',
  () => {
    const counted = rows().filter((row) => row.no_isa_at_start !== true);
    expect(counted.length).toBeGreaterThanOrEqual(150);
    for (const { file, segments, ISA, GS, ST, TA1 } of counted) {
      const result = read(readFileSync(join(data, file)));
      const groups = result.interchanges.flatMap((interchange) => interchange.groups);
      const transactions = groups.flatMap((group) => group.transactions);
      expect(
        [result.segments, result.interchanges.length, groups.length, transactions.length, result.ta1.length],
        file,
      ).toEqual([segments, ISA, GS, ST, TA1]);
    }
  },
);

test.skipIf(!isThere)('every public X12 file has the delimiters and the version that stand in its ISA', () => {
  const exact = rows().filter((row) => row.no_isa_at_start !== true && !shortIsa.test(row.file));
  for (const { file, terminator, element, component, version } of exact) {
    const [first] = read(readFileSync(join(data, file))).interchanges;
    const segment = terminator.slice(1, -1).replace('\\n', '\n').replace('\\\\', '\\');
    expect({ ...first?.delimiters, version: first?.version }, file).toMatchObject({
      element,
      component,
      segment,
      version,
    });
  }
});

/** What an independent calculation says of each remittance, one line for each claim, service line or payment that is off. */
interface BalanceRow {
  readonly file: string;
  readonly findings: readonly string[];
}

test.skipIf(!isThere)('the public remittances balance, and do not, as was calculated', () => {
  const { files } = JSON.parse(readFileSync(balancingFile, 'utf8')) as { files: BalanceRow[] };
  expect(files.length).toBeGreaterThanOrEqual(16);
  for (const { file, findings } of files) {
    const expected = findings.map((line) => {
      if (line.startsWith('SVC')) return 'balance.line';
      return line.startsWith('CLM') ? 'balance.claim' : 'balance.transaction';
    });
    const codes = read(readFileSync(join(data, file)), [], 'transactions').findings.map(({ code }) => code);
    expect(codes.filter((code) => code.startsWith('balance.')).sort(), file).toEqual(expected.sort());
  }
});

/** What the public files lack, have too much of or have out of order, as their names and contents intend; all others are as their guides say. */
const irregular: Readonly<Record<string, string>> = {
  'cosyte__x12__270-missing-hierarchy.edi': 'loop.missing 1',
  'cosyte__x12__271-aaa-before-hierarchy.edi': 'loop.order 2',
  'cosyte__x12__271-aaa-no-hierarchy-id.edi': 'element.missing 1',
  'cosyte__x12__271-aaa-only-loop.edi': 'loop.missing 1, loop.order 1',
  'cosyte__x12__278-comprehensive.edi': 'element.invalid 1, element.missing 1, loop.order 2',
  'cosyte__x12__278-edge.edi': 'loop.order 6',
  'cosyte__x12__835-carc-rarc-mix.edi': 'loop.order 1',
  'cosyte__x12__837p-comprehensive.edi': 'loop.order 10',
  'cosyte__x12__837p-edge-cases.edi': 'element.invalid 1, element.missing 1, loop.missing 1, loop.order 2',
  'cosyte__x12__837p-empty-optionals.edi': 'element.missing 5, loop.missing 2',
  'cosyte__x12__syntactic-core-body.edi': 'loop.missing 3, loop.order 3',
  'imsweb__x12-parser__x12_bad_segment_identifier.txt': 'loop.missing 1',
  'imsweb__x12-parser__x12_bad_valid_code.txt': 'loop.missing 1, loop.order 9',
  'imsweb__x12-parser__x12_loop_errors1_exceeds_max_1_parent.txt': 'loop.excess 1',
  'imsweb__x12-parser__x12_loop_errors2_exceeds_max_repeats_multiple_parents.txt': 'loop.excess 1',
  'imsweb__x12-parser__x12_loop_errors3_missing_loops.txt': 'loop.missing 1',
  'imsweb__x12-parser__x12_missing_elements.txt': 'element.missing 1',
  'imsweb__x12-parser__x12_missing_required_loop_in_one_repeat.txt': 'loop.missing 1',
  'imsweb__x12-parser__x12_missing_required_loops_mult_repeats.txt': 'loop.missing 2, loop.order 4',
  'imsweb__x12-parser__x12_segment_errors.txt': 'loop.missing 1',
  'imsweb__x12-parser__x12_segments_out_of_order.txt': 'loop.order 2',
};

test.skipIf(!isThere)('the public files that are not as their guides say are told of, and no other', () => {
  const told = rows().flatMap(({ file }) => {
    const counts = new Map<string, number>();
    for (const { code } of read(readFileSync(join(data, file)), [], 'transactions').findings)
      if (/^(loop|element)\./.test(code)) counts.set(code, (counts.get(code) ?? 0) + 1);
    const words = [...counts].sort(([a], [b]) => a.localeCompare(b)).map(([code, count]) => `${code} ${count}`);
    return words.length === 0 ? [] : [[basename(file), words.join(', ')]];
  });
  expect(Object.fromEntries(told)).toEqual(irregular);
});

test.skipIf(!isThere)('the public files without a whole ISA are read, and it is said', () => {
  const odd = rows().filter((row) => row.no_isa_at_start === true || shortIsa.test(row.file));
  const told = odd.map(({ file }) => {
    const { segments, findings } = read(readFileSync(join(data, file)));
    return [segments, findings[0]?.code];
  });
  expect(told).toEqual([
    [38, 'isa.malformed'],
    [44, 'isa.missing'],
  ]);
});
