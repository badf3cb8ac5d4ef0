// What in a summary calls for a person, and on what grounds.
import type { LineOfBusiness } from '../payer/lines-of-business.ts';
import type { Benefit } from './answer.ts';
import { changesSince } from './compare.ts';
import type { Field } from './fields.ts';
import { fieldNames, fieldTable, isKnown } from './fields.ts';
import type { EligibilitySettings } from './settings-schema.ts';
import type { BenefitSummary, Flag, FlagCode } from './summary-schema.ts';

/** What is known besides the summary. `last`: the summaries of the same patient's last answer. */
export interface FlagContext {
  readonly statements: readonly Benefit[];
  readonly settings: EligibilitySettings;
  readonly lineOfBusiness?: LineOfBusiness;
  readonly last?: readonly BenefitSummary[];
}

/** A summary before it is judged. */
export type UnjudgedSummary = Omit<BenefitSummary, 'flags' | 'callScript'>;

/** NM1 entity codes of payers: primary, secondary, tertiary. */
const otherPayerRoles = ['PRP', 'SEP', 'TTP'];
/** EB01 Y spend down, E exclusions, 5, 7 and 8 still being looked into: what no field can hold. */
const complexCodes = ['Y', 'E', '5', '7', '8'];

export function flagsOf(summary: UnjudgedSummary, context: FlagContext): Flag[] {
  const { statements, settings, lineOfBusiness } = context;
  const { insuranceTypes } = settings.meanings;
  const flag = (code: FlagCode, why: string, sources: readonly string[], isRaised: boolean): Flag[] =>
    isRaised ? [{ code, why, sources }] : [];
  const ofType = (codes: readonly string[]) =>
    statements
      .filter(({ insuranceType }) => insuranceType !== null && codes.includes(insuranceType))
      .map(({ source }) => source);
  const compensation = ofType(insuranceTypes.workersCompensation);
  const auto = ofType(insuranceTypes.auto);
  const secondary = ofType(insuranceTypes.medicareSecondary);
  const coordination = statements.filter(({ entities }) => entities.some(({ role }) => otherPayerRoles.includes(role)));
  const others = summary.otherPayers.map(({ source }) => source);
  return [
    ...flag(
      'refused',
      'The payer refused the question',
      summary.rejects.map(({ source }) => source),
      summary.rejects.length > 0,
    ),
    ...inactive(summary),
    ...flag('severalCoverages', `The payer returned ${summary.coverage.of} coverages`, [], summary.coverage.of > 1),
    ...complex(summary, statements),
    ...flag(
      'workersCompensation',
      "Workers' compensation pays for the injury, not the health plan",
      compensation,
      compensation.length > 0 || lineOfBusiness === 'workersCompensation',
    ),
    ...flag('auto', 'An auto insurance pays first', auto, auto.length > 0 || lineOfBusiness === 'auto'),
    ...flag('medicareSecondary', 'Medicare pays second', secondary, secondary.length > 0),
    ...flag(
      'coordinationOfBenefits',
      'Several payers share the costs; their order must be known',
      coordination.map(({ source }) => source),
      coordination.length > 0,
    ),
    ...flag('otherInsurance', 'The payer knows of another insurance', others, others.length > 0),
    ...flag('noElectronicAnswers', 'This payer gives no electronic answers', [], settings.electronic === false),
    ...contradictionFlags(summary),
    ...changed(summary, context),
  ];
}

function inactive({ active }: UnjudgedSummary): Flag[] {
  if (!isKnown(active) || active.value) return [];
  return [{ code: 'inactive', why: `Not active on the day of the visit: ${active.why}`, sources: [active.source] }];
}

/** More than one limit at once, or something no field can hold. */
function complex({ inNetwork, outOfNetwork }: UnjudgedSummary, statements: readonly Benefit[]): Flag[] {
  const odd = statements.filter(({ code }) => complexCodes.includes(code));
  const limits = [inNetwork, outOfNetwork].map((set) =>
    [set.visitsAllowed, set.unitsAllowed, set.dollarCapCents].filter((limit) => isKnown<unknown>(limit)),
  );
  const several = limits.find((known) => known.length > 1) ?? [];
  const sources = several.flatMap((limit) => (isKnown<unknown>(limit) ? [limit.source] : []));
  if (odd.length === 0 && several.length === 0) return [];
  const why = [
    ...(several.length === 0 ? [] : ['Several limits hold at once']),
    ...(odd.length === 0 ? [] : ['The payer states exclusions, a spend-down or a pending investigation']),
  ].join('; ');
  return [{ code: 'complexPlan', why, sources: [...sources, ...odd.map(({ source }) => source)] }];
}

/** Raised where two statements of the answer, or a call and the answer, say different things about a field. */
export function contradictionFlags(summary: UnjudgedSummary): Flag[] {
  const sources = new Set<string>();
  let isByCall = false;
  for (const set of [summary, summary.inNetwork, summary.outOfNetwork])
    for (const name of fieldNames) {
      const field: Field<unknown> = set[name];
      if (isKnown(field) && field.contradictedBy !== undefined) {
        isByCall = true;
        sources.add(field.source);
      }
      if (!isKnown(field)) for (const source of field.contradiction ?? []) sources.add(source);
    }
  if (sources.size === 0) return [];
  const why = isByCall ? 'The call and the electronic answer say different things' : 'The answer contradicts itself';
  return [{ code: 'contradiction', why, sources: [...sources] }];
}

/** Only what should have stayed as it was: what is used and what is left move with every visit. */
function changed(summary: UnjudgedSummary, { last = [] }: FlagContext): Flag[] {
  const changes = changesSince(last, summary).filter(({ isExpected }) => !isExpected);
  if (changes.length === 0) return [];
  const fields = [...new Set(changes.map(({ field }) => fieldTable[field].words))];
  return [{ code: 'changedSinceLast', why: `Changed since the last answer: ${fields.join('; ')}`, sources: [] }];
}
