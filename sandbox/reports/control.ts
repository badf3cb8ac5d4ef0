// The sandbox's lever for a system that exports reports: writes what it holds of the clinic into a folder, and tells the truth about it.
import { isAbsolute } from 'node:path';
import express from 'express';
import type { Router } from 'express';
import { sameClinic } from '../clinic/several-systems.ts';
import { systemNames } from '../clinic/systems/model.ts';
import { lever, refuseLever } from '../lever.ts';
import type { SystemDialect } from './dialect.ts';
import { writeReports } from './write.ts';

const whole = { type: 'integer', minimum: 0, maximum: 5_000 } as const;

const exportSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['folder'],
  properties: {
    folder: { type: 'string', minLength: 1 },
    today: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
    seed: { type: 'integer', minimum: 0 },
    /** People; the first sixty are those of every sandbox. */
    patients: { ...whole, minimum: 1 },
    /** Which systems know them: asked alike for each of them, all tell of the same people. Only this one when absent. */
    systems: { type: 'array', minItems: 1, uniqueItems: true, items: { enum: systemNames } },
    duplicates: whole,
    conflicts: whole,
    badRows: whole,
    disagreements: whole,
  },
} as const;

export interface ReportControlOptions {
  readonly dialect: SystemDialect;
  readonly seed: number;
  readonly now: () => Date;
}

const usualPatients = 60;

/** Mounted at `/sandbox/<system>`. `today` defaults to the sandbox's date in UTC. Answers with the files and the truth. */
export function reportControl({ dialect, seed, now }: ReportControlOptions): Router {
  const router = express.Router();
  router.use(express.json());
  router.post(
    '/export',
    lever(exportSchema, 'an export names an absolute folder', (body, response) => {
      const systems = body.systems ?? [dialect.system];
      if (!isAbsolute(body.folder) || !systems.includes(dialect.system)) {
        refuseLever(response, 'an export names an absolute folder, and this system');
        return;
      }
      const today = body.today ?? now().toISOString().slice(0, 10);
      const clinic = sameClinic({
        seed: body.seed ?? seed,
        today,
        patients: body.patients ?? usualPatients,
        systems,
        duplicates: body.duplicates ?? 0,
        conflicts: body.conflicts ?? 0,
        badRows: body.badRows ?? 0,
        disagreements: body.disagreements ?? 0,
      });
      const records = clinic.systems[dialect.system];
      if (records === undefined) throw new Error('The clinic was made for this system.');
      response.json({
        ...writeReports(records, dialect, body.folder, today),
        profile: dialect.profile,
        truth: clinic.truth,
      });
    }),
  );
  return router;
}
