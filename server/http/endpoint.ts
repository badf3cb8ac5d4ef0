// The declaration of an endpoint: what it is called, who may call it, what it takes. Nothing is mounted without one.
import type { FromSchema, JSONSchema } from 'json-schema-to-ts';
import type { Capability, KeyPrincipal, NobodyPrincipal, Role, SessionPrincipal } from './principal.ts';

/** Who may call. A session that changes something must also carry `x-gait-console: 1`. */
export type Access =
  | { readonly kind: 'public' }
  | { readonly kind: 'key'; readonly capability: Capability }
  | { readonly kind: 'session'; readonly roles: readonly Role[] | 'any' }
  | { readonly kind: 'keyOrSession'; readonly capability: Capability; readonly roles: readonly Role[] | 'any' };

type PrincipalOf<A extends Access> = A extends { kind: 'public' }
  ? NobodyPrincipal
  : A extends { kind: 'key' }
    ? KeyPrincipal
    : A extends { kind: 'session' }
      ? SessionPrincipal
      : KeyPrincipal | SessionPrincipal;

type ClinicOf<A extends Access> = A extends { kind: 'public' } ? null : string;

type ParameterNames<Path extends string> = string extends Path
  ? string
  : Path extends `${string}:${infer Name}/${infer Rest}`
    ? Name | ParameterNames<`/${Rest}`>
    : Path extends `${string}:${infer Name}`
      ? Name
      : Path extends `${string}*${infer Name}`
        ? Name
        : never;

type Shape<S> = [S] extends [never] ? undefined : S extends JSONSchema ? FromSchema<S> : undefined;

/**
 * One call, after access and shape were checked. `clinic` is the key's, the session's, or, for a key that serves every
 * clinic, the one that the body (`clinic`) names and that exists; null on a public endpoint. `address` is the caller's IP.
 */
export interface Call<P, Clinic, Body, Query, Parameters> {
  readonly principal: P;
  readonly clinic: Clinic;
  readonly body: Body;
  readonly query: Query;
  readonly params: Parameters;
  readonly requestId: string;
  readonly address: string;
  readonly cookies: Readonly<Record<string, string>>;
  /** A header of the request, for senders that prove themselves by one of their own. */
  readonly header: (name: string) => string | undefined;
  /** The body as it came, byte by byte, where the endpoint asked for it: a sender signs these. */
  readonly rawBody: Uint8Array | null;
}

export interface EndpointDefinition<Path extends string, A extends Access, B, Q> {
  readonly method: 'GET' | 'POST';
  /** Express path; `:name` is one segment. */
  readonly path: Path;
  readonly access: A;
  /** JSON Schema 2020-12 of the body. A POST without one ignores its body. */
  readonly body?: B;
  /** JSON Schema of the query; texts are coerced to numbers and booleans where it says so. */
  readonly query?: Q;
  /** About the whole installation: a key that serves every clinic need name none, and `clinic` is then the chain of the system. */
  readonly installation?: boolean;
  /** Whether the pages of Temporal's own user interface may call it; no other origin ever may. */
  readonly crossOrigin?: boolean;
  /** Largest body, in bytes; one mebibyte where nothing is said. */
  readonly bodyBytes?: number;
  /** Whether the handler needs the bytes of the body beside what they say. */
  readonly keepsRawBody?: boolean;
  /** A form instead of JSON, for senders that know no other: its bytes are the raw body, and nobody has read them. */
  readonly takesForm?: boolean;
  /** Answers with the JSON body of a 200, or with a `reply(...)`. A GET runs where PostgreSQL refuses to write. */
  handle(
    call: Call<PrincipalOf<A>, ClinicOf<A>, Shape<B>, Shape<Q>, { readonly [Name in ParameterNames<Path>]: string }>,
  ): Promise<unknown>;
}

/** A call as the pipeline holds it, before a definition narrows it. */
export type AnyCall = Call<
  NobodyPrincipal | KeyPrincipal | SessionPrincipal,
  string | null,
  unknown,
  unknown,
  Readonly<Record<string, string>>
>;

/** A declared endpoint, ready to be mounted. */
export interface Endpoint {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly access: Access;
  readonly body: JSONSchema | undefined;
  readonly query: JSONSchema | undefined;
  readonly bodyBytes: number;
  readonly keepsRawBody: boolean;
  readonly takesForm: boolean;
  readonly installation: boolean;
  readonly crossOrigin: boolean;
  run(call: AnyCall): Promise<unknown>;
}

/** Declares an endpoint. Throws at start when the access is missing, whatever the compiler was told. */
export function endpoint<
  const Path extends string,
  const A extends Access,
  const B extends JSONSchema = never,
  const Q extends JSONSchema = never,
>(definition: EndpointDefinition<Path, A, B, Q>): Endpoint {
  const { method, path, access } = definition;
  if (!hasAccess(access)) throw new Error(`${method} ${path} declares no access: say who may call it.`);
  const erased: { handle(call: AnyCall): Promise<unknown> } = definition;
  return {
    method,
    path,
    access,
    body: definition.body,
    query: definition.query,
    bodyBytes: definition.bodyBytes ?? 1_048_576,
    keepsRawBody: definition.keepsRawBody ?? false,
    takesForm: definition.takesForm ?? false,
    installation: definition.installation ?? false,
    crossOrigin: definition.crossOrigin ?? false,
    run: (call) => erased.handle(call),
  };
}

function hasAccess(access: Access | undefined): boolean {
  return access !== undefined && ['public', 'key', 'session', 'keyOrSession'].includes(access.kind);
}
