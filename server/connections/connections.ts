// The connections of a clinic: outside systems, their settings and secrets sealed in the vault.
import type { Agreement } from './agreement.ts';
import type { Principal } from '../http/principal.ts';

export type ConnectionMode = 'live' | 'shadow';

/** What may be told of a connection: never a setting, never a secret. */
export interface ConnectionSummary {
  readonly id: string;
  readonly clinic: string;
  readonly name: string;
  readonly system: string;
  readonly mode: ConnectionMode;
  readonly agreement: Agreement | null;
  readonly testedAt: string | null;
  readonly testOutcome: string | null;
}

/** A connection as it is listed; `paused`: nothing is sent over it until a person lets it go on. */
export interface ListedConnection extends ConnectionSummary {
  readonly paused: boolean;
  /** Null: the system lets Gait in without a person. */
  readonly signIn: SignInFacts | null;
}

/** What is known of a person's sign-in at the vendor; no instant: nobody signed in, or it has no known end. */
export interface SignInFacts {
  readonly signedInAt: string | null;
  readonly lastsUntil: string | null;
  /** It is over: somebody has to sign in again. */
  readonly lapsed: boolean;
}

/** A connection with its settings and secrets: for a connector inside the server only. */
export interface OpenConnection extends ConnectionSummary {
  readonly config: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Changes with the settings or secrets: tokens obtained under another revision are of no use. */
  readonly revision: string;
}

/** What a test found: `ok` or an error code, and facts for a person. */
export interface ConnectionTestResult {
  readonly outcome: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
}

/** Asks an outside system whether a connection works. Never throws a vendor's words. */
export type ConnectionTester = (connection: OpenConnection) => Promise<ConnectionTestResult>;

export interface NewConnection {
  readonly name: string;
  readonly system: string;
  readonly mode: ConnectionMode;
  readonly config: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly agreement: Agreement | null;
}

export interface Connections {
  list(clinic: string, filter?: { readonly system?: string }): Promise<ListedConnection[]>;
  /** Throws `state.conflict` where the clinic has a connection of this name. */
  add(clinic: string, connection: NewConnection, by: Principal): Promise<ConnectionSummary>;
  /** Asks the connector whether the settings and secrets work; the outcome is stored and is never a vendor's words. */
  test(clinic: string, id: string, by: Principal): Promise<ConnectionTestResult>;
  rotate(clinic: string, id: string, secrets: Readonly<Record<string, string>>, by: Principal): Promise<void>;
  setMode(clinic: string, id: string, mode: ConnectionMode, by: Principal): Promise<void>;
  setAgreement(clinic: string, id: string, agreement: Agreement | null, by: Principal): Promise<void>;
  remove(clinic: string, id: string, by: Principal): Promise<void>;
  /** For the server only. By id or by name. Throws `connection.unknown`. `purpose` is a code: the operation's name. */
  open(clinic: string, idOrName: string, purpose: string, by: Principal): Promise<OpenConnection>;
}
