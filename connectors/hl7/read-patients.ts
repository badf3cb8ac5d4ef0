// A patient and its coverages from PID, PV1, DG1 and IN1: one row for each coverage, as every way into Gait tells them.
import type { Coverage } from '../../domain/coverage/schema.ts';
import { genders } from '../../domain/patient/schema.ts';
import type { CoverageRow, PatientRow } from '../pt-records/rows.ts';
import { neededRecordNumber } from './identifiers.ts';
import { clinicianIn, patientAddress, patientContact, patientName } from './people.ts';
import type { Reading } from './reading.ts';
import { oneOf, payerByName } from './segment-reader.ts';
import type { SegmentReader } from './segment-reader.ts';
import { meaningOf } from './words.ts';

const relationships = ['self', 'spouse', 'child', 'other', 'unknown'] as const;

function gender(pid: SegmentReader, { settings }: Reading): PatientRow['gender'] {
  const text = pid.text(8);
  if (text === null) return 'unknown';
  const found = oneOf(genders, meaningOf(settings, 'gender', [text]));
  return found ?? pid.fail(8, 'unknown word', false) ?? 'unknown';
}

function relationship(in1: SegmentReader, { settings }: Reading): Coverage['relationship'] {
  const texts = [in1.text(17), in1.text(17, 2)];
  if (texts.every((text) => text === null)) return 'unknown';
  const found = oneOf(relationships, meaningOf(settings, 'relationship', texts));
  return found ?? in1.fail(17, 'unknown word', false) ?? 'unknown';
}

/** The priority in IN1-22, else the place of the segment (IN1-1). A fourth coverage has no name in Gait and is told. */
function order(in1: SegmentReader): Coverage['order'] | null {
  const priority = in1.text(22) ?? in1.text(1);
  const place = priority === null ? null : /^0*([1-3])$/.exec(priority)?.[1];
  if (place === null || place === undefined) return in1.fail(22, priority === null ? 'empty' : 'unknown word', true);
  return place === '1' ? 'primary' : place === '2' ? 'secondary' : 'tertiary';
}

function payer(in1: SegmentReader, { settings, clinic }: Reading, payerName: string): string | null {
  const names = [payerName, in1.text(3), in1.text(2)];
  return payerByName(names, [settings.payers, clinic.payers ?? {}]) ?? in1.fail(4, 'unknown payer', false);
}

function coverage(reading: Reading, in1: SegmentReader, in2: SegmentReader | null): CoverageRow | null {
  const payerName = in1.needed(4);
  const place = order(in1);
  const row = {
    payerId: payer(in1, reading, payerName),
    payerName,
    memberId: in1.text(36) ?? in1.text(49) ?? in2?.text(61) ?? null,
    groupNumber: in1.text(8),
    planName: in1.text(2, 2) ?? in1.text(9),
    relationship: relationship(in1, reading),
    from: in1.date(12),
    to: in1.date(13),
  };
  return place === null || in1.rejected ? null : { ...row, order: place };
}

/** The coverages of the message in its order; an IN2 belongs to the IN1 before it. */
function coverages(reading: Reading): CoverageRow[] {
  const pairs: { readonly in1: SegmentReader; in2: SegmentReader | null }[] = [];
  for (const segment of reading.segments) {
    const last = pairs.at(-1);
    if (segment.name === 'IN1') pairs.push({ in1: segment, in2: null });
    if (segment.name === 'IN2' && last !== undefined) last.in2 ??= segment;
  }
  return pairs.flatMap(({ in1, in2 }) => coverage(reading, in1, in2) ?? []);
}

function diagnoses(reading: Reading): PatientRow['diagnoses'] {
  const codes = reading.all('DG1').map((dg1) => dg1.text(3) ?? dg1.fail(3, 'empty', false));
  return [...new Set(codes)].flatMap((code) => (code === null ? [] : [{ code }]));
}

/** The rows of a message of ADT: as many as the patient has coverages, one without where it has none. */
export function readPatients(reading: Reading): void {
  const pid = reading.needed('PID');
  if (pid === null) return;
  const pv1 = reading.first('PV1');
  const patient = {
    recordNumber: neededRecordNumber(pid, 3, reading.settings),
    name: patientName(pid),
    birthDate: pid.date(7),
    gender: gender(pid, reading),
    contact: patientContact(pid),
    address: patientAddress(pid),
    referringProvider: pv1 === null ? null : clinicianIn(pv1.repetitions(8)),
    renderingProvider: pv1 === null ? null : clinicianIn(pv1.repetitions(7)),
    diagnoses: diagnoses(reading),
    planOfCare: null,
    clinical: { evaluationDate: null, limitations: null, goals: null, progress: null, outcomeMeasures: [] },
    authorizationRequired: null,
  };
  const found = coverages(reading);
  if (pid.rejected) return;
  const each = found.length === 0 ? [null] : found;
  reading.into.patient(each.map((one) => ({ ...patient, coverage: one })));
}

/** Each MRG names the number that was, the PID before it the one that is now. */
export function readMerge(reading: Reading): void {
  let survivor: string | null = null;
  let merges = 0;
  for (const segment of reading.segments) {
    if (segment.name === 'PID') survivor = neededRecordNumber(segment, 3, reading.settings) || null;
    if (segment.name !== 'MRG') continue;
    merges += 1;
    const id = neededRecordNumber(segment, 1, reading.settings);
    if (survivor !== null && id !== '' && id !== survivor)
      reading.into.leave({ of: 'patient', id, mergedInto: survivor });
  }
  if (merges === 0) reading.missing('MRG');
  else if (survivor === null) reading.missing('PID');
}

export function readRemoval(reading: Reading): void {
  const pid = reading.needed('PID');
  if (pid === null) return;
  const id = neededRecordNumber(pid, 3, reading.settings);
  if (id !== '') reading.into.leave({ of: 'patient', id, mergedInto: null });
}
