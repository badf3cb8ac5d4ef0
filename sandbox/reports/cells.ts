// What stands in the cell of a field, in the words and formats of a dialect.
import { localTime, instantOf } from '../../domain/zoned-time.ts';
import type { ClinicAuthorization, ClinicVisit } from '../clinic/model.ts';
import type {
  SystemCharge,
  SystemKind,
  SystemNote,
  SystemOutcome,
  SystemPatient,
  SystemRows,
} from '../clinic/systems/model.ts';
import type { SystemDialect } from './dialect.ts';
import { clinicZone } from './writing.ts';

/** A day is told apart from a text, because a workbook counts it. */
export interface Day {
  readonly day: string;
  /** HH:MM */
  readonly time: string | null;
}

export type Cell = string | number | Day | null;

interface Writing {
  readonly dialect: SystemDialect;
  /** A visit's day and time as the clocks of the export show them. */
  readonly shown: (visit: ClinicVisit) => { readonly day: string; readonly time: string };
}

type Cells<Row> = Readonly<Record<string, (row: Row, writing: Writing) => Cell>>;

const day = (date: string | null): Day | null => (date === null ? null : { day: date, time: null });

const capital = (word: string | null): string | null =>
  word === null ? null : word.charAt(0).toUpperCase() + word.slice(1);

const patients: Cells<SystemPatient> = {
  recordNumber: ({ recordNumber }) => recordNumber,
  name: ({ name }) => `${name.family}, ${name.given}`,
  given: ({ name }) => name.given,
  family: ({ name }) => name.family,
  birthDate: ({ birthDate }) => day(birthDate),
  gender: ({ gender }, { dialect }) => dialect.words.gender[gender],
  phone: ({ contact }) => contact.phone,
  email: ({ contact }) => contact.email,
  addressLine: ({ address }) => address?.line ?? null,
  city: ({ address }) => address?.city ?? null,
  state: ({ address }) => address?.state ?? null,
  postalCode: ({ address }) => address?.postalCode ?? null,
  payerName: ({ coverage }) => coverage?.payerName ?? null,
  coverageOrder: ({ coverage }) => capital(coverage?.order ?? null),
  memberId: ({ coverage }) => coverage?.memberId ?? null,
  groupNumber: ({ coverage }) => coverage?.groupNumber ?? null,
  planName: ({ coverage }) => coverage?.planName ?? null,
  relationship: ({ coverage }) => capital(coverage?.relationship ?? null),
  coverageFrom: ({ coverage }) => day(coverage?.from ?? null),
  coverageTo: ({ coverage }) => day(coverage?.to ?? null),
  referringName: ({ referringProvider }) => referringProvider?.name ?? null,
  referringNpi: ({ referringProvider }) => referringProvider?.npi ?? null,
  renderingName: ({ renderingProvider }) => renderingProvider?.name ?? null,
  renderingNpi: ({ renderingProvider }) => renderingProvider?.npi ?? null,
  diagnoses: ({ diagnoses }) => diagnoses.map(({ code }) => code).join('; '),
};

const authorizations: Cells<ClinicAuthorization> = {
  recordNumber: ({ recordNumber }) => recordNumber,
  number: ({ number }) => number,
  payerName: ({ payerName }) => payerName,
  kind: ({ kind }) => capital(kind),
  status: ({ status }, { dialect }) => dialect.words.authorizationStatus[status],
  from: ({ from }) => day(from),
  to: ({ to }) => day(to),
  visitsRequested: ({ requested }) => requested.visits,
  visitsApproved: ({ approved }) => approved.visits,
  visitsUsed: ({ visitsUsed }) => visitsUsed,
  unitsRequested: ({ requested }) => requested.units,
  unitsApproved: ({ approved }) => approved.units,
  weekLimitVisits: ({ weekLimit }) => weekLimit?.visits ?? null,
  weekLimitWeeks: ({ weekLimit }) => weekLimit?.weeks ?? null,
  maxGapDays: ({ maxGapDays }) => maxGapDays,
  submittedOn: ({ submittedOn }) => day(submittedOn),
  decidedOn: ({ decidedOn }) => day(decidedOn),
  reason: ({ reason }) => reason,
};

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** Of a day, at whose noon both zones are asked: nobody comes while clocks are moved. */
function minutesAhead(date: string, zone: string): number {
  const instant = instantOf(`${date}T12:00`, clinicZone);
  if (instant === null) throw new Error('The visit has no day.');
  const [day = date, clock = '12:00'] = localTime(new Date(instant), zone).split('T');
  return (Date.parse(day) - Date.parse(date)) / 60_000 + minutesOf(clock) - 12 * 60;
}

