// Files that end too early, are broken throughout or are no X12 at all.
import { describe, expect, test } from 'vitest';
import { listedPerCode } from './envelopes.ts';
import { segmentLimit } from './scanner.ts';
import { content, found, inquiry, isa, latin1, read, se, shape } from './testing/samples.ts';

const text = inquiry.join('');
const clean = shape(text);

describe('files that end too early or are no X12', () => {
  test('a file that ends inside a segment', () => {
    const file = text.slice(0, text.indexOf('*SUNRISE') + 4);
    const result = read(file);
    expect(found(result)).toEqual(['truncated at 5', 'se.missing at 6', 'ge.missing at 6', 'iea.missing at 6']);
    expect(result.findings[1]).toMatchObject({ offset: file.length, transaction: '0001' });
  });

  test('a last segment without its terminator', () => {
    expect(shape(text.slice(0, -1))).toEqual({ ...clean, findings: ['truncated'] });
  });

  test('a file that ends inside its ISA', () => {
    expect(found(read(isa.slice(0, 60)))).toEqual(['truncated at 0']);
  });

  test.each([
    ['empty', ''],
    ['blank', ' \r\n'],
    ['a byte order mark and nothing else', '\uFEFF'],
    ['a report in CSV', 'patient,visit\nISAAC,2026-03-02\nISA,2026-03-03\n'],
    ['an HL7 message', 'MSH|^~\\&|CLINIC|RIVERSIDE|PAYER||20260302||ADT^A04|1|P|2.5\rPID|1\r'],
    ['binary', latin1(Array.from({ length: 3_000 }, (_, index) => String.fromCharCode((index * 37) % 256)).join(''))],
  ])('%s: no interchange', (_name, file) => {
    const result = read(file);
    expect(result).toMatchObject({ segments: 0, interchanges: [], ta1: [] });
    expect(result.findings.map(({ code }) => code)).toContain('isa.missing');
  });

  test('an interchange behind the headers of a mail is found', () => {
    expect(shape(`Subject: ISA from a payer\n\n${text}`)).toEqual({ ...clean, findings: ['isa.missing'] });
  });

  test('a segment longer than any may be is cut at the limit, and the next one is read', () => {
    const file = text.replace(content[8] ?? '', `DTP*291*D8*20260302*${'x'.repeat(2 * segmentLimit)}~`);
    expect(found(read(file))).toEqual(['truncated at 11']);
    expect(read(file).segments).toBe(17);
  });

  test('a file without any separator behind its ISA is no segment', () => {
    expect(found(read(`${text}${isa}${'x'.repeat(2 * segmentLimit)}`))).toContain('truncated at 18');
  });

  test('of a file that is broken throughout only so many findings of a kind are listed', () => {
    const { findings } = read(text.replace(se, '*~'.repeat(listedPerCode + 5) + se));
    expect(findings.filter(({ code }) => code === 'segment.id')).toHaveLength(listedPerCode);
    expect(
      findings.filter(({ message }) => message.endsWith('Further findings of this kind are not listed.')),
    ).toHaveLength(1);
  });
});
