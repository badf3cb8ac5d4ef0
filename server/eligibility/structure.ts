// What a flow may see of a benefit summary: counts, cents, yes or no, and the names of what is unknown; never a name, an id or the payer's words.
import { setOfClinic } from '../../domain/eligibility/call-script.ts';
import { fieldNames, isKnown } from '../../domain/eligibility/fields.ts';
import type { FieldName, FieldSet } from '../../domain/eligibility/fields.ts';
import type { BenefitSummary } from '../../domain/eligibility/summary-schema.ts';

/** The fields that travel. A plan's name is the payer's own words and stays in the vault. */
const shown = fieldNames.filter((name) => name !== 'planName');

/** A value, or null for unknown: a flow that compares with null learns that nobody said. */
function valueOf(set: FieldSet, name: FieldName): unknown {
  const field = set[name];
  return isKnown<unknown>(field) ? field.value : null;
}

/** The values that hold for this clinic; `inNetwork` and `outOfNetwork` what applies there. */
export function structureOfSummary(summary: BenefitSummary): Readonly<Record<string, unknown>> {
  const valuesOf = (set: FieldSet) => Object.fromEntries(shown.map((name) => [name, valueOf(set, name)]));
  return {
    ...valuesOf(setOfClinic(summary)),
    inNetwork: valuesOf(summary.inNetwork),
    outOfNetwork: valuesOf(summary.outOfNetwork),
    coverage: `${summary.coverage.index + 1} of ${summary.coverage.of}`,
    asOf: summary.asOf,
    rejects: summary.rejects.map(({ code, actionClass }) => ({ code, actionClass })),
    flags: summary.flags.map(({ code }) => code),
    unknown: summary.callScript.filter(({ essential }) => essential).map(({ field }) => field),
  };
}
