// How BreezyNotes exports the clinic here: UTF-16, written-out days, no payers and no schedule.
import type { SystemDialect } from '../reports/dialect.ts';
import { authorizationWords, clinicZone, namedMonthFirst } from '../reports/writing.ts';

export const breezyNotesDialect: SystemDialect = {
  system: 'breezyNotes',
  profile: 'breezy-notes-standard',
  form: { kind: 'csv', encoding: 'utf-16le' },
  zone: clinicZone,
  title: () => [],
  fileName: (name, today) => `BreezyNotes ${name} ${today}.csv`,
  names: {
    patients: 'Clients',
    authorizations: 'Authorizations',
    appointments: 'Appointments',
    notes: 'Notes',
    charges: 'Services',
    outcomes: 'Tests',
  },
  date: namedMonthFirst,
  moment: (date) => namedMonthFirst(date),
  clock: (time) => time,
  words: {
    authorizationStatus: authorizationWords,
    appointmentStatus: { booked: 'Scheduled', arrived: 'Seen', cancelled: 'Cancelled', missed: 'Missed' },
    noteKind: { evaluation: 'Eval', daily: 'Daily', progress: 'Progress' },
    gender: { female: 'Female', male: 'Male', other: 'Other', unknown: 'Unknown' },
  },
  columns: {
    patients: [
      ['recordNumber', 'Client #'],
      ['given', 'First'],
      ['family', 'Last'],
      ['birthDate', 'Birthday'],
      ['gender', 'Gender'],
      ['phone', 'Phone Number'],
      ['addressLine', 'Street'],
      ['city', 'Town'],
      ['state', 'State'],
      ['postalCode', 'Zip'],
      ['renderingName', 'Clinician'],
      ['diagnoses', 'Dx'],
    ],
    notes: [
      ['noteId', 'Note #'],
      ['recordNumber', 'Client #'],
      ['date', 'Session Date'],
      ['kind', 'Note Kind'],
      ['clinicianName', 'Clinician'],
      ['credential', 'License'],
      ['signedOn', 'Signed'],
    ],
    charges: [
      ['recordNumber', 'Client #'],
      ['chargeId', 'Service #'],
      ['date', 'Session Date'],
      ['code', 'Service Code'],
      ['modifiers', 'Modifier'],
      ['units', 'Units'],
      ['amount', 'Fee'],
    ],
    outcomes: [
      ['recordNumber', 'Client #'],
      ['measure', 'Test Name'],
      ['score', 'Test Score'],
      ['date', 'Test Day'],
    ],
  },
};
