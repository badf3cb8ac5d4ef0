// Who may pass: finds the key or the session of a request and holds it against the endpoint's declared access.
import type { Request } from 'express';
import { GaitError } from '../../domain/errors.ts';
import type { Keys } from '../keys/keys.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { sessionCookie } from '../sessions/cookie.ts';
import type { Access, Endpoint } from './endpoint.ts';
import type { Capability, KeyPrincipal, NobodyPrincipal, Role, SessionPrincipal } from './principal.ts';
import { Refusal } from './refusals.ts';

export type Admitted = NobodyPrincipal | KeyPrincipal | SessionPrincipal;

export interface Gate {
  /** Throws `access.*` where the caller may not pass. */
  admit(endpoint: Endpoint, request: Request, cookies: Readonly<Record<string, string>>): Promise<Admitted>;
}

export function createGate(needs: {
  readonly keys: Keys;
  readonly sessions: Sessions;
  readonly temporalUiOrigin: string | null;
}): Gate {
  const byKey = async (capability: Capability, request: Request): Promise<KeyPrincipal> => {
    const principal = await needs.keys.authenticate(bearerOf(request) ?? '');
    if (!principal.capabilities.includes(capability)) {
      throw new Refusal('access.forbidden', `This key lacks the capability "${capability}".`, {
        clinic: principal.clinic,
        actor: principal.id,
      });
    }
    return principal;
  };

  const bySession = async (
    roles: readonly Role[] | 'any',
    endpoint: Endpoint,
    request: Request,
    token: string,
  ): Promise<SessionPrincipal> => {
    const principal = await needs.sessions.authenticate(token);
    const who = { clinic: principal.clinic, actor: principal.user };
    if (roles !== 'any' && !roles.some((role) => principal.roles.includes(role))) {
      throw new Refusal('access.forbidden', `This needs the role ${roles.join(' or ')}.`, who);
    }
    if (endpoint.method !== 'GET' && !comesFromOurPages(endpoint, request)) {
      throw new Refusal('access.forbidden', 'A change by a signed-in person must come from the console.', {
        ...who,
        fix: 'Send the header x-gait-console: 1.',
      });
    }
    return principal;
  };

  // A browser sends this header to another origin only after asking, and nobody else is ever told yes.
  const comesFromOurPages = (endpoint: Endpoint, request: Request): boolean =>
    request.get('x-gait-console') === '1' ||
    (endpoint.crossOrigin && needs.temporalUiOrigin !== null && request.get('origin') === needs.temporalUiOrigin);

  return {
    async admit(endpoint, request, cookies) {
      const access: Access = endpoint.access;
      if (access.kind === 'public') return { kind: 'nobody' };
      const bearer = bearerOf(request);
      const token = cookies[sessionCookie];
      if (access.kind !== 'session' && bearer !== undefined) return byKey(access.capability, request);
      if (access.kind !== 'key' && token !== undefined) return bySession(access.roles, endpoint, request, token);
      throw new GaitError(
        'access.unauthenticated',
        access.kind === 'key' ? 'An API key is needed.' : 'Nobody is signed in.',
        access.kind === 'key'
          ? { fix: 'Send it as Authorization: Bearer gait_….' }
          : { fix: 'Sign in to the console.' },
      );
    },
  };
}

/** The bearer token, the empty text for another scheme, undefined where the header is missing. */
function bearerOf(request: Request): string | undefined {
  const header = request.get('authorization');
  if (header === undefined) return undefined;
  return /^Bearer (\S{1,200})$/.exec(header)?.[1] ?? '';
}
