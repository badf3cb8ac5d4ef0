// Calls to a FHIR endpoint: the base address, the token, one resource out of an answer, and what a refusal means.
import { Element } from '../../domain/fhir/element.ts';
import type { ConnectorContext, Failure } from '../connector.ts';
import { classifyStatus, doubtful, rejected, retryAfterSeconds } from '../faults.ts';
import type { Call } from '../faults.ts';
import { sendOnce } from '../http.ts';
import type { HttpAnswer, HttpRequest } from '../http.ts';
import { authorized } from './authorization.ts';
import { reasonsOf } from './outcome.ts';
import { readFhirSettings } from './settings.ts';
import type { FhirSettings } from './settings.ts';

export const reading: Call = { effect: false, inquireAfterSeconds: 0 };

export type FhirRequest = Omit<HttpRequest, 'headers' | 'timeoutSeconds'> & {
  readonly headers?: Readonly<Record<string, string>>;
};

/** One endpoint, with the connection's settings. */
export interface FhirClient {
  readonly context: ConnectorContext;
  readonly settings: FhirSettings;
  /** An address under the base; `path` begins without a slash. */
  url(path: string, query?: Readonly<Record<string, string>>): URL;
  /** Whether an address lies at the endpoint: same origin, under the base. */
  owns(url: URL): boolean;
  send(request: FhirRequest): Promise<HttpAnswer | Failure>;
}

export function isFailure<Value extends object>(value: Value | Failure): value is Failure {
  return 'kind' in value && (value.kind === 'notSent' || value.kind === 'rejected' || value.kind === 'uncertain');
}

export function openFhir(context: ConnectorContext): FhirClient {
  const settings = readFhirSettings(context.config);
  const base = new URL(`${settings.baseUrl}/`);
  return {
    context,
    settings,
    url(path, query = {}) {
      const url = new URL(`${base.href}${path}`);
      for (const [name, value] of Object.entries(query)) url.searchParams.append(name, value);
      return url;
    },
    // Some servers name their pages by the base itself, without its slash.
    owns: ({ origin, pathname }) => origin === base.origin && `${pathname}/`.startsWith(base.pathname),
    send: (request) =>
      authorized(context, settings, (headers) =>
        sendOnce(context, {
          ...request,
          headers: {
            accept: 'application/fhir+json',
            ...(request.body === undefined ? {} : { 'content-type': 'application/fhir+json' }),
            ...request.headers,
            ...headers,
          },
          timeoutSeconds: settings.requestTimeoutSeconds,
        }),
      ),
  };
}

/**
 * What a status other than success means. 410: it was there and is no more. 412: a condition of the request does not hold, nothing was
 * done. "Too many" also holds the connection's rate.
 */
export function failureOf(context: ConnectorContext, answer: Omit<HttpAnswer, 'malformed'>, call: Call): Failure {
  const reasons = reasonsOf(answer.json);
  if (answer.status === 410) return rejected('reference.unknown', [{ code: 'gone' }]);
  if (answer.status === 412)
    return rejected('state.conflict', reasons.length > 0 ? reasons : [{ code: 'precondition-failed' }]);
  const after = retryAfterSeconds(answer.headers.get('retry-after'), context.now());
  const failure = classifyStatus(answer.status, after, reasons, call);
  if (failure.kind === 'notSent' && failure.code === 'vendor.throttled')
    context.rate.hold(context.now(), failure.retryAfterSeconds ?? 60);
  return failure;
}

/** The resource of a successful answer. A page of words, XML, a body that breaks off: it cannot be told what was meant. */
export function resourceOf(client: FhirClient, answer: HttpAnswer | Failure, call: Call): Element | Failure {
  if (isFailure(answer)) return answer;
  if (answer.status < 200 || answer.status > 299) return failureOf(client.context, answer, call);
  const resource = answer.malformed ? null : Element.ofResource(answer.json);
  if (resource === null) return doubtful(call, 'vendor.malformed');
  const reasons = reasonsOf(answer.json);
  return reasons.length > 0 ? rejected('vendor.rejected', reasons) : resource;
}

/** When the endpoint said something: by its own clock where it tells, else by ours. */
export function toldAt(context: ConnectorContext, headers: Headers): string {
  const date = Date.parse(headers.get('date') ?? '');
  return new Date(Number.isNaN(date) ? context.now().getTime() : date).toISOString();
}
