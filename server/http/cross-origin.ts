// Lets the pages of Temporal's user interface reach the codec endpoint, and nobody else anything.
import type { NextFunction, Request, Response } from 'express';

/** Answers the browser's question for `paths` when it is asked from `origin`; other origins get no answer that would let them in. */
export function allowOrigin(
  origin: string | null,
  paths: readonly string[],
): (request: Request, response: Response, next: NextFunction) => void {
  return (request, response, next) => {
    if (origin === null || request.get('origin') !== origin || !paths.includes(request.path)) {
      next();
      return;
    }
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-allow-credentials', 'true');
    response.setHeader('cross-origin-resource-policy', 'same-site');
    response.vary('Origin');
    if (request.method !== 'OPTIONS') {
      next();
      return;
    }
    response.setHeader('access-control-allow-methods', 'POST');
    response.setHeader('access-control-allow-headers', 'content-type, x-namespace, authorization');
    response.setHeader('access-control-max-age', '600');
    response.status(204).end();
  };
}
