// From the cells of a record to what came of a visit: its note, what was charged for it, and a score that was taken.
import type { Cells } from '../csv/cells.ts';
import { noteKinds } from '../pt-records/rows.ts';
import type { ChargeRow, NoteRow, OutcomeRow } from '../pt-records/rows.ts';
import type { Profile } from './profile.ts';

type Words = Pick<Profile, 'words'>;

/** What notes are called where a profile says nothing else. */
const usualNoteKinds: Readonly<Record<string, readonly string[]>> = {
  evaluation: ['Initial Evaluation', 'Evaluation', 'Eval', 'IE', 'Initial Examination', 'Re-Evaluation'],
  daily: ['Daily Note', 'Daily', 'Treatment Note', 'Treatment', 'Visit Note', 'SOAP Note', 'SOAP', 'Encounter Note'],
  progress: ['Progress Note', 'Progress', 'Progress Report', 'PN'],
  recertification: ['Recertification', 'Recert', 'Plan of Care Recertification', 'Updated Plan of Care'],
  discharge: ['Discharge Summary', 'Discharge', 'Discharge Note', 'DC', 'D/C Summary'],
  other: ['Other', 'Addendum', 'Cancellation Note', 'Missed Visit'],
};

function neededDate(cells: Cells): string {
  const date = cells.text('date') === null ? cells.fail('date', 'empty', true) : cells.date('date', true);
  return date ?? '';
}

/** As typed where the profile lists no words of credentials; a word it does not list is unknown. */
function credential(cells: Cells, { words }: Words): string | null {
  if (words.credential === undefined) return cells.text('credential');
  return cells.word('credential', Object.keys(words.credential), words.credential);
}

/** A note of a kind nobody knows is a note all the same. */
export function note(cells: Cells, profile: Words): NoteRow {
  return {
    noteId: cells.text('noteId'),
    recordNumber: cells.needed('recordNumber'),
    date: neededDate(cells),
    kind: cells.word('kind', noteKinds, profile.words.noteKind ?? usualNoteKinds) ?? 'other',
    signedOn: cells.date('signedOn'),
    clinicianName: cells.text('clinicianName'),
    credential: credential(cells, profile),
  };
}

const places = ['modifier1', 'modifier2', 'modifier3', 'modifier4'] as const;

/** From one cell that lists them, or from a column for each. */
function modifiers(cells: Cells): string[] {
  const listed = cells.list('modifiers').flatMap((part) => part.split(/[\s,]+/));
  const all = [...listed, ...places.flatMap((place) => cells.text(place) ?? [])].map((one) => one.toUpperCase());
  if (all.every((one) => /^[0-9A-Z]{2}$/.test(one))) return all;
  cells.fail('modifiers', 'not in the form expected', false);
  return all.filter((one) => /^[0-9A-Z]{2}$/.test(one));
}

/** Code, day and units are essential where the cell is filled: a misread charge is worse than a missing one. */
export function charge(cells: Cells): ChargeRow {
  const code = cells.needed('code').toUpperCase();
  if (code !== '' && !/^[0-9A-Z]{5}$/.test(code)) cells.fail('code', 'not in the form expected', true);
  return {
    chargeId: cells.text('chargeId'),
    recordNumber: cells.needed('recordNumber'),
    date: neededDate(cells),
    code,
    modifiers: modifiers(cells),
    units: cells.count('units', true),
    chargeCents: cells.cents('amount', true),
  };
}

export function outcome(cells: Cells): OutcomeRow {
  const score = cells.text('score') === null ? cells.fail('score', 'empty', true) : cells.number('score', true);
  return {
    recordNumber: cells.needed('recordNumber'),
    measure: cells.needed('measure'),
    score: score ?? 0,
    date: neededDate(cells),
  };
}
