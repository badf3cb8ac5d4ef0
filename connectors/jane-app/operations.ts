// What Gait asks of Jane besides the import: what webhooks told of, whether the sign-in lasts, and a connection test.
import type { ConnectionTest, Read } from '../connector.ts';
import { changedOf } from './changed.ts';
import type { ChangedAsk, ChangedTold } from './changed.ts';
import { keepSignedIn } from './sign-in.ts';
import { janeSource } from './source.ts';

interface JaneAppOperations {
  readonly 'janeApp.changed.fetch': Read<ChangedAsk, ChangedTold>;
  readonly 'janeApp.signIn.keep': Read<Record<string, never>, { readonly refreshExpiresAt: string | null }>;
  readonly 'janeApp.connection.test': Read<Record<string, never>, ConnectionTest>;
}

/** Room for a refresh, the call itself, once more after a 401, and the look at zone and treatments; each waits for its turn. */
const reading = { system: 'janeApp', effect: false, requestTimeoutSeconds: 360 } as const;

export const janeAppOperations: JaneAppOperations = {
  'janeApp.changed.fetch': {
    ...reading,
    name: 'janeApp.changed.fetch',
    run: (context, ask) => changedOf(context, ask),
  },
  'janeApp.signIn.keep': { ...reading, name: 'janeApp.signIn.keep', run: (context) => keepSignedIn(context) },
  'janeApp.connection.test': {
    ...reading,
    name: 'janeApp.connection.test',
    run: (context) => janeSource.test(context),
  },
};
