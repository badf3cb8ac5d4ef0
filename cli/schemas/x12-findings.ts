// What is wrong with an X12 file, as every command that reads one prints it.
import { severities } from '../../domain/x12/findings.ts';
import { count, fields, listOf, nullableText, text } from './output.ts';

export const x12Findings = listOf(
  fields({
    severity: { enum: ['error', 'warning'] },
    code: { enum: Object.keys(severities) },
    message: text,
    segment: count,
    offset: count,
    interchange: nullableText,
    group: nullableText,
    transaction: nullableText,
  }),
);
