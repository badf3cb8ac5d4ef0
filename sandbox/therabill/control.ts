// The sandbox's lever for Therabill: writes what the synthetic clinic exports into the folders of a connection.
import { isAbsolute } from 'node:path';
import express from 'express';
import type { Router } from 'express';
import { lever, refuseLever } from '../lever.ts';
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

const claimsInFile = 50;

/** Mounted at `/sandbox/therabill`. `today` defaults to the sandbox's date in UTC. */
export function therabillControl({ seed, now }: { readonly seed: number; readonly now: () => Date }): Router {
  const router = express.Router();
  router.use(express.json());
  router.post(
    '/export',
    lever(exportSchema, 'an export names an absolute folder', (body, response) => {
      if (!isAbsolute(body.folder)) {
        refuseLever(response, 'the folder of an export is absolute');
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
    }),
  );
  return router;
}
