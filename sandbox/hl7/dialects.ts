// How three PT systems tell of the same clinic in HL7: other names, numbers, versions, clocks, words and spellings.

export interface Hl7Dialect {
  readonly id: 'webpt' | 'clinicient' | 'raintree';
  readonly application: string;
  readonly facility: string;
  readonly version: string;
  readonly authority: string;
  readonly idType: string;
  /** The system's own number of a patient of the clinic ("PT10001"). */
  readonly recordNumber: (clinics: string) => string;
  /** A further identifier in PID-3, of somebody else. */
  readonly foreignAuthority: string | null;
  readonly upperCase: boolean;
  /** Times on the clinic's clock; on it with its offset; or in UTC. */
  readonly clock: 'local' | 'offset' | 'utc';
  /** Whether a birth date carries a midnight. */
  readonly datesWithTime: boolean;
  readonly lineEnd: '\r' | '\r\n';
  /** Area code and number in components of their own. */
  readonly splitPhone: boolean;
  /** A cancelled or missed visit has an event of its own (S15, S26), or is a change (S14) with a status. */
  readonly eventsOfTheirOwn: boolean;
  readonly words: {
    readonly gender: Readonly<Record<'female' | 'male' | 'other' | 'unknown', string>>;
    readonly relationship: Readonly<Record<'self' | 'spouse' | 'child' | 'other' | 'unknown', string>>;
    readonly visit: Readonly<Record<'booked' | 'arrived' | 'cancelled' | 'missed', string>>;
    readonly notes: Readonly<Record<'evaluation' | 'daily', string>>;
  };
}

const usual = {
  gender: { female: 'F', male: 'M', other: 'O', unknown: 'U' },
  relationship: { self: 'SEL', spouse: 'SPO', child: 'CHD', other: 'OTH', unknown: 'UNK' },
} as const;

const digitsOf = (number: string): string => number.replace(/\D/g, '');

export const hl7Dialects: Readonly<Record<Hl7Dialect['id'], Hl7Dialect>> = {
  webpt: {
    id: 'webpt',
    application: 'WEBPT',
    facility: 'STRIDE',
    version: '2.5.1',
    authority: 'WEBPT',
    idType: 'MR',
    recordNumber: digitsOf,
    foreignAuthority: null,
    upperCase: false,
    clock: 'local',
    datesWithTime: false,
    lineEnd: '\r',
    splitPhone: false,
    eventsOfTheirOwn: true,
    words: {
      ...usual,
      visit: { booked: 'Scheduled', arrived: 'Completed', cancelled: 'Cancelled', missed: 'No Show' },
      notes: { evaluation: 'Initial Evaluation', daily: 'Daily Note' },
    },
  },
  clinicient: {
    id: 'clinicient',
    application: 'INSIGHT',
    facility: '0042',
    version: '2.3.1',
    authority: 'CLINICIENT',
    idType: 'PI',
    recordNumber: (number) => `C${digitsOf(number).padStart(8, '0')}`,
    foreignAuthority: 'MERIDIAN HIE',
    upperCase: false,
    clock: 'offset',
    datesWithTime: false,
    lineEnd: '\r',
    splitPhone: true,
    eventsOfTheirOwn: false,
    words: {
      gender: { female: 'Female', male: 'Male', other: 'Other', unknown: 'Unknown' },
      relationship: { self: 'Self', spouse: 'Spouse', child: 'Child', other: 'Other', unknown: 'Unknown' },
      visit: { booked: 'Booked', arrived: 'Checked Out', cancelled: 'Canceled', missed: 'Noshow' },
      notes: { evaluation: 'IE', daily: 'DN' },
    },
  },
  raintree: {
    id: 'raintree',
    application: 'RAINTREE',
    facility: 'STRIDE PT',
    version: '2.4',
    authority: 'RT',
    idType: 'MR',
    recordNumber: (number) => `RT-${digitsOf(number)}`,
    foreignAuthority: 'OLD EMR',
    upperCase: true,
    clock: 'utc',
    datesWithTime: true,
    lineEnd: '\r\n',
    splitPhone: false,
    eventsOfTheirOwn: true,
    words: {
      gender: { female: 'F', male: 'M', other: 'X', unknown: 'U' },
      relationship: { self: '18', spouse: '01', child: '19', other: 'G8', unknown: '21' },
      // Words no list knows unless the clinic's settings name them.
      visit: { booked: 'SCHED', arrived: 'KEPT', cancelled: 'CXL', missed: 'NS' },
      notes: { evaluation: 'EVALUATION', daily: 'TX NOTE' },
    },
  },
};
