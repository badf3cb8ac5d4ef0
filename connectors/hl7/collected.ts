// The rows of one piece as its messages tell them one after the other: what is told again replaces what was told before.
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { Problem } from '../csv/problems.ts';
import type {
  AppointmentRow,
  ChargeRow,
  Gone,
  NoteRow,
  OutcomeRow,
  PatientRow,
  RecordKind,
  RowsByKind,
  RowsOf,
} from '../pt-records/rows.ts';

type Told = Exclude<RecordKind, 'authorizations'>;

/** Rows by what they speak of, in the order in which each was last told. */
class Latest<Row> {
  readonly #rows = new Map<string, Row>();
  #nameless = 0;
  duplicates = 0;

  /** `key` null: nothing tells whether two rows speak of the same, so each stands. */
  put(key: string | null, row: Row): void {
    const own = key ?? `#${(this.#nameless += 1)}`;
    const before = this.#rows.get(own);
    if (before !== undefined && canonicalJson(before) === canonicalJson(row)) this.duplicates += 1;
    this.#rows.delete(own);
    this.#rows.set(own, row);
  }

  /** Whether there was such a row. */
  drop(key: string): boolean {
    return this.#rows.delete(key);
  }

  get rows(): Row[] {
    return [...this.#rows.values()];
  }
}

const told: readonly Told[] = ['patients', 'appointments', 'notes', 'charges', 'outcomes'];

/** What a key is made of must not be mistaken for what another is made of. */
const keyOf = (...parts: readonly (string | null)[]): string => JSON.stringify(parts);

export class Collected {
  readonly #patients = new Latest<readonly PatientRow[]>();
  readonly #rows = {
    appointments: new Latest<AppointmentRow>(),
    notes: new Latest<NoteRow>(),
    charges: new Latest<ChargeRow>(),
    outcomes: new Latest<OutcomeRow>(),
  };
  readonly #gone = new Map<string, Gone>();
  readonly #problems: Readonly<Record<Told, Problem[]>> = {
    patients: [],
    appointments: [],
    notes: [],
    charges: [],
    outcomes: [],
  };

  /** Problems of a kind, to be added to; those of no kind stand with the patients. */
  problemsOf(kind: RecordKind): Problem[] {
    return this.#problems[kind === 'authorizations' ? 'patients' : kind];
  }

  /** All rows of one patient; they take the place of what was told of it before. */
  patient(rows: readonly PatientRow[]): void {
    const id = rows[0]?.recordNumber ?? '';
    this.#gone.delete(keyOf('patient', id));
    this.#patients.put(id, rows);
  }

  appointment(row: AppointmentRow): void {
    if (row.appointmentId !== null) this.#gone.delete(keyOf('appointment', row.appointmentId));
    this.#rows.appointments.put(row.appointmentId, row);
  }

  note(row: NoteRow): void {
    this.#rows.notes.put(row.noteId, row);
  }

  charge(row: ChargeRow): void {
    this.#rows.charges.put(row.chargeId, row);
  }

  outcome(row: OutcomeRow): void {
    this.#rows.outcomes.put(keyOf(row.recordNumber, row.measure, row.date), row);
  }

  /** Takes back what was told before in this piece. False: nothing was, and whoever reads has to tell. */
  withdraw(kind: 'notes' | 'charges', id: string): boolean {
    return this.#rows[kind].drop(id);
  }

  leave(gone: Gone): void {
    if (gone.of === 'patient') this.#patients.drop(gone.id);
    else this.#rows.appointments.drop(gone.id);
    this.#gone.set(keyOf(gone.of, gone.id), gone);
  }

  get gone(): readonly Gone[] {
    return [...this.#gone.values()];
  }

  #of<Kind extends Told>(kind: Kind, rows: readonly RowsByKind[Kind][], duplicates: number): RowsOf<Kind> {
    return { kind, rows, problems: this.#problems[kind], duplicates };
  }

  /** What there is to tell, in the order it is stored. */
  rows(): readonly { readonly [Kind in Told]: RowsOf<Kind> }[Told][] {
    const { appointments, notes, charges, outcomes } = this.#rows;
    const all = [
      this.#of('patients', this.#patients.rows.flat(), this.#patients.duplicates),
      this.#of('appointments', appointments.rows, appointments.duplicates),
      this.#of('notes', notes.rows, notes.duplicates),
      this.#of('charges', charges.rows, charges.duplicates),
      this.#of('outcomes', outcomes.rows, outcomes.duplicates),
    ];
    return all.filter(({ rows, problems }) => rows.length > 0 || problems.length > 0);
  }
}

export { told as toldKinds };
