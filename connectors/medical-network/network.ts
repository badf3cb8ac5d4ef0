// The Medical Network as Optum and Stedi both speak it: one authorised call, its refusals as codes, and where the two differ.
import type { ConnectorContext, Failure, Reason, Rejected } from '../connector.ts';
import { classifyStatus, rejected, retryAfterSeconds } from '../faults.ts';
import type { Call } from '../faults.ts';
import type { HttpAnswer, HttpRequest } from '../http.ts';
import { isObject, listAt, textAt } from '../json.ts';
import type { Incomplete } from './eligibility-request.ts';
import { wireFields } from './fields.ts';

/** Calls that share a cap on how many may be under way at once. */
export type Pool = 'inquiries' | 'claims';

/** `path` follows the vendor's base address and is encoded. */
export interface NetworkRequest extends Call {
  readonly method: HttpRequest['method'];
  readonly path: string;
  readonly pool: Pool;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A vendor behind one connection. */
export interface MedicalNetwork {
  /** Gait's payer id to the vendor's. */
  readonly payers: Readonly<Record<string, string>>;
  /** Paths of the three families, without a slash at the end. */
  readonly paths: { readonly eligibility: string; readonly claims: string; readonly claimStatus: string };
  readonly inquireAfterSeconds: number;
  send(request: NetworkRequest): Promise<HttpAnswer | Failure>;
}

export const read: Call = { effect: false, inquireAfterSeconds: 0 };

export function isFailure(answer: HttpAnswer | Failure): answer is Failure {
  return 'kind' in answer;
}

/** A code short enough to hold no sentence of the vendor's; anything else stays behind. */
export function shownCode(code: string | null): string {
  return code !== null && /^[A-Za-z0-9]{1,8}$/.test(code) ? code : 'invalid';
}

function shownField(field: string): boolean {
  return field.split(/[.[\]/]+/).every((part) => part === '' || /^\d{1,3}$/.test(part) || wireFields.has(part));
}

/** Errors of a refusal as codes and field names we know. */
export function reasonsOf(json: unknown): Reason[] {
  return listAt(json, 'errors')
    .filter(isObject)
    .slice(0, 50)
    .map((error) => {
      const field = textAt(error, 'field');
      return {
        code: shownCode(textAt(error, 'code')),
        ...(field !== null && shownField(field) ? { field } : {}),
      };
    });
}

/** What a status other than success means; "too many" also holds the connection's rate. */
export function failureOf(context: ConnectorContext, answer: HttpAnswer, call: Call): Failure {
  const after = retryAfterSeconds(answer.headers.get('retry-after'), context.now());
  const failure = classifyStatus(answer.status, after, reasonsOf(answer.json), call);
  if (failure.kind === 'notSent' && failure.code === 'vendor.throttled')
    context.rate.hold(context.now(), failure.retryAfterSeconds ?? 60);
  return failure.kind === 'uncertain' && after !== null ? { ...failure, inquireAfterSeconds: after } : failure;
}

/** Nothing is sent of a request that lacks what the vendor demands. */
export function incomplete({ missing }: Incomplete): Rejected {
  return rejected(
    'input.invalid',
    missing.map((field) => ({ code: 'missing', field })),
  );
}
