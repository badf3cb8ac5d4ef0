// Who asks: nobody, an API key, a signed-in person, or the server itself.

export const roles = ['frontDesk', 'biller', 'therapist', 'clinicalSpecialist', 'admin'] as const;
export type Role = (typeof roles)[number];

export const capabilities = ['flows', 'worker', 'admin'] as const;
export type Capability = (typeof capabilities)[number];

export interface NobodyPrincipal {
  readonly kind: 'nobody';
}

/** `clinic` null: the key serves every clinic and each call names one. */
export interface KeyPrincipal {
  readonly kind: 'key';
  readonly id: string;
  readonly name: string;
  readonly clinic: string | null;
  readonly capabilities: readonly Capability[];
  readonly expiresAt: Date | null;
}

export interface SessionPrincipal {
  readonly kind: 'session';
  readonly user: string;
  readonly displayName: string;
  readonly clinic: string;
  readonly roles: readonly Role[];
  /** Identifies the session row; never the cookie's value. */
  readonly session: string;
}

/** The server at its own work; `behalf` is the id of the key or user that caused it. */
export interface SystemPrincipal {
  readonly kind: 'system';
  readonly process: string;
  readonly behalf: string | null;
}

export type Principal = NobodyPrincipal | KeyPrincipal | SessionPrincipal | SystemPrincipal;

/** The server acting on its own account, caused by `cause` where there is one. `process` is a code such as `effects`. */
export function systemPrincipal(process: string, cause?: Principal): SystemPrincipal {
  return { kind: 'system', process, behalf: cause === undefined ? null : behalfOf(cause) };
}

/** How a principal is written in an audit entry: an id or a code, never a name. */
export function actorOf(principal: Principal): string {
  switch (principal.kind) {
    case 'nobody':
      return 'nobody';
    case 'key':
      return principal.id;
    case 'session':
      return principal.user;
    case 'system':
      return principal.behalf === null
        ? `system:${principal.process}`
        : `system:${principal.process}:${principal.behalf}`;
  }
}

function behalfOf(principal: Principal): string | null {
  if (principal.kind === 'nobody') return null;
  return principal.kind === 'system' ? principal.behalf : actorOf(principal);
}
