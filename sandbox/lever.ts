// A lever of the sandbox: it moves only when the body of the request is what its schema says.
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { RequestHandler, Response } from 'express';
import type { FromSchema, JSONSchema } from 'json-schema-to-ts';

const ajv = new Ajv2020({ allowUnionTypes: true });

/** Tells whoever moved a lever wrongly how it is moved. */
export function refuseLever(response: Response, message: string): void {
  response.status(400).json({ error: { code: 'input.invalid', message } });
}

/** What a body of this schema holds. */
type Body<Schema> = Schema extends JSONSchema ? FromSchema<Schema> : never;

/**
 * @param schema JSON Schema of the body; none sent counts as `{}`
 * @param message what a person reads who sends something else
 * @param act moves the lever and answers
 */
export function lever<const Schema extends object>(
  schema: Schema,
  message: string,
  act: (body: Body<Schema>, response: Response) => void | Promise<void>,
): RequestHandler {
  const isMeant = ajv.compile<Body<Schema>>(schema);
  return async (request, response) => {
    const body: unknown = request.body ?? {};
    if (isMeant(body)) await act(body, response);
    else refuseLever(response, message);
  };
}
