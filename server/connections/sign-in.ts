// Signing in at a vendor for a connection: an admin is sent there and comes back with a code, which only that person may redeem, once.
import { createHash, createHmac } from 'node:crypto';
import type { Failure } from '../../connectors/connector.ts';
import { signInOf } from '../../connectors/sign-ins.ts';
import { GaitError } from '../../domain/errors.ts';
import type { ServerConfig } from '../config.ts';
import type { Db } from '../database/tables.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { endpoint } from '../http/endpoint.ts';
import { reply } from '../http/reply.ts';
import type { Vendor } from '../operations/vendor.ts';
import type { Keyring } from '../vault/keyring.ts';
import { randomText } from '../vault/reference.ts';
import type { Connections } from './connections.ts';

interface Needs {
  readonly db: Db;
  readonly config: Pick<ServerConfig, 'publicUrl'>;
  readonly now: () => Date;
  readonly keyring: Keyring;
  readonly connections: Connections;
  readonly vendor: Vendor;
}

const openMinutes = 10;
const exchangeSeconds = 90;
const access = { kind: 'session', roles: ['admin'] } as const;
const startAgain = 'Start the sign-in again, on the page of connections.';
const word = { type: 'string', minLength: 1, maxLength: 4000 } as const;

/** `/v1/admin/connections/:id/sign-in` begins, `/v1/signed-in` is where the vendor sends the browser back to. */
export function signInEndpoints(needs: Needs): Endpoint[] {
  const { db, config, now, keyring, connections, vendor } = needs;
  const redirectUri = `${config.publicUrl}/v1/signed-in`;
  const digest = (state: string): Buffer => createHash('sha256').update(state).digest();
  // Made of the state, so that nothing secret is kept: neither the database nor the browser alone can make it.
  const verifierOf = (masterKey: string, clinic: string, state: string): string =>
    createHmac('sha256', keyring.derive('sign-in', masterKey, clinic))
      .update(state)
      .digest('base64url');

  return [
    endpoint({
      method: 'POST',
      path: '/v1/admin/connections/:id/sign-in',
      access,
      async handle({ params, clinic, principal }) {
        const connection = await connections.open(clinic, params.id, 'connection.signIn', principal);
        const signIn = signInOf(connection.system);
        if (signIn === null)
          throw new GaitError('input.invalid', 'This system asks for no sign-in.', { where: 'connection' });
        const state = randomText(43);
        const url = signIn.authorizeUrl({
          config: connection.config,
          secrets: connection.secrets,
          state,
          codeVerifier: verifierOf(keyring.current, clinic, state),
          redirectUri,
        });
        await db.deleteFrom('connection_sign_ins').where('until', '<=', now()).execute();
        await db
          .insertInto('connection_sign_ins')
          .values({
            state: digest(state),
            connection: connection.id,
            clinic,
            person: principal.user,
            master_key: keyring.current,
            until: new Date(now().getTime() + openMinutes * 60_000),
          })
          .execute();
        return { url: url.href };
      },
    }),
    endpoint({
      method: 'GET',
      path: '/v1/signed-in',
      // From the vendor's pages the browser brings no cookie of ours. Nothing happens here: the console asks its person to go on.
      access: { kind: 'public' },
      query: { type: 'object', properties: { state: word, code: word, error: word } },
      handle({ query }) {
        const told = new URLSearchParams();
        for (const name of ['state', 'code', 'error'] as const) {
          const value = query[name];
          if (value !== undefined) told.set(name, value);
        }
        // Behind the #, it is sent to nobody and stands in nobody's log.
        return Promise.resolve(reply(302, {}, { location: `/console/signed-in#${told.toString()}` }));
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/signed-in',
      access,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['state', 'code'],
        properties: { state: word, code: word },
      },
      async handle({ body: { state, code }, clinic, principal }) {
        // Taken away before anything is asked: whatever becomes of it, it was good once.
        const begun = await db
          .deleteFrom('connection_sign_ins')
          .where('state', '=', digest(state))
          .where('clinic', '=', clinic)
          .where('person', '=', principal.user)
          .where('until', '>', now())
          .returning(['connection', 'master_key'])
          .executeTakeFirst();
        if (begun === undefined || !keyring.ids.includes(begun.master_key))
          throw new GaitError(
            'access.forbidden',
            'This sign-in is not yours, was finished before, or took longer than ten minutes.',
            { fix: startAgain },
          );
        const { id, name, system } = await connections.open(clinic, begun.connection, 'connection.signIn', principal);
        const signIn = signInOf(system);
        if (signIn === null)
          throw new GaitError('input.invalid', 'This system asks for no sign-in.', { where: 'connection' });
        const context = await vendor.open({
          clinic,
          connection: id,
          system,
          purpose: 'connection.signIn',
          by: principal,
          timeoutSeconds: exchangeSeconds,
        });
        const codeVerifier = verifierOf(begun.master_key, clinic, state);
        const outcome = await signIn.exchangeCode(context, { code, codeVerifier, redirectUri });
        if (outcome.kind !== 'done') throw refusalOf(outcome, signIn.at);
        const { signedInAt, refreshExpiresAt } = outcome.result;
        return { connection: { id, name }, signedInAt, lastsUntil: refreshExpiresAt };
      },
    }),
  ];
}

function refusalOf(failure: Failure, at: string): GaitError {
  const [reason] = failure.kind === 'rejected' ? failure.reasons : [];
  if (reason?.code === 'another-clinic')
    return new GaitError('connection.credentials', `The sign-in at ${at} was for another clinic.`, {
      where: 'clinicUrl',
      fix: 'Sign in at the clinic of this connection, or correct its address.',
    });
  if (reason?.code === 'sign-in-again')
    return new GaitError('connection.credentials', `${at} did not take the sign-in.`, { fix: startAgain });
  if (failure.code === 'connection.credentials')
    return new GaitError('connection.credentials', `${at} refused the client id or secret of this connection.`, {
      fix: 'Renew the secrets, then sign in again.',
    });
  return new GaitError(failure.code, `${at} did not answer as expected.`, { fix: startAgain });
}
