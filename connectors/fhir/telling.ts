// One answer to "what is new": entries of pages or lines of files become deliveries of rows, patients with all their coverages.
import type { Element } from '../../domain/fhir/element.ts';
import type { Failure } from '../connector.ts';
import type { Problem } from '../csv/problems.ts';
import type { Gone, RecordKind, RowsByKind } from '../pt-records/rows.ts';
import type { Delivery, RecordsRequest } from '../pt-records/source.ts';
import { ZoneClock } from '../zone-clock.ts';
import { isFailure } from './client.ts';
import type { FhirClient } from './client.ts';
import { chunksOf, isReferredTo, LookUp } from './look-up.ts';
import { readAppointment } from './read-appointment.ts';
import { readAuthorization } from './read-authorization.ts';
import { readChargeItem, readClaim } from './read-charge.ts';
import { readDocument, readEncounter } from './read-note.ts';
import { readObservation } from './read-outcome.ts';
import { readPatient } from './read-patient.ts';
import type { Reader, Surroundings, Told } from './reading.ts';
import { Known, targetOf } from './references.ts';
import { fingerprint, searchAll } from './search.ts';
import type { Entry } from './search.ts';
import type { ReadableType } from './settings.ts';

/** What each type tells of. */
export const kindOfType: Readonly<Record<ReadableType, RecordKind>> = {
  Patient: 'patients',
  Coverage: 'patients',
  ClaimResponse: 'authorizations',
  Appointment: 'appointments',
  DocumentReference: 'notes',
  Encounter: 'notes',
  ChargeItem: 'charges',
  Claim: 'charges',
  Observation: 'outcomes',
};

/** A part of what came together: all of it from one page or file. */
export interface Piece {
  readonly type: ReadableType;
  readonly entries: readonly Entry[];
  readonly problems: readonly Problem[];
  readonly asOf: string;
}

/** The coverages of a patient, by the patient's id, where all of them are at hand. */
export type CoverageIndex = ReadonlyMap<string, readonly Element[]>;

interface Read<Kind extends RecordKind> {
  readonly kind: Kind;
  readonly told: readonly Told<Kind>[];
  /** Everything that was read for it. */
  readonly seen: readonly unknown[];
}

type Some = { readonly [Kind in RecordKind]: Read<Kind> }[RecordKind];

export class Telling {
  readonly #client: FhirClient;
  readonly #skip: ReadonlySet<string>;
  readonly #told = new Set<string>();
  readonly #around: Surroundings;
  readonly #lookUp: LookUp;
  readonly known: Known;
  /** Null: coverages are asked for patient by patient. */
  coverages: CoverageIndex | null = null;
  readonly deliveries: Delivery[] = [];
  readonly gone: Gone[] = [];
  skipped = 0;
  rows = 0;

