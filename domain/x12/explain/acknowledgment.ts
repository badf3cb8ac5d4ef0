// Acknowledgments of files in sentences: of a functional group (999) and of an interchange (TA1).
import type { InterchangeAcknowledgment } from '../file.ts';
import type { ImplementationAcknowledgment, SegmentError } from '../readers/implementation-acknowledgment.ts';
import type { Sentence, Telling } from './words.ts';
import { code, fix, sentence } from './words.ts';

export function implementationSentences(
  { group, transactions }: ImplementationAcknowledgment,
  telling: Telling,
): Sentence[] {
  const { functionalCode, control, transactions: counts } = group;
  return [
    sentence(
      `The group ${control ?? 'without a number'} (${functionalCode ?? 'unknown kind'}): ` +
        `${code(telling, 'group-acknowledgments', group.code)}. Transactions received: ${counts.received ?? 'unknown'}, ` +
        `accepted: ${counts.accepted ?? 'unknown'}.${fix(telling, 'group-acknowledgments', group.code)}`,
    ),
    ...transactions.flatMap((transaction) => [
      sentence(
        `Transaction ${transaction.control ?? 'without a number'} (${transaction.type ?? 'unknown type'}): ` +
          `${code(telling, 'transaction-acknowledgments', transaction.code)}` +
          `${transaction.reasons.map((reason) => `; ${code(telling, 'transaction-errors', reason)}`).join('')}.`,
        transaction.source,
      ),
      ...transaction.segments.flatMap((error) => errorSentences(error, telling)),
    ]),
  ];
}

function errorSentences(error: SegmentError, telling: Telling): Sentence[] {
  const where = `${error.segmentId ?? 'A segment'}, number ${error.position ?? 'unknown'} of that transaction`;
  const loop = error.loop === null ? '' : ` in loop ${error.loop}`;
  return [
    sentence(`${where}${loop}: ${code(telling, 'segment-errors', error.code)}.`, error.source),
    ...error.elements.map(({ element, component, code: reason, source }) => {
      const part = component === null ? '' : `, component ${component}`;
      return sentence(
        `Element ${element ?? 'unknown'}${part} of ${error.segmentId ?? 'the segment'}: ${code(telling, 'element-errors', reason)}.`,
        source,
      );
    }),
  ];
}

export function interchangeSentence(
  { control, code: verdict, note }: InterchangeAcknowledgment,
  telling: Telling,
): string {
  const why = note === '000' || note === '' ? '' : ` ${code(telling, 'ta1-notes', note)}.`;
  return `Interchange ${control}: ${code(telling, 'ta1-codes', verdict)}.${why}${fix(telling, 'ta1-codes', verdict)}`;
}
