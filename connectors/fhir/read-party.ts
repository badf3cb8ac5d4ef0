// Who a resource speaks of: the patient by the record number, the payer by its name, the clinician by name and credential.
import type { Element } from '../../domain/fhir/element.ts';
import { normalized } from '../csv/labels.ts';
import type { Reading, Surroundings } from './reading.ts';
import { targetOf } from './references.ts';

const identifierTypes = 'http://terminology.hl7.org/CodeSystem/v2-0203';

export function isOfType(identifier: Element, code: string): boolean {
  const codings = identifier.child('type')?.children('coding') ?? [];
  return codings.some(
    (one) => one.string('code') === code && (one.string('system') ?? identifierTypes) === identifierTypes,
  );
}

function isRecordNumber(identifier: Element, system: string): boolean {
  if (identifier.string('use') === 'old') return false;
  return system === '' ? isOfType(identifier, 'MR') : identifier.string('system') === system;
}

/** The number under which the clinic knows a Patient, as the settings say it is found; null where it has none. */
export function recordNumberOf(patient: Element, { settings }: Pick<Surroundings, 'settings'>): string | null {
  if (settings.recordNumber === 'id') return patient.string('id');
  const own = patient.children('identifier').filter((one) => isRecordNumber(one, settings.recordNumberSystem));
  return own.find((one) => one.string('value') !== null)?.string('value') ?? null;
}

/** Of a reference that is not followed: the id in it, or the identifier it carries. */
function numberInReference(reference: Element, { settings }: Surroundings): string | null {
  if (settings.recordNumber === 'id') {
    const target = targetOf(reference, settings.baseUrl);
    return target?.type === 'Patient' ? target.id : null;
  }
  const identifier = reference.child('identifier');
  return identifier !== null && isRecordNumber(identifier, settings.recordNumberSystem)
    ? identifier.string('value')
    : null;
}

/** The record number of the patient a reference points to; a row without it belongs to nobody, and is left out. */
export function patientAt(reference: Element | null, reading: Reading, around: Surroundings, path: string): string {
  if (reference === null) {
    reading.fail(path, 'empty', true);
    return '';
  }
  const patient = around.follow(reference);
  const found = patient?.path === 'Patient' ? recordNumberOf(patient, around) : numberInReference(reference, around);
  return found ?? reading.fail(reference.path, patient === null ? 'reference not found' : 'empty', true) ?? '';
}

export interface NamedPayer {
  readonly payerName: string | null;
  readonly payerId: string | null;
}

/** The payer a reference points to: an Organization, or the reference's own words. A payer nobody listed has no id. */
export function payerAt(reference: Element | null, reading: Reading, around: Surroundings): NamedPayer {
  const organization = around.follow(reference);
  const named = organization?.path === 'Organization' ? organization.string('name') : null;
  const payerName = named ?? reference?.string('display') ?? null;
  if (reference === null || payerName === null) return { payerName, payerId: null };
  const lists = { ...around.payers, ...around.settings.payers };
  const wanted = normalized(payerName);
  const payerId = Object.entries(lists).find(([name]) => normalized(name) === wanted)?.[1] ?? null;
  return { payerName, payerId: payerId ?? reading.fail(reference.path, 'unknown payer') };
}

/** Names in force: neither old nor a maiden name; the official one first. */
export function nameIn(person: Element): Element | null {
  const names = person.children('name').filter((one) => !['old', 'maiden'].includes(one.string('use') ?? ''));
  return (
    names.find((one) => one.string('use') === 'official') ??
    names.find((one) => one.string('family') !== null) ??
    names[0] ??
    null
  );
}

export interface NamedClinician {
  readonly clinicianName: string | null;
  readonly credential: string | null;
}

/** A Practitioner with a credential as qualification or suffix; else the reference's words, as "Dana Quill, PT". */
export function clinicianAt(reference: Element | null, { follow }: Surroundings): NamedClinician {
  const person = follow(reference);
  const name = person?.path === 'Practitioner' ? nameIn(person) : null;
  if (person === null || name === null) {
    const display = reference?.string('display') ?? null;
    const [, before, credential] = /^(.+?),\s*([A-Z]{2,5})$/.exec(display ?? '') ?? [];
    return { clinicianName: before ?? display, credential: credential ?? null };
  }
  const said = [...name.strings('given'), name.string('family')].filter((part) => part !== null).join(' ');
  const qualification = person.children('qualification')[0]?.child('code') ?? null;
  const code = qualification?.children('coding')[0]?.string('code') ?? qualification?.string('text') ?? null;
  return {
    clinicianName: said === '' ? name.string('text') : said,
    credential: code ?? name.strings('suffix')[0] ?? null,
  };
}
