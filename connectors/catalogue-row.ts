// What stands in the catalogue of connectors: a row for each system, with how far each of its wires may be trusted.
import type { OperationName, SystemId } from './registry.ts';

/** How far a wire may be trusted before a clinic has tried it. */
export const evidences = {
  'vendor document': 'the public document of the vendor says so',
  'open standard': 'a published standard says so, whoever stands at the other end',
  profile: 'no public document: read from what integrators report, to be confirmed with the vendor',
} as const;
export type Evidence = keyof typeof evidences;

export interface OperationRow {
  /** The call or file as it goes over the wire. */
  readonly wire: string;
  readonly checked: Evidence;
}

/** How the records of a PT system come in: by the reports it exports, by a standard, or by an interface of the vendor's. */
export const wayNames = ['reports', 'hl7', 'fhir', 'rest', 'api'] as const;
export type WayName = (typeof wayNames)[number];

export interface CatalogueRow {
  readonly transport: string;
  /** The document or standard, by name and version. */
  readonly source: string;
  /** Of a PT system: what comes in by each of its ways. */
  readonly ways?: Readonly<Partial<Record<WayName, OperationRow>>>;
  readonly operations: Readonly<Partial<Record<OperationName, OperationRow>>>;
  readonly limits: readonly string[];
}

export type CatalogueRows = Readonly<Partial<Record<SystemId, CatalogueRow>>>;
