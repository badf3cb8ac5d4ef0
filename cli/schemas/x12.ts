// What `gait x12` prints.
import type { Output } from './output.ts';
import { count, documents, fields, listOf, nullableText, text } from './output.ts';
import { x12Findings } from './x12-findings.ts';

const transaction = { type: nullableText, version: nullableText, control: nullableText, segments: count } as const;

const file = {
  file: text,
  segments: count,
  interchanges: listOf(
    fields({
      control: nullableText,
      sender: nullableText,
      receiver: nullableText,
      version: nullableText,
      delimiters: fields({ element: text, component: nullableText, repetition: nullableText, segment: text }),
      groups: listOf(
        fields({
          code: nullableText,
          control: nullableText,
          version: nullableText,
          transactions: listOf(fields(transaction)),
        }),
      ),
    }),
  ),
  ta1: listOf(fields({ control: text, code: text, note: text })),
  findings: x12Findings,
} as const;

const explained = {
  file: text,
  segments: count,
  transactions: listOf(
    fields({
      type: text,
      version: text,
      control: text,
      interchange: text,
      group: text,
      title: text,
      sentences: listOf(fields({ text, segment: { type: ['integer', 'null'], minimum: 0 } })),
    }),
  ),
  ta1: listOf(fields({ control: text, code: text, note: text, sentence: text })),
  findings: x12Findings,
} as const;

export const x12Outputs: readonly Output[] = [
  {
    name: 'x12.read',
    example: './gait x12 read docs/examples/eligibility-inquiry.270 --json',
    schema: documents('What X12 files hold and what is wrong with them, a file each; null is unknown', file),
  },
  {
    name: 'x12.check',
    example: './gait x12 check docs/examples/eligibility-inquiry.270 --json',
    schema: documents('What is wrong with X12 files, a file each; null is unknown', file),
  },
  {
    name: 'x12.explain',
    example: './gait x12 explain docs/examples/eligibility-inquiry.270 --json',
    schema: documents(
      'What X12 files say in plain words, a file each; segment null is the whole transaction',
      explained,
    ),
  },
];
