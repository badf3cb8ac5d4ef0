// The sandbox's lever for Therabill: writes what the synthetic clinic exports into the folders of a connection.
import { isAbsolute } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import express from 'express';
import type { Router } from 'express';
import type { FromSchema } from 'json-schema-to-ts';
import { faultNames } from './faults.ts';
import { writeTherabillExport } from './write-export.ts';

const exportSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['folder'],
  properties: {
    /** The drop folder of the connection. */
    folder: { type: 'string', minLength: 1 },
    today: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
    seed: { type: 'integer', minimum: 0 },
    canary: { type: 'string' },
    fault: { enum: faultNames },
    perFile: { type: 'integer', minimum: 1 },
    claims: { type: 'integer', minimum: 1 },
  },
} as const;

const isExport = new Ajv2020().compile<FromSchema<typeof exportSchema>>(exportSchema);
const claimsInFile = 50;

/** Mounted at `/sandbox/therabill`. `today` defaults to the sandbox's date in UTC. */
export function therabillControl({ seed, now }: { readonly seed: number; readonly now: () => Date }): Router {
  const router = express.Router();
  router.use(express.json());
  router.post('/export', (request, response) => {
    const body: unknown = request.body;
    if (!isExport(body) || !isAbsolute(body.folder)) {
      response.status(400).json({ error: { code: 'input.invalid', message: 'an export names an absolute folder' } });
      return;
    }
    response.json(
      writeTherabillExport({
        folder: body.folder,
        seed: body.seed ?? seed,
        today: body.today ?? now().toISOString().slice(0, 10),
        canary: body.canary ?? null,
        fault: body.fault ?? null,
        perFile: body.perFile ?? claimsInFile,
        claims: body.claims ?? null,
      }),
    );
  });
  return router;
}