function clockShower(zone: string): Writing['shown'] {
  const ahead = new Map<string, number>();
  return ({ date, time }) => {
    if (zone === clinicZone) return { day: date, time };
    const minutes = ahead.get(date) ?? minutesAhead(date, zone);
    ahead.set(date, minutes);
    const there = new Date(Date.parse(`${date}T${time}:00Z`) + minutes * 60_000).toISOString();
    return { day: there.slice(0, 10), time: there.slice(11, 16) };
  };
}

const appointments: Cells<ClinicVisit> = {
  appointmentId: ({ appointmentId }) => appointmentId,
  recordNumber: ({ recordNumber }) => recordNumber,
  date: (visit, { dialect, shown }) => {
    const at = shown(visit);
    const isSplit = dialect.columns.appointments?.some(([field]) => field === 'time') === true;
    return isSplit ? day(at.day) : { day: at.day, time: at.time };
  },
  time: (visit, { dialect, shown }) => dialect.clock(shown(visit).time),
  status: ({ status }, { dialect }) => dialect.words.appointmentStatus[status],
  type: ({ type }) => type,
  units: ({ units }) => units,
  therapist: ({ therapist }) => therapist.name,
  room: ({ room }) => room,
  minutes: ({ minutes }) => minutes,
};

const notes: Cells<SystemNote> = {
  noteId: ({ noteId }) => noteId,
  recordNumber: ({ recordNumber }) => recordNumber,
  date: ({ date }) => day(date),
  kind: ({ kind }, { dialect }) => dialect.words.noteKind[kind],
  clinicianName: ({ clinicianName }) => clinicianName,
  credential: ({ credential }) => credential,
  signedOn: ({ signedOn }) => day(signedOn),
};

const charges: Cells<SystemCharge> = {
  chargeId: ({ chargeId }) => chargeId,
  recordNumber: ({ recordNumber }) => recordNumber,
  date: ({ date }) => day(date),
  code: ({ code }) => code,
  modifiers: ({ modifiers }) => modifiers.join('; '),
  modifier1: ({ modifiers }) => modifiers[0] ?? null,
  modifier2: ({ modifiers }) => modifiers[1] ?? null,
  units: ({ units }) => units,
  amount: ({ chargeCents }) => (chargeCents / 100).toFixed(2),
};

const outcomes: Cells<SystemOutcome> = {
  recordNumber: ({ recordNumber }) => recordNumber,
  measure: ({ measure }) => measure,
  score: ({ score }) => score,
  date: ({ date }) => day(date),
};

const cells: { readonly [Kind in SystemKind]: Cells<SystemRows[Kind]> } = {
  patients,
  authorizations,
  appointments,
  notes,
  charges,
  outcomes,
};

/** Writes the cells of a row under the columns of a dialect; `spoiled` stands where it names a field. */
export type CellWriter = <Kind extends SystemKind>(
  kind: Kind,
  row: SystemRows[Kind],
  spoiled?: { readonly field: string; readonly cell: string },
) => Cell[];

export function cellWriter(dialect: SystemDialect): CellWriter {
  const writing = { dialect, shown: clockShower(dialect.zone) };
  return (kind, row, spoiled) => {
    const known: Cells<typeof row> = cells[kind];
    return (dialect.columns[kind] ?? []).map(([field]) => {
      if (field === spoiled?.field) return spoiled.cell;
      const read = known[field];
      if (read === undefined) throw new Error(`No cell is called ${field}.`);
      return read(row, writing);
    });
  };
}
