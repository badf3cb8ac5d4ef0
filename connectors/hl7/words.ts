// The usual words of HL7 interfaces for what Gait keeps by name; a clinic's settings add their own.
import { normalized } from '../csv/labels.ts';
import type { Hl7Settings } from './settings.ts';

type Words = Readonly<Record<string, readonly string[]>>;

/** Tables 0001, 0063 and 0278, and what PT systems write instead; outcome measures by abbreviation, name and LOINC. */
const usual: Readonly<Record<keyof Required<Hl7Settings>['words'], Words>> = {
  gender: {
    female: ['F', 'Female'],
    male: ['M', 'Male'],
    other: ['O', 'Other', 'X', 'A', 'N', 'Non-binary'],
    unknown: ['U', 'Unknown'],
  },
  relationship: {
    self: ['SEL', 'Self', '18', 'Patient'],
    spouse: ['SPO', 'Spouse', '01', 'DOM'],
    child: ['CHD', 'Child', '19', 'NCH', 'SCH', 'FCH'],
    other: ['OTH', 'Other', 'G8', 'PAR', 'GRD', 'EXF', 'EMR', 'EMC', 'SIB', 'GCH'],
    unknown: ['UNK', 'Unknown', '21'],
  },
  appointmentStatus: {
    booked: ['Booked', 'Scheduled', 'Pending', 'Waitlist', 'Overbook', 'Confirmed', 'Rescheduled'],
    arrived: ['Arrived', 'Complete', 'Completed', 'Started', 'Checked In', 'Checked Out', 'Seen'],
    cancelled: ['Cancelled', 'Canceled', 'Deleted', 'Dc', 'Discontinued'],
    missed: ['Noshow', 'No Show', 'Missed', 'DNA'],
  },
  noteKinds: {
    evaluation: ['Initial Evaluation', 'Evaluation', 'IE', 'Eval', 'HP'],
    daily: ['Daily Note', 'Daily', 'Treatment Note', 'Visit Note', 'DN'],
    progress: ['Progress Note', 'Progress Report', 'PN'],
    recertification: ['Recertification', 'Recert', 'Re-Evaluation', 'Reevaluation', 'Plan of Care', 'POC'],
    discharge: ['Discharge Summary', 'Discharge Note', 'Discharge', 'DS'],
  },
  measures: {
    LEFS: ['LEFS', 'Lower Extremity Functional Scale'],
    NDI: ['NDI', 'Neck Disability Index'],
    ODI: ['ODI', 'Oswestry', 'Oswestry Disability Index', 'Modified Oswestry'],
    DASH: ['DASH', 'Disabilities of the Arm Shoulder and Hand'],
    QuickDASH: ['QuickDASH', 'Quick DASH'],
    TUG: ['TUG', 'Timed Up and Go'],
    NPRS: ['NPRS', 'Numeric Pain Rating Scale', 'Pain severity 0-10 verbal numeric rating', '72514-3'],
  },
};

/** What a word of this clinic's interface stands for; null where nobody has said. Its own words come before the usual ones. */
export function meaningOf(
  settings: Hl7Settings,
  list: keyof typeof usual,
  texts: readonly (string | null)[],
): string | null {
  const wanted = texts.flatMap((text) => (text === null ? [] : [normalized(text)])).filter((text) => text !== '');
  const own: Words = settings.words[list] ?? {};
  for (const words of [own, usual[list]])
    for (const [meaning, variants] of Object.entries(words))
      if (variants.some((variant) => wanted.includes(normalized(variant)))) return meaning;
  return null;
}
