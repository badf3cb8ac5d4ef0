// A signed note as an interface sends it: MDM^T02, original document notification and content (HL7 v2.5.1, chapter 9.5.2).
import type { NoteToFile } from '../note-filing/note.ts';
import { signatureLines } from '../note-filing/note.ts';
import { buildMessage } from './build-message.ts';
import type { ComponentValue, SegmentValue } from './build-message.ts';
import type { Hl7Settings } from './settings.ts';
import { writtenDate, writtenInstant } from './timestamps.ts';
import { genderCodes, header } from './write-messages.ts';
import type { Sending } from './write-messages.ts';

/** What TXA-2 says where the settings name no code of the system's own. */
const usualTypes: Readonly<Record<NoteToFile['kind'], string>> = {
  evaluation: 'IE',
  daily: 'DN',
  progress: 'PN',
  'plan-of-care': 'POC',
  recertification: 'RECERT',
  discharge: 'DS',
  letter: 'LTR',
};

function person(name: string): ComponentValue[] {
  const words = name.trim().split(/\s+/);
  return [null, words.at(-1) ?? null, words.slice(0, -1).join(' ') || null];
}

/** XCN of who signed: family, given, credential as degree. */
function clinician({ name, credential }: NoteToFile['signatures'][number]): ComponentValue[] {
  return [...person(name), null, null, null, credential];
}

/** TXA-22, PPN: the person, and in component 15 the instant of the signature. */
function authentication(signature: NoteToFile['signatures'][number]): ComponentValue[] {
  const named = clinician(signature);
  const empty = Array.from<null>({ length: 14 - named.length }).fill(null);
  return [...named, ...empty, writtenInstant(signature.at)];
}

function pid(settings: Hl7Settings, { patient }: NoteToFile): SegmentValue {
  const { authority, type } = settings.identifier;
  return {
    name: 'PID',
    fields: {
      1: '1',
      3: [patient.recordNumber, null, null, authority ?? null, type ?? 'MR'],
      5: [patient.name.family, patient.name.given, null, null, null, null, 'L'],
      7: writtenDate(patient.birthDate),
      8: genderCodes[patient.gender],
    },
  };
}

function txa(settings: Hl7Settings, note: NoteToFile, sending: Sending): SegmentValue {
  const [author] = note.signatures;
  return {
    name: 'TXA',
    fields: {
      1: '1',
      2: [settings.send?.noteTypes?.[note.kind] ?? usualTypes[note.kind], note.title],
      3: 'TX',
      4: writtenDate(note.date),
      5: author === undefined ? null : clinician(author),
      8: writtenInstant(author?.at ?? sending.at),
      9: author === undefined ? null : clinician(author),
      12: [`${note.note}/${note.version}`, settings.ownApplication],
      // Table 0271: legally authenticated; table 0273: available for patient care.
      17: 'LA',
      19: 'AV',
      22: { repeated: note.signatures.map(authentication) },
    },
  };
}

/** One OBX per section: its heading names it, every sentence is a line of the text. */
function obx(id: string, heading: string, lines: readonly string[], place: number): SegmentValue {
  return {
    name: 'OBX',
    fields: {
      1: String(place),
      2: 'TX',
      3: [id, heading, 'L'],
      5: { repeated: lines.map((line) => [line]) },
      11: 'F',
    },
  };
}

/** Throws `input.invalid` for a control id no receiver would keep. */
export function noteMessage(settings: Hl7Settings, note: NoteToFile, sending: Sending): string {
  const sections = note.sections.filter(({ lines }) => lines.length > 0);
  return buildMessage([
    header(settings, ['MDM', 'T02', 'MDM_T02'], sending),
    { name: 'EVN', fields: { 1: 'T02', 2: writtenInstant(sending.at) } },
    pid(settings, note),
    { name: 'PV1', fields: { 1: '1', 2: 'O', 44: writtenDate(note.date) } },
    txa(settings, note, sending),
    ...sections.map(({ id, heading, lines }, index) => obx(id, heading, lines, index + 1)),
    obx('signature', 'Signature', signatureLines(note), sections.length + 1),
  ]);
}
