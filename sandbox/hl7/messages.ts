// The synthetic clinic as the messages of a PT system: patients, visits, charges, notes and scores, in the words of a dialect.
import { createHash } from 'node:crypto';
import type { Clinic, ClinicCoverage, ClinicPatient, ClinicVisit } from '../clinic/model.ts';
import type { Hl7Dialect } from './dialects.ts';
import { components, day, moment, segment, value } from './segments.ts';

export interface PtMessage {
  readonly type: string;
  readonly event: string;
  readonly controlId: string;
  /** Segments, the header first. */
  readonly segments: readonly string[];
}

export const messageKinds = ['patients', 'appointments', 'charges', 'notes', 'outcomes'] as const;
export type MessageKind = (typeof messageKinds)[number];

/** What the clinic's fees are here: so many dollars a unit. */
const dollarsPerUnit = 45;

export class PtSystem {
  readonly #clinic: Clinic;
  readonly #dialect: Hl7Dialect;
  readonly #zone: string;

  constructor(clinic: Clinic, dialect: Hl7Dialect, zone: string) {
    this.#clinic = clinic;
    this.#dialect = dialect;
    this.#zone = zone;
  }

  message(type: string, event: string, subject: string, segments: readonly string[]): PtMessage {
    const { id, application, facility, version } = this.#dialect;
    const controlId = createHash('sha256').update([id, type, event, subject].join(' ')).digest('hex').slice(0, 20);
    const header = [
      'MSH|^~\\&',
      value(application),
      value(facility),
      'GAIT',
      'STRIDE',
      moment(this.#clinic.today, '06:30', this.#dialect, this.#zone),
      '',
      `${type}^${event}`,
      controlId,
      'P',
      version,
    ].join('|');
    return { type, event, controlId, segments: [header, ...segments] };
  }

  #case(text: string): string {
    return this.#dialect.upperCase ? text.toUpperCase() : text;
  }

  #identifiers(recordNumber: string): string {
    const { authority, idType, foreignAuthority } = this.#dialect;
    const own = components(this.#dialect.recordNumber(recordNumber), null, null, authority, idType);
    const foreign = components(`X${recordNumber}`, null, null, foreignAuthority, 'EE');
    return foreignAuthority === null ? own : `${foreign}~${own}`;
  }

