// The appointments that webhooks told of, as they stand now, with the patients nobody knows yet: by their ids, and nothing else is read.
import type { ConnectorContext, Failure, Outcome } from '../connector.ts';
import { textAt } from '../json.ts';
import type { Gone, RowsOf } from '../pt-records/rows.ts';
import { isFailure, vendorTime } from '../rest/answer.ts';
import { getFromJane } from './client.ts';
import { goneOf } from './rows.ts';
import { appointmentsIn, patientsIn, treatmentsOf, zoneFor } from './source.ts';

export interface ChangedAsk {
  /** Jane's own ids, as webhooks tell them, each once. */
  readonly appointmentIds: readonly string[];
  /** The clinic's zone; Jane's for the clinic where it is not given. */
  readonly zone?: string;
  /** Whether a patient of Jane's id was told of before. */
  readonly isKnown: (patientId: string) => Promise<boolean>;
}

/** An appointment that is neither a row nor gone is a place held while somebody books. */
export interface ChangedTold {
  readonly patients: RowsOf<'patients'>;
  readonly appointments: RowsOf<'appointments'>;
  readonly gone: readonly Gone[];
  /** When Jane said so, ISO UTC; null where nothing was told. */
  readonly asOf: string | null;
  /** The ids that were asked for, whatever came of it. */
  readonly asked: readonly string[];
  /** Ids that Jane does not know, or refuses to tell of. */
  readonly unknown: number;
  /** Why the others were not asked for: what was told before it stands. */
  readonly failure: Failure | null;
}

interface Got {
  readonly item: unknown;
  readonly asOf: string;
}

/** Null: Jane knows no such record, or tells nothing of it; asked again it would say the same. */
async function getOne(context: ConnectorContext, path: string, id: string): Promise<Got | Failure | null> {
  const answer = await getFromJane(context, `${path}/${encodeURIComponent(id)}`);
  if (isFailure(answer)) return answer.kind === 'rejected' ? null : answer;
  return { item: answer.json, asOf: vendorTime(context, answer) };
}

export async function changedOf(context: ConnectorContext, ask: ChangedAsk): Promise<Outcome<ChangedTold>> {
  const [zone, treatments] = [await zoneFor(context, ask.zone), await treatmentsOf(context)];
  if (typeof zone !== 'string') return zone;
  if (isFailure(treatments)) return treatments;
  const appointments: unknown[] = [];
  const patients = new Map<string, unknown>();
  const gone: Gone[] = [];
  const asked: string[] = [];
  let asOf: string | null = null;
  let unknown = 0;
  let failure: Failure | null = null;
  for (const id of ask.appointmentIds) {
    context.signal.throwIfAborted();
    const got = await getOne(context, '/appointments', id);
    if (got !== null && isFailure(got)) {
      failure = got;
      break;
    }
    const patientId = got === null ? null : textAt(got.item, 'patient_id');
    const isNew = patientId !== null && !patients.has(patientId) && !(await ask.isKnown(patientId));
    const person = isNew ? await getOne(context, '/patients', patientId) : null;
    if (person !== null && isFailure(person)) {
      failure = person;
      break;
    }
    asked.push(id);
    if (got === null) {
      unknown += 1;
      continue;
    }
    ({ asOf } = got);
    appointments.push(got.item);
    gone.push(...goneOf('appointment', got.item));
    if (patientId !== null && person !== null) patients.set(patientId, person.item);
  }
  if (asked.length === 0 && failure !== null) return failure;
  return {
    kind: 'done',
    result: {
      patients: patientsIn([...patients.values()]),
      appointments: appointmentsIn(appointments, zone, treatments),
      gone,
      asOf,
      asked,
      unknown,
      failure,
    },
  };
}
