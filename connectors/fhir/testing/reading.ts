// Bundles and single resources read as a page of the endpoint would be, for tests of what is made of them.
import { Element } from '../../../domain/fhir/element.ts';
import type { Problem } from '../../csv/problems.ts';
import type { Gone, RecordKind, RowsByKind } from '../../pt-records/rows.ts';
import { readAppointment } from '../read-appointment.ts';
import { readAuthorization } from '../read-authorization.ts';
import { readChargeItem, readClaim } from '../read-charge.ts';
import { readDocument, readEncounter } from '../read-note.ts';
import { readObservation } from '../read-outcome.ts';
import { readPatient } from '../read-patient.ts';
import type { Surroundings, Told } from '../reading.ts';
import { Known } from '../references.ts';
import { bundleOf } from '../search.ts';
import type { Entry } from '../search.ts';
import { readFhirSettings } from '../settings.ts';
import { ZoneClock } from '../../zone-clock.ts';

export interface Everything {
  readonly rows: { readonly [Kind in RecordKind]: readonly RowsByKind[Kind][] };
  readonly problems: readonly Problem[];
  readonly gone: readonly Gone[];
}

function entriesOf(json: unknown): readonly Entry[] {
  const resource = Element.ofResource(json);
  if (resource === null) return [];
  if (resource.path === 'Bundle') return bundleOf(json, '', '2026-01-01T00:00:00Z').entries;
  return [{ resource, json, row: 1, fullUrl: null, isMatch: true }];
}

/** Reads every resource with the reader of its type; those without one tell nothing. */
export function readAll(json: unknown, fhir: object = {}, payers: Readonly<Record<string, string>> = {}): Everything {
  const settings = readFhirSettings({
    fhir: { baseUrl: 'https://ehr.example/fhir', auth: 'none', zone: 'America/Denver', ...fhir },
  });
  const entries = entriesOf(json);
  const known = new Known(settings.baseUrl);
  for (const { resource, fullUrl } of entries) known.add(resource, fullUrl);
  const around: Surroundings = {
    settings,
    clock: new ZoneClock(settings.zone),
    payers,
    follow: (reference) => known.follow(reference),
  };
  const of = (type: string): readonly Entry[] => entries.filter(({ resource }) => resource.path === type);
  const each = <Kind extends RecordKind>(
    type: string,
    reader: (resource: Element, row: number, around: Surroundings) => Told<Kind>,
  ): readonly Told<Kind>[] => of(type).map(({ resource, row }) => reader(resource, row, around));
  const coverages = of('Coverage').map(({ resource }) => resource);
  const told = {
    patients: each('Patient', (patient, row) => {
      const own = coverages.filter((one) => known.follow(one.child('beneficiary')) === patient);
      return readPatient(patient, own, row, around);
    }),
    authorizations: each('ClaimResponse', readAuthorization),
    appointments: each('Appointment', readAppointment),
    notes: [...each('DocumentReference', readDocument), ...each('Encounter', readEncounter)],
    charges: [...each('ChargeItem', readChargeItem), ...each('Claim', readClaim)],
    outcomes: each('Observation', readObservation),
  };
  const all = Object.values(told).flat();
  return {
    rows: {
      patients: told.patients.flatMap(({ rows }) => rows),
      authorizations: told.authorizations.flatMap(({ rows }) => rows),
      appointments: told.appointments.flatMap(({ rows }) => rows),
      notes: told.notes.flatMap(({ rows }) => rows),
      charges: told.charges.flatMap(({ rows }) => rows),
      outcomes: told.outcomes.flatMap(({ rows }) => rows),
    },
    problems: all.flatMap(({ problems }) => problems),
    gone: all.flatMap(({ gone }) => gone),
  };
}

/** A bundle as a search answers with it. */
export function bundled(...resources: readonly object[]): object {
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    entry: resources.map((resource) => ({ resource, search: { mode: 'match' } })),
  };
}

const absent = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
export const saidAbsent = { extension: [{ url: absent, valueCode: 'unknown' }] };

/** A patient of the record number R-1, complete. */
export function patient(changes: object = {}): object {
  return {
    resourceType: 'Patient',
    id: 'p1',
    identifier: [{ type: { coding: [{ code: 'MR' }] }, system: 'urn:x', value: 'R-1' }],
    name: [{ use: 'official', family: 'ASHGROVE', given: ['ADELA', 'M'] }],
    gender: 'female',
    birthDate: '1970-05-09',
    ...changes,
  };
}
