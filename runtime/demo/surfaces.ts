// What anyone can reach of a running Gait: the console's API as a signed-in person, the flows' API, the drop folder, the payer's sandbox.
import { readFileSync } from 'node:fs';
import { Problem } from '../problem.ts';
import type { Stack } from '../stack.ts';

/** Addresses and credentials of a stack; the files' contents, not their names. */
export interface SurfaceSettings {
  readonly server: string;
  readonly sandbox: string;
  readonly dropFolder: string;
  readonly flowsKey: string;
  readonly password: string;
}

export type Json = Readonly<Record<string, unknown>>;

/** A person signed in to the console. */
export interface Person {
  get(path: string): Promise<Json>;
  post(path: string, body: Json): Promise<Json>;
}

async function answerOf(response: Response, what: string): Promise<Json> {
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) {
    throw new Problem(
      `${what} was answered ${response.status}: ${JSON.stringify(body)}.`,
      'Read the log of the server.',
    );
  }
  return json(body);
}

/** The object in a JSON value, or an empty one. */
export function json(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

/** The list in a JSON value, or an empty one. */
export function list(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(json) : [];
}

/** The text in a JSON value. Throws when there is none: a link of the chain is missing. */
export function text(value: unknown, what: string): string {
  if (typeof value !== 'string' || value === '')
    throw new Problem(`The answer holds no ${what}.`, 'Read the log of the server.');
  return value;
}

/** Signs in to the console. */
export async function signIn(settings: Pick<SurfaceSettings, 'server' | 'password'>, email: string): Promise<Person> {
  const headers = { 'content-type': 'application/json', 'x-gait-console': '1' };
  const response = await fetch(`${settings.server}/v1/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email, password: settings.password }),
  });
  await answerOf(response, 'The sign-in');
  const cookie = response.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  return {
    get: async (path) => answerOf(await fetch(`${settings.server}${path}`, { headers: { cookie } }), `GET ${path}`),
    post: async (path, body) =>
      answerOf(
        await fetch(`${settings.server}${path}`, {
          method: 'POST',
          headers: { ...headers, cookie },
          body: JSON.stringify(body),
        }),
        `POST ${path}`,
      ),
  };
}

/** Calls the sandbox's lever or reads its journal. */
export async function sandbox(settings: SurfaceSettings, path: string, body?: Json): Promise<Json> {
  const init =
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  return answerOf(await fetch(`${settings.sandbox}/sandbox${path}`, init), `The sandbox's ${path}`);
}

/** Calls the API that the flows use, with the flows' key. */
export async function asFlow(settings: SurfaceSettings, path: string, body: Json): Promise<Json> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${settings.flowsKey}` };
  return answerOf(
    await fetch(`${settings.server}${path}`, { method: 'POST', headers, body: JSON.stringify(body) }),
    `POST ${path}`,
  );
}

/** Looks again and again until `look` finds something. Throws, naming what was awaited, after `seconds`. */
export async function awaited<T>(what: string, seconds: number, look: () => Promise<T | null>): Promise<T> {
  const end = Date.now() + seconds * 1_000;
  while (Date.now() < end) {
    const found = await look();
    if (found !== null) return found;
    await new Promise((done) => setTimeout(done, 500));
  }
  throw new Problem(`Within ${seconds} s there was no ${what}.`, 'Read the logs of the server, the worker and n8n.');
}

/** The demo clinic's administrator, signed in. */
export async function adminOf(stack: Stack): Promise<Person> {
  const password = readFileSync(stack.secrets.demoPassword, 'utf8').trim();
  return signIn({ server: stack.urls.server, password }, 'admin@example.org');
}
