// A signed note for tests, every value made up; it holds what HL7 takes for delimiters.
import type { NoteToFile } from '../note.ts';

export const signedNote: NoteToFile = {
  note: 'not_0000000000000000000001',
  version: 1,
  kind: 'daily',
  title: 'Daily note',
  date: '2026-11-18',
  sections: [
    { id: 'subjective', heading: 'Subjective', lines: ['Pain 4 of 10 before & 2 of 10 after.'] },
    {
      id: 'objective',
      heading: 'Objective',
      lines: ['Right shoulder flexion 110 degrees | passive ^ end feel ~ firm.', '[strength not recorded]'],
    },
    { id: 'empty', heading: 'Education', lines: [] },
  ],
  signatures: [
    {
      as: 'author',
      name: 'Dana Quill',
      credential: 'PT',
      at: '2026-11-18T21:15:00.000Z',
      attestation: 'I have reviewed this note.',
    },
    {
      as: 'cosigner',
      name: 'Noor Vale',
      credential: 'DPT',
      at: '2026-11-18T22:00:00.000Z',
      attestation: 'I supervised this treatment.',
    },
  ],
  patient: {
    recordNumber: 'PT10001',
    name: { given: 'Orla', family: 'Fenwick-Test' },
    birthDate: '1958-03-14',
    gender: 'female',
  },
};
