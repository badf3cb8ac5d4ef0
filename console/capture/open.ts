// Finds the session of a visit wherever it is: on this tablet, at the server, or nowhere yet.
import { blankSession } from '../../domain/session/blank.ts';
import { carriedFrom } from '../../domain/capture/carry.ts';
import { ApiError } from '../api-error.ts';
import type { Api } from '../api-client.ts';
import type { Session as SignIn } from '../api.ts';
import type { CaptureDay, CaptureVisit, SessionRecord } from './answers.ts';
import { isUnsent, localPrefix, SessionSync } from './sync.ts';
import type { LocalSession } from './sync.ts';
import { canKeep, Tablet } from './tablet.ts';

const dayName = 'day';

/** The person's store on this tablet; null where this browser keeps nothing safely. */
export async function openTablet(api: Api, signIn: SignIn): Promise<Tablet | null> {
  if (!canKeep()) return null;
  // Without a connection the store opens with the key that is here; without any nothing can be kept yet.
  return Tablet.open(signIn, () => api.capture.tabletKey());
}

/** The day as the server tells it, or, without a connection, as it was told last. */
export async function openDay(
  api: Api,
  tablet: Tablet | null,
): Promise<{ readonly day: CaptureDay; readonly fromTablet: boolean }> {
  try {
    const day = await api.capture.captureDay();
    await tablet?.put(dayName, day);
    return { day, fromTablet: false };
  } catch (error) {
    const kept = isUnreachable(error) ? await tablet?.get<CaptureDay>(dayName) : null;
    if (kept === null || kept === undefined) throw error;
    return { day: kept, fromTablet: true };
  }
}

/** The visit's session as it is to be worked on; null: none was begun. */
export async function openSession(api: Api, tablet: Tablet | null, visit: CaptureVisit): Promise<LocalSession | null> {
  const local = (await tablet?.get<LocalSession>(`${localPrefix}${visit.appointment}`)) ?? null;
  if (local !== null && isUnsent(local)) return local;
  const ref = visit.session?.ref ?? local?.session;
  if (ref === undefined) return local;
  try {
    const { session, revision, state, record } = await api.capture.sessionRecord(ref);
    const { appointment } = visit;
    const stored: LocalSession = { session, appointment, state, base: record, revision, record, sending: null };
    await tablet?.put(`${localPrefix}${appointment}`, stored);
    return stored;
  } catch (error) {
    if (local !== null && isUnreachable(error)) return local;
    throw error;
  }
}

/** A session that nobody has saved yet. `last` null: from nothing. */
export function beginSession(
  visit: CaptureVisit,
  day: string,
  signIn: SignIn,
  last: SessionRecord | null,
): LocalSession {
  const session = newSessionRef();
  const kind = 'treatment';
  const blank = blankSession({ ref: session, patient: visit.patient, date: day, kind });
  const started = last === null ? blank : carriedFrom(last, blank);
  const told = last?.clinicians.find(({ ref }) => ref === signIn.user.id)?.credential ?? null;
  const credential = signIn.user.credential ?? told;
  const record = { ...started, clinicians: [{ ref: signIn.user.id, credential }] };
  return { session, appointment: visit.appointment, state: 'open', base: blank, revision: 0, record, sending: null };
}

/** Visits whose session has something on this tablet that the server does not have. */
export async function unsentOn(tablet: Tablet | null): Promise<ReadonlyMap<string, LocalSession>> {
  const unsent = new Map<string, LocalSession>();
  for (const name of (await tablet?.names(localPrefix)) ?? []) {
    const local = await tablet?.get<LocalSession>(name);
    if (local !== null && local !== undefined && isUnsent(local)) unsent.set(local.appointment, local);
  }
  return unsent;
}

/** Sends what waits and lets go of what other days left sent. Resolves to what still waits. */
export async function sendWaiting(api: Api, tablet: Tablet, day: string): Promise<ReadonlyMap<string, LocalSession>> {
  for (const name of await tablet.names(localPrefix)) {
    const local = await tablet.get<LocalSession>(name);
    if (local === null) continue;
    if (!isUnsent(local)) {
      if (local.record.date !== day) await tablet.remove(name);
      continue;
    }
    const sync = new SessionSync(local, { api, tablet, onChange: () => undefined });
    await sync.flush();
    sync.stop();
  }
  return unsentOn(tablet);
}

export function isUnreachable(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status >= 500);
}

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A reference as the server makes them: 22 characters, each equally likely. */
function newSessionRef(): string {
  let text = '';
  while (text.length < 22)
    for (const byte of crypto.getRandomValues(new Uint8Array(32)))
      if (byte < 248 && text.length < 22) text += alphabet.charAt(byte % 62);
  return `ses_${text}`;
}
