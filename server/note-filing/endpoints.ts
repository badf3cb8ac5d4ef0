// Filing over HTTP: the worker asks for the next move and settles what a flow answered. References and codes only.
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { answerOf, stepAnswerSchema } from '../steps/answer.ts';
import { nextOf, settleAnswer } from './moves.ts';
import type { FilingNeeds } from './needs.ts';

const workerKey = { kind: 'key', capability: 'worker' } as const;
const of = {
  clinic: { type: 'string', minLength: 1, maxLength: 60 },
  note: { type: 'string', minLength: 1, maxLength: 60 },
  version: { type: 'integer', minimum: 1 },
} as const;

export function noteFilingEndpoints(needs: FilingNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'POST',
      path: '/v1/worker/note-filings/next',
      access: workerKey,
      body: { type: 'object', additionalProperties: false, required: ['clinic', 'note', 'version'], properties: of },
      handle: ({ clinic, body }) => nextOf(needs, { clinic, note: body.note, version: body.version }),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/worker/note-filings/settle',
      access: workerKey,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['clinic', 'note', 'version', 'answer', 'code'],
        properties: {
          ...of,
          answer: { anyOf: [{ type: 'null' }, stepAnswerSchema] },
          code: { type: ['string', 'null'], maxLength: 60 },
        },
      },
      async handle({ clinic, body }) {
        const { note, version, code } = body;
        const answer = body.answer === null ? null : answerOf(body.answer);
        await settleAnswer(needs, { clinic, note, version }, { answer, code });
        return { settled: true };
      },
    }),
  ];
}
