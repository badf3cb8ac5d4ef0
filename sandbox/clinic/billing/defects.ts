// Ways to make a claim wrong in one thing or in two: each names the rule that must find it, the claims it fits, and what it changes.
import { ofPatients } from './chart-defects.ts';
import { ofClaims } from './claim-defects.ts';
import type { Kind } from './changes.ts';

export const kinds: readonly Kind[] = [...ofPatients, ...ofClaims];

/** Two defects of one claim that do not touch each other. */
export const pairs: readonly (readonly [string, string])[] = [
  ['modifier.discipline', 'place-of-service'],
  ['units.minutes', 'diagnosis.format'],
  ['authorization.placeholder', 'diagnosis.pointer'],
  ['modifier.threshold', 'referring-provider'],
  ['ncci.ptp', 'authorization.present'],
  ['line.duplicate', 'charge.mismatch'],
  ['documentation.supports', 'units.minutes'],
  ['mue', 'modifier.discipline'],
  ['code.deleted', 'place-of-service'],
];