  #telecoms({ phone, email }: ClinicPatient['contact']): string {
    const [, area = '', local = ''] = /^\((\d{3})\) (.*)$/.exec(phone ?? '') ?? [];
    const parts =
      this.#dialect.splitPhone && area !== ''
        ? components(null, 'PRN', 'PH', null, null, area, local.replace('-', ''))
        : components(phone, 'PRN', 'PH');
    return [phone === null ? '' : parts, email === null ? '' : components(null, 'NET', 'Internet', email)]
      .filter((one) => one !== '')
      .join('~');
  }

  #pid(patient: ClinicPatient): string {
    const { name, address, birthDate, gender, contact, recordNumber } = patient;
    const at = address === null ? '' : components(address.line, null, address.city, address.state, address.postalCode);
    const legal = components(this.#case(name.family), this.#case(name.given), null, null, null, null, 'L');
    return segment('PID', {
      1: '1',
      3: this.#identifiers(recordNumber),
      // What friends call somebody stands before the legal name in one of the systems.
      5:
        this.#dialect.id === 'clinicient'
          ? `${components('Nick', 'Name', null, null, null, null, 'N')}~${legal}`
          : legal,
      7: day(birthDate, this.#dialect),
      8: this.#dialect.words.gender[gender],
      11: at,
      13: this.#telecoms(contact),
    });
  }

  #in1(coverage: ClinicCoverage, place: number): string {
    return segment('IN1', {
      1: String(place),
      2: components(null, coverage.planName),
      4: value(this.#case(coverage.payerName)),
      8: value(coverage.groupNumber),
      12: day(coverage.from, this.#dialect),
      13: day(coverage.to, this.#dialect),
      17: value(this.#dialect.words.relationship[coverage.relationship]),
      22: String(['primary', 'secondary', 'tertiary'].indexOf(coverage.order) + 1),
      36: value(coverage.memberId),
    });
  }

  /** ADT of one patient: A28 is new, A08 and A31 changed, A29 deleted. */
  patient(patient: ClinicPatient, event = 'A28'): PtMessage {
    const doctor = (of: ClinicPatient['referringProvider']): string => {
      const words = of?.name.split(' ') ?? [];
      return of === null ? '' : components(of.npi, words.at(-1) ?? null, words.slice(0, -1).join(' '));
    };
    return this.message('ADT', event, patient.recordNumber, [
      `EVN|${event}|${moment(this.#clinic.today, '06:30', this.#dialect, this.#zone)}`,
      this.#pid(patient),
      segment('PV1', { 1: '1', 2: 'O', 7: doctor(patient.renderingProvider), 8: doctor(patient.referringProvider) }),
      ...patient.diagnoses.map(({ code }, index) =>
        segment('DG1', { 1: String(index + 1), 3: components(code, null, 'I10') }),
      ),
      'GT1|1||GUARANTOR^NOBODY',
      ...[patient.coverage, ...patient.further].map((coverage, index) => this.#in1(coverage, index + 1)),
    ]);
  }

  /** ADT^A40: `old` has become part of the patient. */
  merge(patient: ClinicPatient, old: string): PtMessage {
    const mrg = segment('MRG', { 1: this.#identifiers(old) });
    return this.message('ADT', 'A40', `${patient.recordNumber} ${old}`, ['EVN|A40', this.#pid(patient), mrg]);
  }

  #patientOf(recordNumber: string): ClinicPatient {
    const found = this.#clinic.patients.find((one) => one.recordNumber === recordNumber);
    if (found === undefined) throw new Error('The clinic has a visit of nobody.');
    return found;
  }

  visit(visit: ClinicVisit): PtMessage {
    const { eventsOfTheirOwn, words } = this.#dialect;
    const own = { booked: 'S12', arrived: 'S14', cancelled: 'S15', missed: 'S26' }[visit.status];
    const event = eventsOfTheirOwn ? own : visit.status === 'booked' ? 'S12' : 'S14';
    const start = moment(visit.date, visit.time, this.#dialect, this.#zone);
    const [given = '', family = ''] = visit.therapist.name.split(' ');
    return this.message('SIU', event, visit.appointmentId, [
      segment('SCH', {
        1: `P-${visit.appointmentId}`,
        2: value(visit.appointmentId),
        8: components(null, visit.type),
        9: String(visit.minutes),
        10: 'min',
        11: components(null, null, null, start),
        25: value(words.visit[visit.status]),
      }),
      this.#pid(this.#patientOf(visit.recordNumber)),
      segment('AIS', { 1: '1', 3: components('V', visit.type), 4: start }),
      segment('AIP', { 1: '1', 3: components(null, family, given) }),
      segment('AIL', { 1: '1', 3: components(null, visit.room) }),
    ]);
  }

  /** DFT^P03 of a visit that was kept: every planned procedure, one unit of each. */
  charges(visit: ClinicVisit): PtMessage {
    const patient = this.#patientOf(visit.recordNumber);
    const lines = (patient.planOfCare?.procedures ?? []).map(({ code }, index) =>
      segment('FT1', {
        1: String(index + 1),
        2: `${visit.appointmentId}-${index + 1}`,
        4: day(visit.date, this.#dialect),
        6: 'CG',
        10: '1',
        11: `${dollarsPerUnit}.00&USD`,
        25: components(code, null, 'C4'),
        26: 'GP',
      }),
    );
    return this.message('DFT', 'P03', visit.appointmentId, [this.#pid(patient), ...lines]);
  }

  /** MDM^T02 of a visit that was kept: its note, signed at noon of the day. */
  note(visit: ClinicVisit, isFirst: boolean): PtMessage {
    const patient = this.#patientOf(visit.recordNumber);
    const [given = '', family = ''] = patient.renderingProvider?.name.split(' ') ?? [];
    const signed = moment(visit.date, '12:00', this.#dialect, this.#zone);
    const signer = `^${value(family)}^${value(given)}^^^^PT^^^^^^^^${signed}`;
    return this.message('MDM', 'T02', visit.appointmentId, [
      this.#pid(patient),
      segment('TXA', {
        1: '1',
        2: value(this.#dialect.words.notes[isFirst ? 'evaluation' : 'daily']),
        4: moment(visit.date, visit.time, this.#dialect, this.#zone),
        9: components(null, family, given, null, null, null, 'PT'),
        12: `N-${visit.appointmentId}`,
        17: 'LA',
        22: signer,
      }),
      'OBX|1|TX|NOTE||Patient reports pain going down stairs.||||||F',
    ]);
  }

  /** ORU^R01: the scores of a patient's outcome measures. */
  outcomes(patient: ClinicPatient): PtMessage {
    const scores = patient.clinical.outcomeMeasures.map(({ measure, score, date }, index) =>
      segment('OBX', {
        1: String(index + 1),
        2: 'NM',
        3: components(`M${index}`, measure, 'L'),
        5: String(score),
        11: 'F',
        14: day(date, this.#dialect),
      }),
    );
    const obr = segment('OBR', { 1: '1', 3: `R-${patient.recordNumber}`, 4: 'OUTCOMES^Outcome measures' });
    return this.message('ORU', 'R01', patient.recordNumber, [this.#pid(patient), obr, ...scores]);
  }

  /** All messages of a kind, as they would come over the weeks. */
  of(kind: MessageKind): PtMessage[] {
    const { patients, visits } = this.#clinic;
    const kept = visits.filter(({ status }) => status === 'arrived');
    const firsts = new Set<string>();
    const isFirst = ({ recordNumber }: ClinicVisit): boolean =>
      !firsts.has(recordNumber) && Boolean(firsts.add(recordNumber));
    switch (kind) {
      case 'patients':
        return patients.map((one) => this.patient(one));
      case 'appointments':
        return visits.map((one) => this.visit(one));
      case 'charges':
        return kept
          .filter(({ recordNumber }) => (this.#patientOf(recordNumber).planOfCare?.procedures.length ?? 0) > 0)
          .map((one) => this.charges(one));
      case 'notes':
        return kept.map((one) => this.note(one, isFirst(one)));
      case 'outcomes':
        return patients.filter(({ clinical }) => clinical.outcomeMeasures.length > 0).map((one) => this.outcomes(one));
    }
  }
}
