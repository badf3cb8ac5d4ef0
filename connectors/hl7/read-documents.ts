// That a note exists, of what kind and whether signed (MDM, ORU), and the scores of outcome measures (ORU). Clinical text stays outside.
import { noteKinds } from '../pt-records/rows.ts';
import type { NoteRow } from '../pt-records/rows.ts';
import { neededRecordNumber } from './identifiers.ts';
import { clinicianIn, credentialIn } from './people.ts';
import type { Reading } from './reading.ts';
import { clinicMoment, oneOf, part } from './segment-reader.ts';
import type { SegmentReader } from './segment-reader.ts';
import { readTimestamp } from './timestamps.ts';
import { meaningOf } from './words.ts';

/** Table 0271: authenticated, legally authenticated. */
const signedStatuses = ['AU', 'LA'];
/** Table 0085 and 0123: not yet, not any more, or not at all. */
const unfinished = ['P', 'D', 'X', 'W', 'I', 'S', 'O', 'N', 'R', 'Y', 'Z'];

function dayOf(reading: Reading, segment: SegmentReader | null, field: number, component = 1): string | null {
  const stamp = segment?.timestamp(field, component) ?? null;
  return stamp === null ? null : (clinicMoment(stamp, reading.clock)?.date ?? null);
}

function kindOf(reading: Reading, segment: SegmentReader, field: number): NoteRow['kind'] | null {
  const texts = [segment.text(field), segment.text(field, 2)];
  return oneOf(noteKinds, meaningOf(reading.settings, 'noteKinds', texts));
}

/** The day of the signature: in TXA-22 beside the name of who signed, else that of the edition (TXA-8) the status speaks of. */
function signedOn(reading: Reading, txa: SegmentReader): string | null {
  if (!signedStatuses.includes(txa.text(17)?.toUpperCase() ?? '')) return null;
  for (const person of txa.repetitions(22)) {
    const stamp = readTimestamp(part(person, 15) ?? '');
    const day = stamp === null ? null : clinicMoment(stamp, reading.clock)?.date;
    if (day !== null && day !== undefined) return day;
  }
  return dayOf(reading, txa, 8) ?? txa.fail(22, 'empty', false);
}

/** MDM: T02 and T04 tell of a note, T11 that it is none. */
export function readDocument(reading: Reading): void {
  const pid = reading.needed('PID');
  const txa = reading.needed('TXA');
  if (pid === null || txa === null) return;
  const recordNumber = neededRecordNumber(pid, 3, reading.settings);
  const noteId = txa.text(12) ?? txa.text(12, 3);
  if (reading.event === 'T11') {
    if (noteId === null || !reading.into.withdraw('notes', noteId)) txa.fail(12, 'withdrawn', true);
    return;
  }
  const date = dayOf(reading, txa, 4) ?? dayOf(reading, reading.first('PV1'), 44);
  if (date === null) txa.fail(4, 'empty', true);
  const kind = kindOf(reading, txa, 2) ?? txa.fail(2, 'unknown word', false) ?? 'other';
  const people = [5, 9, 10].map((field) => txa.repetitions(field)).find((field) => clinicianIn(field) !== null);
  const signed = signedOn(reading, txa);
  if (date === null || recordNumber === '') return;
  reading.into.note({
    noteId,
    recordNumber,
    date,
    kind,
    signedOn: signed,
    clinicianName: people === undefined ? null : (clinicianIn(people)?.name ?? null),
    credential: people === undefined ? null : credentialIn(people),
  });
}

/** A score of a measure the word lists know; anything else in an OBX is clinical and not looked at. True: it was one. */
function readScore(reading: Reading, recordNumber: string, obr: SegmentReader | null, obx: SegmentReader): boolean {
  const measure = meaningOf(reading.settings, 'measures', [
    obx.text(3),
    obx.text(3, 2),
    obx.text(3, 4),
    obx.text(3, 5),
  ]);
  if (measure === null) return false;
  if (unfinished.includes(obx.text(11)?.toUpperCase() ?? '')) {
    obx.fail(11, 'not final', true);
    return true;
  }
  const structured = obx.text(2)?.toUpperCase() === 'SN';
  const text = obx.text(5, structured ? 2 : 1)?.replace(/\s*%$/, '') ?? null;
  const score = text !== null && /^-?\d{1,4}(\.\d{1,3})?$/.test(text) ? Number(text) : null;
  if (score === null) obx.fail(5, text === null ? 'empty' : 'not a number', true);
  const date = dayOf(reading, obx, 14) ?? dayOf(reading, obr, 7) ?? dayOf(reading, obr, 22);
  if (date === null) obx.fail(14, 'empty', true);
  if (score !== null && date !== null) reading.into.outcome({ recordNumber, measure, score, date });
  return true;
}

function readReport(reading: Reading, recordNumber: string, obr: SegmentReader, hasScores: boolean): void {
  const kind = kindOf(reading, obr, 4);
  if (kind === null) {
    if (!hasScores) obr.fail(4, 'unknown word', true);
    return;
  }
  const date = dayOf(reading, obr, 7) ?? dayOf(reading, obr, 22);
  const status = obr.text(25)?.toUpperCase() ?? '';
  const noteId = obr.text(3) ?? obr.text(2);
  if (status === 'X') {
    if (noteId === null || !reading.into.withdraw('notes', noteId)) obr.fail(25, 'withdrawn', true);
    return;
  }
  if (date === null) {
    obr.fail(7, 'empty', true);
    return;
  }
  const people = obr.repetitions(32);
  // The interpreter is a name with subcomponents (NDL): id, family, given, …, degree.
  const [family, given, degree] = [2, 3, 7].map((subcomponent) => part(people[0], 1, subcomponent));
  const name = [given, family].filter((one) => one !== null && one !== undefined).join(' ');
  reading.into.note({
    noteId,
    recordNumber,
    date,
    kind,
    signedOn: status === 'F' || status === 'C' ? dayOf(reading, obr, 22) : null,
    clinicianName: name === '' ? null : name,
    credential: degree ?? null,
  });
}

/** ORU^R01: each OBR with the OBX after it is a report of its own. */
export function readObservations(reading: Reading): void {
  const pid = reading.needed('PID');
  if (pid === null) return;
  const recordNumber = neededRecordNumber(pid, 3, reading.settings);
  if (recordNumber === '') return;
  const groups: { readonly obr: SegmentReader | null; hasScores: boolean }[] = [];
  for (const segment of reading.segments) {
    if (segment.name === 'OBR') groups.push({ obr: segment, hasScores: false });
    if (segment.name !== 'OBX') continue;
    const group = groups.at(-1) ?? { obr: null, hasScores: false };
    if (groups.length === 0) groups.push(group);
    group.hasScores = readScore(reading, recordNumber, group.obr, segment) || group.hasScores;
  }
  if (groups.length === 0) reading.missing('OBX');
  for (const { obr, hasScores } of groups) if (obr !== null) readReport(reading, recordNumber, obr, hasScores);
}
