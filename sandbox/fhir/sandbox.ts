// The simulated FHIR endpoint of a PT system (as Raintree would offer one), showing the synthetic clinic; in memory only.
import express from 'express';
import type { Router } from 'express';
import { generateClinic } from '../clinic/generate.ts';
import type { Clinic } from '../clinic/model.ts';
import { fhirControl } from './control.ts';
import type { Reset } from './control.ts';
import type { Seeded } from './ids.ts';
import { recordsOf } from './records.ts';
import { fhirRouter } from './router.ts';
import { FhirStore } from './store.ts';

export interface FhirSandboxOptions {
  readonly seed: number;
  readonly now: () => Date;
  /** The clinic's zone, in which its visits are booked. */
  readonly zone?: string;
}

export interface FhirSandbox {
  /** Mounted at the base of the endpoint, such as `/fhir`. */
  readonly router: Router;
  /** Mounted at `/sandbox/fhir`. */
  readonly control: Router;
  readonly store: FhirStore;
  /** What it shows, as the clinic itself knows it. */
  readonly clinic: () => Clinic;
}

/** Only so many of the patients, with what belongs to them. */
function fewer(clinic: Clinic, count: number): Clinic {
  const patients = clinic.patients.slice(0, count);
  const kept = new Set(patients.map(({ recordNumber }) => recordNumber));
  return {
    ...clinic,
    patients,
    authorizations: clinic.authorizations.filter(({ recordNumber }) => kept.has(recordNumber)),
    visits: clinic.visits.filter(({ recordNumber }) => kept.has(recordNumber)),
  };
}

/** The clinic is generated at the first call, or at a reset: a sandbox nobody asks costs nothing. */
export function fhirSandbox({ seed, now, zone = 'America/Denver' }: FhirSandboxOptions): FhirSandbox {
  const store = new FhirStore(now);
  let shown: Clinic | null = null;
  /** What each reset begins with: made once, told often. */
  const made = new Map<string, { readonly clinic: Clinic; readonly records: readonly Seeded[] }>();
  const make = (today: string, wanted: Reset): { readonly clinic: Clinic; readonly records: readonly Seeded[] } => {
    const whole = generateClinic({ seed: wanted.seed ?? seed, today, canary: wanted.canary ?? null });
    const clinic = wanted.patients === undefined ? whole : fewer(whole, wanted.patients);
    return { clinic, records: recordsOf(clinic, zone) };
  };
  const reset = (wanted: Reset): Clinic => {
    const today = wanted.today ?? now().toISOString().slice(0, 10);
    const key = JSON.stringify({ ...wanted, today });
    const known = made.get(key) ?? make(today, wanted);
    made.set(key, known);
    shown = known.clinic;
    store.reset(known.records);
    return shown;
  };
  const clinic = (): Clinic => shown ?? reset({});
  const begun = (routes: Router): Router => {
    const router = express.Router();
    router.use((_request, _response, next) => {
      clinic();
      next();
    });
    return router.use(routes);
  };
  return { router: begun(fhirRouter(store, now)), control: begun(fhirControl(store, now, reset)), store, clinic };
}
