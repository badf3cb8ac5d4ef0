// A benefit summary as lines for a person at a terminal: no name, every value with where it comes from.
import type { Field, FieldName, FieldSet } from '../../domain/eligibility/fields.ts';
import { fieldNames, fieldTable, isKnown } from '../../domain/eligibility/fields.ts';
import type { BenefitSummary } from '../../domain/eligibility/summary-schema.ts';

/** @returns who, each known field, what is unknown, refusals, messages, flags and the questions of the call */
export function summaryLines(summary: BenefitSummary): string[] {
  const { patient, coverage, serviceDate, serviceName } = summary;
  const who = patient === null ? 'nobody' : `${patient.role} (${patient.source})`;
  const unknown = fieldNames.filter((name) =>
    [summary.inNetwork, summary.outOfNetwork].every((set) => !isKnown<unknown>(set[name])),
  );
  return [
    `  ${who}, coverage ${coverage.index + 1} of ${coverage.of}, ${serviceName} on ${serviceDate}`,
    ...fieldNames.flatMap((name) => fieldLines(summary, name)),
    ...(unknown.length === 0 ? [] : [`    unknown: ${unknown.map((name) => fieldTable[name].words).join('; ')}`]),
    ...summary.rejects.map(({ code, source, meaning, fix }) =>
      `    refused, ${source}: ${meaning ?? (code === '' ? 'without a code' : `code ${code}`)} ${fix ?? ''}`.trimEnd(),
    ),
    ...summary.messages.map(({ text, source }) => `    message, ${source}: ${text}`),
    ...summary.flags.map(({ code, why }) => `    flag ${code}: ${why}`),
    ...summary.callScript.map(({ ask }) => `    ask: ${ask}`),
    `    ${summary.disclaimer.text}`,
  ];
}

function fieldLines(summary: BenefitSummary, name: FieldName): string[] {
  const top = lineOf(summary, name, '');
  if (top !== null) return [top];
  return [
    lineOf(summary.inNetwork, name, ' in network'),
    lineOf(summary.outOfNetwork, name, ' out of network'),
  ].flatMap((line) => line ?? []);
}

function lineOf(set: FieldSet, name: FieldName, where: string): string | null {
  const field: Field<unknown> = set[name];
  if (!isKnown(field)) return null;
  const { words, kind } = fieldTable[name];
  return `    ${words}${where}: ${spoken(kind, field.value)} [${field.source}; ${field.confidence}: ${field.why}]`;
}

function spoken(kind: (typeof fieldTable)[FieldName]['kind'], value: unknown): string {
  if (kind === 'cents') return `$${(Number(value) / 100).toFixed(2)}`;
  if (kind === 'share') return `${Number((Number(value) * 100).toFixed(4))} %`;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
