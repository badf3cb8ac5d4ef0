// The demo clinic on the real stack while a story in shortened time is played: what its PT system exports, what its staff do at the
// console, what its patients write through Twilio's sandbox. Whatever a killed process refuses is done again, as people would.
import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { todayIn } from '../../runtime/demo-clinic.ts';
import { asFlow, json, list, sandbox, signIn, text } from '../../runtime/demo/surfaces.ts';
import type { Json, Person, SurfaceSettings } from '../../runtime/demo/surfaces.ts';
import { Problem } from '../../runtime/problem.ts';
import type { Stack } from '../../runtime/stack.ts';
import { systemPrincipal } from '../../server/http/principal.ts';
import type { ClinicPatient } from '../../sandbox/clinic/model.ts';
import { encode } from '../../sandbox/reports/text.ts';
import { dialects } from '../../sandbox/webpt/dialects.ts';
import { toCsv, writeExport } from '../../sandbox/webpt/write-export.ts';
import type { HeardReply } from './account.ts';
import { patientsOf, scheduleOf } from './export.ts';
import type { StatusAt } from './export.ts';
import type { Story } from './story.ts';

const wishes = {
  discipline: 'PT',
  minutes: 45,
  therapists: null,
  wantedTherapist: null,
  locations: null,
  equipment: [],
  times: [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, from: '00:00', to: '24:00' })),
  noticeMinutes: 0,
  visitsPerWeek: null,
  daysApart: 1,
  planFrom: null,
  planTo: null,
};

const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

/** Does it again while a process is away; what is refused for good is thrown. */
export async function insisting<T>(what: string, work: () => Promise<T>, seconds = 90): Promise<T> {
  const end = Date.now() + seconds * 1_000;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const refused = error instanceof Problem && /answered 4\d\d/.test(error.message);
      if (refused || Date.now() > end) throw new Error(`${what} did not succeed`, { cause: error });
      await pause(400);
    }
  }
}

export class StackClinic {
  readonly heard: HeardReply[] = [];
  /** The story's patients and visits as Gait refers to them. */
  readonly patientRefs = new Map<string, string>();
  readonly visitRefs = new Map<string, string>();
  readonly entryRefs = new Map<string, string>();
  readonly db: pg.Pool;
  readonly story: Story;
  readonly #stack: Stack;
  readonly #settings: SurfaceSettings;
  readonly #patients: readonly ClinicPatient[];
  readonly #today: string;
  #desk: Person | null = null;
  #exports = 0;

  constructor(stack: Stack, settings: SurfaceSettings, story: Story, canary: string) {
    this.#stack = stack;
    this.#settings = settings;
    this.story = story;
    this.#today = todayIn(story.zone, new Date());
    this.#patients = patientsOf(story, this.#today, canary);
    this.db = new pg.Pool({ connectionString: stack.databaseUrl, max: 4 });
    this.db.on('error', () => undefined);
  }

