// Waitlists, offers and reminders as they stand at Luma Health: who waits, what was offered, what goes out when.
import type { ConnectorContext, Outcome } from '../connector.ts';
import { isObject, listAt, textAt } from '../json.ts';
import { isFailure } from '../rest/answer.ts';
import { everyFromLuma, idAt } from './client.ts';

const waitlistStatuses = ['waiting', 'in-flight', 'offered', 'confirming', 'accepted', 'pending', 'declined'] as const;
const offerStatuses = ['in-progress', 'patient-found', 'patient-not-found', 'cancelled'] as const;
const reminderStatuses = [
  'scheduled', 'pending', 'queued', 'sent', 'confirmed', 'emailOpened', 'skipped', 'delivered', 'blocked',
] as const; // prettier-ignore

/** All ids are Luma's own: those of patients and appointments stand for persons. A status that is not known is null. */
export interface WaitlistEntry {
  readonly id: string;
  readonly patientId: string | null;
  readonly providerId: string | null;
  readonly appointmentTypeId: string | null;
  readonly status: (typeof waitlistStatuses)[number] | null;
}

export interface Offer {
  readonly id: string;
  readonly waitlistIds: readonly string[];
  readonly startsAt: string | null;
  readonly expiresAt: string | null;
  readonly protocol: string | null;
  readonly status: (typeof offerStatuses)[number] | null;
}

export interface Reminder {
  readonly id: string;
  readonly patientId: string | null;
  readonly appointmentId: string | null;
  readonly type: string | null;
  readonly sendAt: string | null;
  readonly sentAt: string | null;
  readonly status: (typeof reminderStatuses)[number] | null;
}

export interface Listed<Entry> {
  readonly entries: readonly Entry[];
  /** Records without an id: they cannot be named and are counted. */
  readonly unreadable: number;
}

function oneOf<Value extends string>(item: unknown, key: string, values: readonly Value[]): Value | null {
  const found = textAt(item, key);
  return values.find((value) => value === found) ?? null;
}

function instantAt(item: unknown, key: string): string | null {
  const found = Date.parse(textAt(item, key) ?? '');
  return Number.isNaN(found) ? null : new Date(found).toISOString();
}

async function listed<Entry>(
  context: ConnectorContext,
  resource: string,
  query: Readonly<Record<string, string>>,
  read: (item: unknown, id: string) => Entry,
): Promise<Outcome<Listed<Entry>>> {
  const found = await everyFromLuma(context, resource, { deleted: '0', ...query });
  if (isFailure(found)) return found;
  const { items } = found;
  const entries = items.filter(isObject).flatMap((item) => {
    const id = idAt(item, '_id');
    return id === null ? [] : [read(item, id)];
  });
  return { kind: 'done', result: { entries, unreadable: items.length - entries.length } };
}

/** @param status only those of this status; all of them when absent */
export function listWaitlists(
  context: ConnectorContext,
  { status }: { readonly status?: (typeof waitlistStatuses)[number] },
): Promise<Outcome<Listed<WaitlistEntry>>> {
  return listed(context, 'waitlists', status === undefined ? {} : { status }, (item, id) => ({
    id,
    patientId: idAt(item, 'patient'),
    providerId: idAt(item, 'provider'),
    appointmentTypeId: idAt(item, 'appointmentType'),
    status: oneOf(item, 'status', waitlistStatuses),
  }));
}

export function listOffers(
  context: ConnectorContext,
  { status }: { readonly status?: (typeof offerStatuses)[number] },
): Promise<Outcome<Listed<Offer>>> {
  return listed(context, 'offers', status === undefined ? {} : { status }, (item, id) => ({
    id,
    waitlistIds: listAt(item, 'waitlists')
      .map((waitlist) => idAt({ waitlist }, 'waitlist'))
      .filter((waitlist) => waitlist !== null),
    startsAt: instantAt(item, 'date'),
    expiresAt: instantAt(item, 'expireAt'),
    protocol: oneOf(item, 'protocol', ['serial', 'parallel']),
    status: oneOf(item, 'status', offerStatuses),
  }));
}

/** @param appointmentId only those of this appointment */
export function listReminders(
  context: ConnectorContext,
  { appointmentId }: { readonly appointmentId?: string },
): Promise<Outcome<Listed<Reminder>>> {
  return listed(
    context,
    'reminders',
    appointmentId === undefined ? {} : { appointment: appointmentId },
    (item, id) => ({
      id,
      patientId: idAt(item, 'patient'),
      appointmentId: idAt(item, 'appointment'),
      type: textAt(item, 'type'),
      sendAt: instantAt(item, 'sendAt'),
      sentAt: instantAt(item, 'sentAt'),
      status: oneOf(item, 'status', reminderStatuses),
    }),
  );
}
