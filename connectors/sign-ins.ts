// The systems that let Gait in only after a person signed in at them: where the browser goes, what its code is good for, how it is kept.
import type { ConnectorContext, Outcome, Read } from './connector.ts';
import type { Grant } from './grants.ts';
import { janeAppOperations } from './jane-app/operations.ts';
import { authorizeUrl, exchangeCode } from './jane-app/sign-in.ts';
import type { Authorization } from './jane-app/sign-in.ts';

export interface SignIn {
  /** As people call the system. */
  readonly at: string;
  /** Where the browser of the person is sent. */
  readonly authorizeUrl: (authorization: Authorization) => URL;
  /** Exchanges the code that came back and keeps the tokens in the grants of the context. */
  readonly exchangeCode: (
    context: ConnectorContext,
    answer: { readonly code: string } & Pick<Authorization, 'codeVerifier' | 'redirectUri'>,
  ) => Promise<Outcome<Grant>>;
  /** Refreshes a sign-in that nobody used, so that it does not lapse. */
  readonly keep: Read<Record<string, never>, { readonly refreshExpiresAt: string | null }>;
}

const signIns: Readonly<Record<string, SignIn>> = {
  janeApp: { at: 'Jane', authorizeUrl, exchangeCode, keep: janeAppOperations['janeApp.signIn.keep'] },
};

/** Null where a system asks for no person. */
export function signInOf(system: string): SignIn | null {
  return Object.hasOwn(signIns, system) ? (signIns[system] ?? null) : null;
}
