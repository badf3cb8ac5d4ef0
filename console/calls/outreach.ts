// The calls of messages to patients, of telephone calls and of attendance.
import type { AttendanceFigures } from '../../domain/attendance/figures.ts';
import type { Channel } from '../../domain/outreach/words.ts';
import type {
  AttendancePage,
  CallList,
  ContactPreference,
  PatientMessages,
  Recommendations,
  WrittenConsent,
} from '../outreach.ts';
import type { Server } from './server.ts';

const patientPath = (patient: string): string => `/v1/console/patients/${encodeURIComponent(patient)}`;

export class OutreachCalls {
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  calls(): Promise<CallList> {
    return this.#server.get('/v1/console/calls');
  }

  patientMessages(patient: string): Promise<PatientMessages> {
    return this.#server.get(`${patientPath(patient)}/messages`);
  }

  /** The words of a message or a reply; that they are read is written down. */
  async messageWords(message: string): Promise<readonly { readonly channel: Channel | null; readonly text: string }[]> {
    const path = `/v1/console/messages/${encodeURIComponent(message)}/words`;
    return (await this.#server.get<{ words: readonly { channel: Channel | null; text: string }[] }>(path)).words;
  }

  /** How a word of a patient is known. */
  async consentEvidence(patient: string, word: number): Promise<string | null> {
    return (await this.#server.get<{ words: string | null }>(`${patientPath(patient)}/consents/${word}`)).words;
  }

  async writeConsent(patient: string, word: WrittenConsent): Promise<void> {
    await this.#server.post(`${patientPath(patient)}/consents`, word);
  }

  async setContactPreference(patient: string, preference: ContactPreference): Promise<void> {
    await this.#server.post(`${patientPath(patient)}/contact-preference`, preference);
  }

  attendance(): Promise<AttendancePage> {
    return this.#server.get('/v1/console/attendance');
  }

  lookOverAttendance(): Promise<{ readonly missedSeveral: number; readonly checkIns: number }> {
    return this.#server.post('/v1/attendance/look-over');
  }

  recommendations(): Promise<Recommendations> {
    return this.#server.get('/v1/console/recommendations');
  }

  attendanceFigures(from: string | null): Promise<AttendanceFigures> {
    const query = new URLSearchParams(from === null ? {} : { from });
    return this.#server.get(`/v1/console/attendance/figures?${query}`);
  }
}
