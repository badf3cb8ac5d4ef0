// The sandbox's levers for WebPT: writes the exported reports, the claims and the charts of the synthetic clinic into folders.
import { isAbsolute } from 'node:path';
import express from 'express';
import type { Router } from 'express';
import { generateBilling, medicarePatients } from '../clinic/billing/generate.ts';
import { writeBilling } from '../clinic/billing/write.ts';
import { generateClinic } from '../clinic/generate.ts';
import { conditions } from '../clinic/model.ts';
import type { Clinic } from '../clinic/model.ts';
import { onePatient } from '../clinic/one-patient.ts';
import { overlaps } from '../clinic/overlap.ts';
import { lever, refuseLever } from '../lever.ts';
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
    /** Patients of Medicare Part B, beside the sixty; claims are made of all of them. */
    medicare: { type: 'integer', minimum: 0, maximum: medicarePatients },
    /** So many visits booked from this day on are cancelled, the next ones first, each at an hour its therapist then has free. */
    cancel: {
      type: 'object',
      additionalProperties: false,
      required: ['from', 'count'],
      properties: {
        from: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
        count: { type: 'integer', minimum: 1 },
      },
    },
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

const claimsSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['claims'],
  properties: {
    claims: { type: 'string', minLength: 1 },
    /** Absent: no charts. */
    charts: { type: 'string', minLength: 1 },
    today: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
    seed: { type: 'integer', minimum: 0 },
    canary: { type: 'string' },
    perFile: { type: 'integer', minimum: 1 },
  },
} as const;

const claimsInFile = 50;

/** The clinic after the front desk cancelled the next visits from a day on. */
function withCancelled(clinic: Clinic, { from, count }: { readonly from: string; readonly count: number }): Clinic {
  const booked = clinic.visits.filter(({ status, date }) => status === 'booked' && date >= from);
  // Some visits lie over another one of their therapist: their end frees nothing.
  const given = booked
    .filter((visit) => !booked.some((other) => other !== visit && overlaps(visit, other)))
    .slice(0, count);
  const gone = new Set(given.map(({ appointmentId }) => appointmentId));
  const visits = clinic.visits.map((visit) =>
    gone.has(visit.appointmentId) ? { ...visit, status: 'cancelled' as const, units: null } : visit,
  );
  return { ...clinic, visits };
}

export interface WebptControlOptions {
  readonly seed: number;
  readonly now: () => Date;
}

/** Mounted at `/sandbox/webpt`. `today` defaults to the sandbox's date in UTC. */
export function webptControl({ seed, now }: WebptControlOptions): Router {
  const router = express.Router();
  router.use(express.json());
  router.post(
    '/export',
    lever(exportSchema, 'an export names an absolute folder', (body, response) => {
      if (!isAbsolute(body.folder)) {
        refuseLever(response, 'the folder of an export is absolute');
        return;
      }
      const today = body.today ?? now().toISOString().slice(0, 10);
      const clinic = generateClinic({
        seed: body.seed ?? seed,
        today,
        canary: body.canary ?? null,
        newcomers: body.newcomers ?? 0,
        medicare: body.medicare ?? 0,
      });
      const named = body.only === undefined ? clinic : onePatient(clinic, body.only);
      const exported = body.cancel === undefined ? named : withCancelled(named, body.cancel);
      response.json(writeExport(exported, dialects[body.dialect ?? 'standard'], body.folder, body.only?.mark));
    }),
  );

  router.post(
    '/claims',
    lever(claimsSchema, 'claims are written to an absolute folder', (body, response) => {
      if (![body.claims, body.charts ?? '/'].every(isAbsolute)) {
        refuseLever(response, 'the folders of claims and charts are absolute');
        return;
      }
      const today = body.today ?? now().toISOString().slice(0, 10);
      const billing = generateBilling({ seed: body.seed ?? seed, today, canary: body.canary ?? null });
      const folders = { claims: body.claims, charts: body.charts ?? null, perFile: body.perFile ?? claimsInFile };
      response.json(writeBilling(billing, folders));
    }),
  );
  return router;
}
