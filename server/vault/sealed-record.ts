// The form in which a record lies in the vault: itself and the values it is found by, sealed together.
import { GaitError } from '../../domain/errors.ts';
import type { Lookup } from './lookup.ts';
import { seal, unseal } from './seal.ts';

/** A record: any JSON object. */
export type VaultRecord = Readonly<Record<string, unknown>>;

/** What a sealed record is bound to: none of these can be exchanged without the record refusing to open. */
export interface RecordBinding {
  readonly clinic: string;
  readonly ref: string;
  readonly kind: string;
  readonly version: number;
}

/** The lookup values lie with the record so that blind indexes can be made anew under another key. */
export interface Sealable {
  readonly record: VaultRecord;
  readonly lookup: Lookup;
}

/** Seals a record under a data key. */
export function sealRecord(key: Buffer, to: RecordBinding, value: Sealable): Buffer {
  return seal(key, bindingText(to), Buffer.from(JSON.stringify([value.record, value.lookup])));
}

/** What `sealRecord` sealed. */
export function openSealed(key: Buffer, to: RecordBinding, sealed: Buffer): Sealable {
  const pair: unknown = JSON.parse(unseal(key, bindingText(to), sealed).toString('utf8'));
  if (!Array.isArray(pair)) throw malformed();
  const record: unknown = pair[0];
  const lookup: unknown = pair[1];
  if (!isRecord(record) || !isLookup(lookup)) throw malformed();
  return { record, lookup };
}

function bindingText({ clinic, ref, kind, version }: RecordBinding): string {
  return JSON.stringify(['gait record', clinic, ref, kind, version]);
}

function isRecord(value: unknown): value is VaultRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isLookup(value: unknown): value is Lookup {
  return isRecord(value) && Object.values(value).every((text) => typeof text === 'string');
}

function malformed(): GaitError {
  return new GaitError('vault.sealed', 'A sealed record has not the form of one.');
}
