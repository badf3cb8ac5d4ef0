// What Gait asks of Jane besides the import: one appointment after a webhook, whether the sign-in lasts, and a connection test.
import type { ConnectionTest, Outcome, Read } from '../connector.ts';
import type { Problem } from '../csv/problems.ts';
import type { AppointmentRow, Gone } from '../pt-records/rows.ts';
import { keepSignedIn } from './sign-in.ts';
import { appointmentOf, janeSource } from './source.ts';

export interface AppointmentAsk {
  /** Jane's own id of it, as a webhook tells it. */
  readonly appointmentId: string;
  /** The clinic's zone; Jane's for the clinic where it is not given. */
  readonly zone?: string;
}

/** An appointment as it stands now. Neither row nor gone: a place held while somebody books. */
export interface AppointmentTold {
  readonly row: AppointmentRow | null;
  readonly gone: Gone | null;
  readonly problems: readonly Problem[];
  readonly asOf: string;
}

interface JaneAppOperations {
  readonly 'janeApp.appointment.get': Read<AppointmentAsk, AppointmentTold>;
  readonly 'janeApp.signIn.keep': Read<Record<string, never>, { readonly refreshExpiresAt: string | null }>;
  readonly 'janeApp.connection.test': Read<Record<string, never>, ConnectionTest>;
}

/** Room for a refresh, the call itself, once more after a 401, and the look at zone and treatments; each waits for its turn. */
const reading = { system: 'janeApp', effect: false, requestTimeoutSeconds: 360 } as const;

export const janeAppOperations: JaneAppOperations = {
  'janeApp.appointment.get': {
    ...reading,
    name: 'janeApp.appointment.get',
    run: (context, ask): Promise<Outcome<AppointmentTold>> => appointmentOf(context, ask),
  },
  'janeApp.signIn.keep': { ...reading, name: 'janeApp.signIn.keep', run: (context) => keepSignedIn(context) },
  'janeApp.connection.test': {
    ...reading,
    name: 'janeApp.connection.test',
    run: (context) => janeSource.test(context),
  },
};
