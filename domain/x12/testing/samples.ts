// Synthetic X12 for the tests: an eligibility inquiry in parts, so that a test can leave one out or change it.
import type { X12File } from '../file.ts';
import { X12Reader } from '../reader.ts';

export const isa =
  'ISA*00*          *00*          *ZZ*CLINIC         *ZZ*PAYER          *260302*0815*^*00501*000000905*0*P*:~';
export const gs = 'GS*HS*CLINIC*PAYER*20260302*0815*1*X*005010X279A1~';
export const st = 'ST*270*0001*005010X279A1~';
export const content = [
  'BHT*0022*13*REQUEST1*20260302*0815~',
  'HL*1**20*1~',
  'NM1*PR*2*SUNRISE*****PI*00882~',
  'HL*2*1*21*1~',
  'NM1*1P*2*RIVERSIDE PHYSICAL THERAPY*****XX*1999999984~',
  'HL*3*2*22*0~',
  'TRN*1*TRACE1*9SAMPLE001~',
  'NM1*IL*1*ISAAC*NARCISA****MI*SAMPLE0001~',
  'DMG*D8*19800101~',
  'DTP*291*D8*20260302~',
  'EQ*PT^30~',
];
export const se = 'SE*13*0001~';
export const ge = 'GE*1*1~';
export const iea = 'IEA*1*000000905~';

/** The whole inquiry, a segment each: 17. */
export const inquiry: readonly string[] = [isa, gs, st, ...content, se, ge, iea];

/** The bytes of a text, each character one byte (ISO 8859-1). */
export function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Reads bytes, or a text as UTF-8, in pieces of the given sizes, the last one over and over; in one piece where there are none. */
export function read(
  file: string | Uint8Array,
  sizes: readonly number[] = [],
  depth: 'envelopes' | 'transactions' = 'envelopes',
): X12File {
  const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file;
  const reader = new X12Reader(depth);
  let size = bytes.length;
  for (let at = 0, piece = 0; at < bytes.length; at += size, piece++) {
    size = sizes[piece] ?? size;
    reader.push(bytes.slice(at, at + size));
  }
  return reader.end();
}

/** The findings as `code at segment`. */
export function found(file: X12File): string[] {
  return file.findings.map(({ code, segment }) => `${code} at ${segment}`);
}

/** What an 835 must have before its claims, behind ST: five segments. */
export const remittanceHead = (amount: string): readonly string[] => [
  `BPR*I*${amount}*C*ACH`,
  'TRN*1*TRACE1*1999000001',
  'N1*PR*SUNRISE',
  'N1*PE*RIVERSIDE PHYSICAL THERAPY*XX*1999999984',
  'LX*1',
];

/** Of a version without a guide: nobody knows what must stand in it. */
export const bare = 'ST*270*0001*005010~';

/** What an envelope tells apart from findings and from the delimiters. */
export function shape(file: string | Uint8Array) {
  const { segments, interchanges, findings } = read(file);
  return {
    segments,
    interchanges: interchanges.map(({ control, groups }) => ({ control, groups })),
    findings: findings.map(({ code }) => code),
  };
}
