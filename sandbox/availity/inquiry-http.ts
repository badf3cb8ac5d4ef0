// What coverages and claim statuses have in common over HTTP: forms, the allow-list filter, and where a question is looked after.
import type { Request, Response } from 'express';
import type { Fault } from './faults.ts';
import { refuse } from './gate.ts';
import type { Collection, Form } from './inquiries.ts';
import { isObject } from './reviews.ts';
import type { JsonObject } from './reviews.ts';

/** The fields of a form body; null where the body is no form. */
function formOf(request: Request): Form | null {
  const body: unknown = request.body;
  if (!request.is('application/x-www-form-urlencoded') || !isObject(body)) return null;
  return new Map(
    Object.entries(body).map(([name, value]) => [name, (Array.isArray(value) ? value : [value]).map(String)] as const),
  );
}

/** Availity refuses values with characters outside its list, so that nothing passes for markup. */
function filtered(form: Form): boolean {
  return [...form.values()].flat().some((value) => /[<>{}\\;]/.test(value));
}

/** The form of a question that was let in; null where it was refused: no form, stopped by the filter, or with errors in its fields. */
export function takenForm(
  request: Request,
  response: Response,
  fault: Fault | null,
  errorsIn: (form: Form) => readonly JsonObject[],
): Form | null {
  const form = formOf(request);
  if (form === null) {
    refuse(request, response, 415, 'Only application/x-www-form-urlencoded is taken.');
    return null;
  }
  if (fault?.fault === 'injectionFilter' || filtered(form)) {
    refuse(request, response, 400, 'The request was stopped by the inbound injection filter.');
    return null;
  }
  const errors = errorsIn(form);
  if (errors.length === 0) return form;
  refuse(request, response, 400, 'The request is not valid.', errors);
  return null;
}

export function locationOf(request: Request, collection: Collection, id: string): string {
  const prefix = request.originalUrl.slice(0, request.originalUrl.indexOf('/v1/'));
  return `${request.protocol}://${request.get('host') ?? '127.0.0.1'}${prefix}/v1/${collection}/${id}`;
}