  /** Imports the patients and the schedule as it stands, puts down where each patient is, and who waits for a time. */
  async prepare(statusAt: StatusAt): Promise<void> {
    const { story } = this;
    const clinic = scheduleOf(story, { today: this.#today, patients: this.#patients, statusAt });
    writeExport(clinic, dialects.standard, this.#settings.dropFolder, 'fortnight');
    await this.#import();
    await this.#know();
    for (const { ref, named, preferred } of story.patients)
      await this.desk((person) =>
        person.post(`/v1/console/patients/${this.patientRef(ref)}/contact-preference`, {
          channels: preferred,
          zone: named,
          language: null,
        }),
      );
    for (const { ref, patient, priority } of story.waiting) {
      const body = { patient: this.patientRef(patient), wishes, priority };
      const { entry } = await this.desk((person) => person.post('/v1/console/waitlist', body));
      this.entryRefs.set(ref, text(entry, 'entry'));
    }
  }

  /** The PT system exports its schedule as it stands, and it is read. */
  async exportSchedule(statusAt: StatusAt): Promise<void> {
    this.#exports += 1;
    const { appointments, encoding } = dialects.standard;
    const { visits } = scheduleOf(this.story, { today: this.#today, patients: this.#patients, statusAt });
    const name = appointments.fileName(this.#today).replace(/(\.\w+)$/, `_fortnight${this.#exports}$1`);
    const file = join(this.#settings.dropFolder, name);
    writeFileSync(`${file}.part`, encode(toCsv(appointments, visits, this.#today), encoding));
    renameSync(`${file}.part`, file);
    await this.#import();
    await this.#know();
  }

  patientRef(patient: string): string {
    return text(this.patientRefs.get(patient), `reference of ${patient}`);
  }

  /** A person at the desk does something; after the server was killed they sign in again. */
  async desk<T>(work: (person: Person) => Promise<T>): Promise<T> {
    return insisting('what the desk did', async () => {
      this.#desk ??= await signIn(this.#settings, 'admin@example.org');
      return work(this.#desk);
    });
  }

  /** Opens the freed time and lets those who wait be asked, in the order of the list: staff have found out what was unknown. */
  async openSlot(visit: string, asked: number): Promise<void> {
    const body = {
      appointment: text(this.visitRefs.get(visit), visit),
      discipline: 'PT',
      location: 'loc_1',
      equipment: [],
    };
    const { slot } = await insisting('opening a slot', () => asFlow(this.#settings, '/v1/waitlist/slots', body));
    if (typeof slot !== 'string') return;
    const { lines } = await this.desk((person) => person.get(`/v1/console/waitlist/slots/${slot}`));
    const may = list(lines)
      .filter(({ eligible }) => eligible === 'confirm')
      .slice(0, asked);
    for (const { entry } of may)
      await this.desk((person) =>
        person.post(`/v1/console/waitlist/slots/${slot}/ask`, { entry: String(entry) }),
      ).catch((error: unknown) => {
        // Somebody on the list has taken another time meanwhile.
        if (!(error instanceof Error) || !String(error.cause).includes('state.conflict')) throw error;
      });
  }

  /** A patient writes: Twilio tells the clinic until it is told that it was heard. */
  async writes(from: string, words: string, writtenAt: string): Promise<void> {
    let id: string | undefined;
    await insisting(`the reply "${words}"`, async () => {
      const told = await sandbox(this.#settings, '/twilio/replies', {
        from,
        text: words,
        ...(id === undefined ? {} : { id }),
      });
      id = text(told['id'], 'id');
      const answers: readonly unknown[] = Array.isArray(told['answers']) ? told['answers'] : [];
      if (!answers.every((status) => typeof status === 'number' && status < 300)) throw new Error('not heard');
    });
    this.heard.push({ id: id ?? '', from, text: words, at: new Date().toISOString(), writtenAt });
  }

  /** What the vendor of texts and calls does to the next requests. */
  async faults(next: readonly Json[], replace: boolean): Promise<number> {
    const answer = await sandbox(this.#settings, '/twilio/faults', { next, replace });
    return list(answer['next']).length;
  }

  async rows<Row extends pg.QueryResultRow>(query: string, values: readonly unknown[] = []): Promise<Row[]> {
    const { rows } = await this.db.query<Row>(query, [...values]);
    return rows;
  }

  async vendor(path: string): Promise<Json> {
    return json(
      await (
        await fetch(`${this.#settings.sandbox}/twilio/2010-04-01${path}`, {
          headers: { authorization: `Basic ${Buffer.from('SKtest:test').toString('base64')}` },
        })
      ).json(),
    );
  }

  mailTaken(): Promise<Json> {
    return sandbox(this.#settings, '/smtp/journal');
  }

  async #import(): Promise<void> {
    const body = { operation: 'webpt.records.import', connection: 'WebPT' };
    await insisting('the import', async () => {
      await asFlow(this.#settings, '/v1/operations', body);
      // A file that has just appeared may be still being written: it is left for the next look.
      const waiting = readdirSync(this.#settings.dropFolder).filter((name) => name.endsWith('.csv'));
      if (waiting.length > 0) throw new Error(`${waiting.length} files are not read yet`);
    });
  }

  /** Learns how Gait refers to the patients and visits: by the names and hours of the story. */
  async #know(): Promise<void> {
    if (this.patientRefs.size === 0) await this.#knowPatients();
    const patients = new Map([...this.patientRefs].map(([story, ref]) => [ref, story]));
    const rows = await this.rows<{ ref: string; patient: string; starts_at: Date }>(
      'select ref, patient, starts_at from appointments where starts_at is not null',
    );
    const at = new Map(this.story.visits.map(({ ref, patient, start }) => [`${patient} ${start}`, ref]));
    for (const { ref, patient, starts_at: start } of rows) {
      const visit = at.get(`${patients.get(patient) ?? ''} ${start.toISOString()}`);
      if (visit !== undefined) this.visitRefs.set(visit, ref);
    }
  }

  async #knowPatients(): Promise<void> {
    const services = await this.#stack.openServices();
    try {
      const rows = await this.rows<{ ref: string; clinic: string }>('select ref, clinic from patients');
      const clinic = rows[0]?.clinic ?? '';
      const opened = await services.vault.openMany(
        clinic,
        rows.map(({ ref }) => ref),
        { purpose: 'test', actor: systemPrincipal('test') },
      );
      const storyOf = new Map(
        this.#patients.map(({ name }, index) => [
          `${name.given} ${name.family}`,
          this.story.patients[index]?.ref ?? '',
        ]),
      );
      for (const [ref, record] of opened) {
        const { given, family } = json(record['name']);
        const patient = storyOf.get(`${String(given)} ${String(family)}`);
        if (patient !== undefined) this.patientRefs.set(patient, ref);
      }
    } finally {
      await services.database.close();
    }
  }
}
