// What Gait refuses, in Gait's own codes and words: the only source of an error that a node shows.
import type { IDataObject, INode } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { isDataObject } from '../shared/values';
import { isRefusalCode, refusalWords } from './words';
import type { RefusalCode } from './words';

/** A refusal ready to be shown: `code` stable, `message` what, `where` the field, `fix` what to do. Holds no record's value. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly message: string;
  readonly fix: string;
  readonly where?: string;
  readonly status?: number;
}

/** A refusal by its code, in the package's own words or in those given. */
export function refusalOf(
  code: RefusalCode,
  more: { message?: string; fix?: string; where?: string; status?: number } = {},
): Refusal {
  return { code, ...refusalWords[code], ...more };
}

function codeOfStatus(status: number): RefusalCode {
  if (status === 401) return 'access.unauthenticated';
  if (status === 403) return 'access.forbidden';
  if (status === 404) return 'reference.unknown';
  if (status === 409) return 'state.conflict';
  if (status === 413) return 'input.too-large';
  if (status === 429) return 'access.too-many-attempts';
  if (status >= 500) return 'service.unavailable';
  return 'input.invalid';
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * Reads Gait's error body `{error:{code,message,fix?,where?}}`. Anything else (a proxy's page, another program on the port)
 * is not quoted: only its status is used.
 */
export function readRefusal(status: number, body: unknown): Refusal {
  const error = isDataObject(body) ? body.error : undefined;
  if (!isDataObject(error) || !isRefusalCode(error.code)) return refusalOf(codeOfStatus(status), { status });
  const message = text(error.message);
  const fix = text(error.fix);
  const where = text(error.where);
  return refusalOf(error.code, {
    status,
    ...(message === undefined ? {} : { message }),
    ...(fix === undefined ? {} : { fix }),
    ...(where === undefined ? {} : { where }),
  });
}

/** The refusal as n8n shows it: what happened as message, how to mend it as description. */
export function refusalError(node: INode, refusal: Refusal, itemIndex?: number): NodeApiError {
  const message = refusal.where === undefined ? refusal.message : `${refusal.message} (${refusal.where})`;
  return new NodeApiError(
    node,
    { message },
    {
      message,
      description: `${refusal.fix} [${refusal.code}]`,
      httpCode: refusal.status === undefined ? '' : String(refusal.status),
      ...(itemIndex === undefined ? {} : { itemIndex }),
    },
  );
}

/** The refusal as an item carries it when a flow goes on in spite of it. */
export function refusalJson(refusal: Refusal): IDataObject {
  return {
    code: refusal.code,
    message: refusal.message,
    fix: refusal.fix,
    ...(refusal.where === undefined ? {} : { where: refusal.where }),
  };
}