  constructor(client: FhirClient, zone: string, { clinic, skip }: RecordsRequest) {
    this.#client = client;
    this.#skip = new Set(skip);
    this.known = new Known(client.settings.baseUrl);
    this.#lookUp = new LookUp(client, this.known);
    this.#around = {
      settings: client.settings,
      clock: new ZoneClock(zone),
      payers: clinic.payers ?? {},
      follow: (reference) => this.known.follow(reference),
    };
  }

  /** Reads a piece and what it refers to; null where that went well. */
  async take(piece: Piece): Promise<Failure | null> {
    // What an export's index holds of a resource is enough, and less.
    for (const { resource, fullUrl } of piece.entries)
      if (isReferredTo(resource.path) && !this.known.has({ type: resource.path, id: resource.string('id') ?? '' }))
        this.known.add(resource, fullUrl);
    const failure = await this.#lookUp.follow(piece.entries.map(({ resource }) => resource));
    if (failure !== null) return failure;
    const matches = piece.entries.filter(({ isMatch }) => isMatch);
    const read = await this.#read(piece.type, matches);
    if (isFailure(read)) return read;
    this.#deliver(read, piece);
    return null;
  }

  #read(type: ReadableType, entries: readonly Entry[]): Some | Promise<Some | Failure> {
    const each = <Kind extends RecordKind>(kind: Kind, reader: Reader<Kind>): Read<Kind> => ({
      kind,
      told: entries.map(({ resource, row }) => reader(resource, row, this.#around)),
      seen: entries.map(({ json }) => json),
    });
    switch (type) {
      case 'Patient':
        return this.#patients(entries);
      case 'Coverage':
        return this.#patientsOf(entries);
      case 'ClaimResponse':
        return each('authorizations', readAuthorization);
      case 'Appointment':
        return each('appointments', readAppointment);
      case 'DocumentReference':
        return each('notes', readDocument);
      case 'Encounter':
        return each('notes', readEncounter);
      case 'ChargeItem':
        return each('charges', readChargeItem);
      case 'Claim':
        return each('charges', readClaim);
      case 'Observation':
        return each('outcomes', readObservation);
    }
  }

  async #patients(entries: readonly Entry[]): Promise<Some | Failure> {
    const ids = entries.flatMap(({ resource }) => resource.string('id') ?? []);
    const coverages = this.#client.settings.read.includes('Coverage')
      ? (this.coverages ?? (await this.#coveragesOf(ids)))
      : new Map<string, readonly Element[]>();
    if ('kind' in coverages) return coverages;
    ids.forEach((id) => this.#told.add(id));
    const own = (patient: Element): readonly Element[] => coverages.get(patient.string('id') ?? '') ?? [];
    return {
      kind: 'patients',
      told: entries.map(({ resource, row }) => readPatient(resource, own(resource), row, this.#around)),
      seen: entries.map(({ json }) => json),
    };
  }

  /** The patients whose coverage changed, unless they were told of in this very answer; with all their coverages. */
  async #patientsOf(entries: readonly Entry[]): Promise<Some | Failure> {
    const rowOf = new Map<string, number>();
    for (const { resource, row } of entries) {
      const target = targetOf(resource.child('beneficiary'), this.#client.settings.baseUrl);
      if (target?.type === 'Patient' && !this.#told.has(target.id)) rowOf.set(target.id, row);
    }
    const patients: Entry[] = [];
    for (const chunk of chunksOf([...rowOf.keys()], this.#client.settings.patientsPerSearch)) {
      const found = await searchAll(this.#client, 'Patient', { _id: chunk.join(',') });
      if (isFailure(found)) return found;
      patients.push(...found.filter(({ isMatch }) => isMatch));
    }
    return this.#patients(
      patients.map((one) => ({ ...one, row: rowOf.get(one.resource.string('id') ?? '') ?? one.row })),
    );
  }

  async #coveragesOf(ids: readonly string[]): Promise<Map<string, Element[]> | Failure> {
    const found = new Map<string, Element[]>();
    for (const chunk of chunksOf(ids, this.#client.settings.patientsPerSearch)) {
      const entries = await searchAll(this.#client, 'Coverage', { patient: chunk.join(',') });
      if (isFailure(entries)) return entries;
      const coverages = entries.filter(({ isMatch }) => isMatch).map(({ resource }) => resource);
      const failure = await this.#lookUp.follow(coverages);
      if (failure !== null) return failure;
      for (const coverage of coverages) {
        const id = targetOf(coverage.child('beneficiary'), this.#client.settings.baseUrl)?.id;
        if (id !== undefined) found.set(id, [...(found.get(id) ?? []), coverage]);
      }
    }
    return found;
  }

  #deliver({ kind, told, seen }: Some, { asOf, problems: ofPage }: Piece): void {
    this.gone.push(...told.flatMap(({ gone }) => gone));
    const problems = [...ofPage, ...told.flatMap((one) => one.problems)];
    const give = <One extends RecordKind>(of: One, rows: readonly RowsByKind[One][]) => {
      const id = fingerprint([of, seen, rows]);
      return { id, asOf, kind: of, rows, problems, duplicates: 0 };
    };
    const delivery = ((): Delivery => {
      switch (kind) {
        case 'patients':
          return give(kind, told.flatMap(({ rows }) => rows));
        case 'authorizations':
          return give(kind, told.flatMap(({ rows }) => rows));
        case 'appointments':
          return give(kind, told.flatMap(({ rows }) => rows));
        case 'notes':
          return give(kind, told.flatMap(({ rows }) => rows));
        case 'charges':
          return give(kind, told.flatMap(({ rows }) => rows));
        case 'outcomes':
          return give(kind, told.flatMap(({ rows }) => rows));
      }
    })(); // prettier-ignore
    this.add(delivery);
  }

  /** A delivery that says nothing is none; one that was taken is counted. */
  add(delivery: Delivery): void {
    if (delivery.rows.length === 0 && delivery.problems.length === 0) return;
    if (this.#skip.has(delivery.id)) {
      this.skipped += 1;
      return;
    }
    this.rows += delivery.rows.length;
    this.deliveries.push(delivery);
  }
}
