// The worker's way to the server: JSON over HTTP with the worker's key; refusals become failures Temporal knows how to treat.

import { ApplicationFailure } from '@temporalio/activity';
import { errorTable } from '../domain/errors.ts';
import type { ErrorCode } from '../domain/errors.ts';

/** One POST to the server. `signal` ends it when the activity is cancelled or the worker stops. */
export interface GaitServer {
  post(path: string, body: object, signal?: AbortSignal): Promise<unknown>;
}

const requestTimeoutMs = 25_000;

/**
 * A client of the server's worker endpoints.
 * Its failures carry the code as type and as message, and nothing of the response's words: those could hold what a vendor said.
 */
export function gaitServer(baseUrl: string, apiKey: string): GaitServer {
  return {
    async post(path, body, signal) {
      const limit = AbortSignal.timeout(requestTimeoutMs);
      let response: Response;
      let answer: unknown;
      try {
        response = await fetch(baseUrl + path, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
          body: JSON.stringify(body),
          signal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
        });
        answer = await response.json();
      } catch {
        throw failure('service.unavailable');
      }
      if (response.ok) return answer;
      throw failure(codeOf(answer) ?? (response.status < 500 ? 'input.invalid' : 'service.unavailable'));
    },
  };
}

/** The failure for a code; whether Temporal tries again is the error table's word. */
export function failure(code: ErrorCode): ApplicationFailure {
  return ApplicationFailure.create({ message: code, type: code, nonRetryable: !errorTable[code].retry });
}

/** `text` as a known code, else null. */
export function knownCode(text: unknown): ErrorCode | null {
  return typeof text === 'string' && isCode(text) ? text : null;
}

function isCode(text: string): text is ErrorCode {
  return Object.hasOwn(errorTable, text);
}

function codeOf(answer: unknown): ErrorCode | null {
  const error = field(answer, 'error');
  return knownCode(field(error, 'code'));
}

/** One field of a JSON object; undefined where there is none. */
export function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const found = Object.entries(value).find(([key]) => key === name);
  return found?.[1];
}
