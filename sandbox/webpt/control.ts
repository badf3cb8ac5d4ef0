// The sandbox's lever for WebPT: writes the exported reports of the synthetic clinic into a folder.
import { isAbsolute } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import express from 'express';
import type { Router } from 'express';
import type { FromSchema } from 'json-schema-to-ts';
import { generateClinic } from '../clinic/generate.ts';
import { conditions } from '../clinic/model.ts';
import { onePatient } from '../clinic/one-patient.ts';
import { dialects } from './dialects.ts';
import { writeExport } from './write-export.ts';

const exportSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['folder'],
  properties: {
    folder: { type: 'string', minLength: 1 },
    today: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
    seed: { type: 'integer', minimum: 0 },
    dialect: { enum: ['standard', 'multisite'] },
    canary: { type: 'string' },
    /** Patients of the intake queue, beside the sixty. */
    newcomers: { type: 'integer', minimum: 0, maximum: 2000 },
    /** Only one patient in a condition at a payer, under a name and numbers that end in the mark. */
    only: {
      type: 'object',
      additionalProperties: false,
      required: ['condition', 'payer', 'mark'],
      properties: {
        condition: { enum: conditions },
        payer: { type: 'string' },
        mark: { type: 'string', pattern: '^[0-9A-Za-z]{4,20}$' },
      },
    },
  },
} as const;

const isExport = new Ajv2020().compile<FromSchema<typeof exportSchema>>(exportSchema);

export interface WebptControlOptions {
  readonly seed: number;
  readonly now: () => Date;
}

/** Mounted at `/sandbox/webpt`. `today` defaults to the sandbox's date in UTC. */
export function webptControl({ seed, now }: WebptControlOptions): Router {
  const router = express.Router();
  router.use(express.json());
  router.post('/export', (request, response) => {
    const body: unknown = request.body;
    if (!isExport(body) || !isAbsolute(body.folder)) {
      response.status(400).json({ error: { code: 'input.invalid', message: 'an export names an absolute folder' } });
      return;
    }
    const today = body.today ?? now().toISOString().slice(0, 10);
    const clinic = generateClinic({
      seed: body.seed ?? seed,
      today,
      canary: body.canary ?? null,
      newcomers: body.newcomers ?? 0,
    });
    const exported = body.only === undefined ? clinic : onePatient(clinic, body.only);
    response.json(writeExport(exported, dialects[body.dialect ?? 'standard'], body.folder, body.only?.mark));
  });
  return router;
}
