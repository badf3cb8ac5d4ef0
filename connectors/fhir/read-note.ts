// That a note exists, of which kind, for which day and signed or not: from a DocumentReference or an Encounter. Its text is not asked for.
import type { Element } from '../../domain/fhir/element.ts';
import type { NoteRow } from '../pt-records/rows.ts';
import { clinicianAt, patientAt } from './read-party.ts';
import { ownWord, Reading, termsOf } from './reading.ts';
import type { Surroundings, Told } from './reading.ts';

/** LOINC document types: physical therapy initial evaluation, subsequent visit and visit note; progress note; discharge summary. */
const kindByCode: Readonly<Record<string, NoteRow['kind']>> = {
  '18735-1': 'evaluation',
  '11508-9': 'progress',
  '28579-1': 'daily',
  '11506-3': 'progress',
  '18842-5': 'discharge',
};

/** The first that fits: a "re-evaluation" is a progress report, a "recertification" more than that. */
const kindByWord: readonly (readonly [RegExp, NoteRow['kind']])[] = [
  [/recert|certification|plan of care/i, 'recertification'],
  [/discharge/i, 'discharge'],
  [/progress|re-?\s?eval|re-?assess/i, 'progress'],
  [/\beval|assessment\b/i, 'evaluation'],
  [/daily|treatment|visit|session|soap/i, 'daily'],
];

/** What a DocumentReference says of a document that was signed: http://hl7.org/fhir/R4/valueset-composition-status.html */
const signedStatuses: readonly string[] = ['final', 'amended'];

function kindOf(concepts: readonly (Element | null)[], { settings }: Surroundings): NoteRow['kind'] {
  const terms = concepts.flatMap((one) => termsOf(one));
  const own = ownWord(settings.words.noteKind, terms);
  if (own !== null) return own;
  const coded = terms.map((term) => kindByCode[term]).find((kind) => kind !== undefined);
  if (coded !== undefined) return coded;
  for (const term of terms) {
    const found = kindByWord.find(([word]) => word.test(term))?.[1];
    if (found !== undefined) return found;
  }
  return 'other';
}

/** When it was signed is not said by the standard: the day of the document stands for it. Null: not signed, or not told. */
function signedOn(document: Element, reading: Reading): string | null {
  const status = document.string('docStatus');
  const isSigned = status === null ? document.child('authenticator') !== null : signedStatuses.includes(status);
  if (status === null && !isSigned) reading.fail(`${document.path}.docStatus`, 'empty');
  return isSigned ? reading.day(document, 'date') : null;
}

/** The day of the visit: of the context's period, of its encounter, or of the document. */
function visitDay(document: Element, reading: Reading, around: Surroundings): string {
  const context = document.child('context');
  const [visit = null] = context?.children('encounter') ?? [];
  const day =
    reading.start(context?.child('period') ?? null) ??
    reading.start(around.follow(visit)?.child('period') ?? null) ??
    reading.day(document, 'date');
  return day ?? reading.fail(`${document.path}.date`, 'empty', true) ?? '';
}

export function readDocument(document: Element, row: number, around: Surroundings): Told<'notes'> {
  const reading = new Reading(row, around.clock);
  if (document.string('status') !== 'current') {
    reading.fail(`${document.path}.status`, 'withdrawn', true);
    return reading.nothing();
  }
  const [author = null] = document.children('author');
  return reading.told<'notes'>({
    noteId: document.string('id'),
    recordNumber: patientAt(document.child('subject'), reading, around, `${document.path}.subject`),
    date: visitDay(document, reading, around),
    kind: kindOf([document.child('type'), ...document.children('category')], around),
    signedOn: signedOn(document, reading),
    ...clinicianAt(author ?? document.child('authenticator'), around),
  });
}

/** Of a finished visit; whether its note is signed an Encounter does not tell. */
export function readEncounter(encounter: Element, row: number, around: Surroundings): Told<'notes'> {
  const reading = new Reading(row, around.clock);
  if (encounter.string('status') !== 'finished') {
    const isWrong = encounter.string('status') === 'entered-in-error';
    if (isWrong) reading.fail(`${encounter.path}.status`, 'withdrawn', true);
    return reading.nothing();
  }
  const period = encounter.child('period');
  const [who = null] = encounter.children('participant').map((one) => one.child('individual'));
  return reading.told<'notes'>({
    noteId: encounter.string('id'),
    recordNumber: patientAt(encounter.child('subject'), reading, around, `${encounter.path}.subject`),
    date:
      reading.start(period, true) ??
      (reading.rejected ? '' : reading.fail(`${encounter.path}.period`, 'empty', true)) ??
      '',
    kind: kindOf(encounter.children('type'), around),
    signedOn: null,
    ...clinicianAt(who, around),
  });
}
