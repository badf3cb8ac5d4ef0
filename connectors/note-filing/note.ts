// A signed note as it leaves for the system where the clinic keeps its charts: what it says, who signed it, and whose it is.
import type { DocumentKind } from '../../domain/note/source-schema.ts';

/** One section: its heading and its sentences, in order. */
export interface FiledSection {
  readonly id: string;
  readonly heading: string;
  readonly lines: readonly string[];
}

/** Who answers for it. `at` is ISO UTC. */
export interface FiledSignature {
  readonly as: 'author' | 'cosigner';
  readonly name: string;
  readonly credential: string | null;
  readonly at: string;
  readonly attestation: string;
}

/** The patient by what the system must match, and no more. `recordNumber` is the number that very system gave. */
export interface FiledPatient {
  readonly recordNumber: string;
  readonly name: { readonly given: string; readonly family: string };
  readonly birthDate: string | null;
  readonly gender: 'female' | 'male' | 'other' | 'unknown';
}

/** `note` is Gait's reference; `version` counts the signed versions of it from 1. `date` is the day of service. */
export interface NoteToFile {
  readonly note: string;
  readonly version: number;
  readonly kind: DocumentKind;
  readonly title: string;
  readonly date: string;
  readonly sections: readonly FiledSection[];
  readonly signatures: readonly FiledSignature[];
  readonly patient: FiledPatient;
}

/** The last line of every filed note: who signed which way, and when. */
export function signatureLines({ signatures }: Pick<NoteToFile, 'signatures'>): string[] {
  return signatures.map(({ as, name, credential, at, attestation }) => {
    const word = as === 'author' ? 'Signed' : 'Co-signed';
    return `${word} by ${[name, credential].filter(Boolean).join(', ')} on ${at.slice(0, 10)} at ${at.slice(11, 16)} UTC. ${attestation}`;
  });
}

/** The note as plain text that any system shows: title, day, sections under their headings, signatures. No patient in it. */
export function plainForm(note: NoteToFile): string {
  const sections = note.sections.flatMap(({ heading, lines }) => ['', heading.toUpperCase(), ...lines]);
  return [note.title, `Date of service: ${note.date}`, ...sections, '', ...signatureLines(note), ''].join('\n');
}
