// What coverages and claim statuses have in common over HTTP: forms, the allow-list filter, and where a question is looked after.
import type { Request, Response } from 'express';
import { refuse } from './gate.ts';
import type { Collection, Form } from './inquiries.ts';
import { isObject } from './reviews.ts';

/** The fields of a form body; null where the body is no form. */
export function formOf(request: Request): Form | null {
  const body: unknown = request.body;
  if (!request.is('application/x-www-form-urlencoded') || !isObject(body)) return null;
  return new Map(
    Object.entries(body).map(([name, value]) => [name, (Array.isArray(value) ? value : [value]).map(String)] as const),
  );
}

/** Availity refuses values with characters outside its list, so that nothing passes for markup. */
export function filtered(form: Form): boolean {
  return [...form.values()].flat().some((value) => /[<>{}\\;]/.test(value));
}

export function refuseFiltered(request: Request, response: Response): void {
  refuse(request, response, 400, 'The request was stopped by the inbound injection filter.');
}

export function locationOf(request: Request, collection: Collection, id: string): string {
  const prefix = request.originalUrl.slice(0, request.originalUrl.indexOf('/v1/'));
  return `${request.protocol}://${request.get('host') ?? '127.0.0.1'}${prefix}/v1/${collection}/${id}`;
}
