// What happened to an authorization, and what was written down with it: confirmations, numbers, reasons, the payer's words.
import type { Role } from '../../domain/work-item/kinds.ts';
import type { Db } from '../database/tables.ts';
import type { VaultRecord } from '../vault/vault.ts';

export interface TimelineEntry {
  readonly at: string;
  readonly event: string;
  /** A user's reference and name, or null where no person acted. */
  readonly by: { readonly id: string; readonly displayName: string } | null;
  readonly detail: string | null;
}

/** An entry with the vault references of what was written down with it. */
interface KeptEntry {
  readonly entry: TimelineEntry;
  readonly records: readonly string[];
}

export interface Documented {
  readonly label: string;
  readonly value: string;
}

/** What happened to an authorization, newest last: events, its work items and their decisions. */
export async function timelineOf(db: Db, clinic: string, authorization: string): Promise<TimelineEntry[]> {
  return (await keptTimelineOf(db, clinic, authorization)).map(({ entry }) => entry);
}

/** The same with the references of the records behind each entry. */
export async function keptTimelineOf(db: Db, clinic: string, authorization: string): Promise<KeptEntry[]> {
  const events = await db
    .selectFrom('authorization_events as e')
    .leftJoin('users as u', 'u.id', 'e.by_whom')
    .select(['e.at', 'e.event', 'e.detail', 'u.id', 'u.display_name'])
    .where('e.clinic', '=', clinic)
    .where('e.authorization_ref', '=', authorization)
    .execute();
  const answers = await db
    .selectFrom('authorization_answers')
    .select(['record', 'period', 'at'])
    .where('clinic', '=', clinic)
    .where('authorization_ref', '=', authorization)
    .orderBy('at')
    .execute();
  const items = await db
    .selectFrom('work_items')
    .select(['opened_at', 'reminded_at', 'escalated_at', 'role', 'title'])
    .where('clinic', '=', clinic)
    .where('subject', '=', authorization)
    .execute();
  const decisions = await db
    .selectFrom('work_item_decisions as d')
    .innerJoin('work_items as w', 'w.id', 'd.work_item')
    .innerJoin('users as u', 'u.id', 'd.by_user')
    .select(['d.at', 'd.decision', 'd.reason', 'd.outcome', 'w.title', 'u.id', 'u.display_name'])
    .where('w.clinic', '=', clinic)
    .where('w.subject', '=', authorization)
    .where('d.state', '=', 'accepted')
    .execute();
  const person = (id: string | null, displayName: string | null) =>
    id === null || displayName === null ? null : { id, displayName };
  /** The answer an event speaks of: the newest about its period that had come by then. */
  const answerOf = (at: Date, event: string, period: unknown): string[] => {
    if (event !== 'answered') return [];
    const record = answers.findLast((answer) => answer.period === period && answer.at <= at)?.record;
    return record === undefined ? [] : [record];
  };
  const marks = (at: Date | null, event: string, detail: string): KeptEntry[] =>
    at === null ? [] : [{ entry: { at: at.toISOString(), event, by: null, detail }, records: [] }];
  const entries: KeptEntry[] = [
    ...events.map((one) => ({
      entry: {
        at: one.at.toISOString(),
        event: one.event,
        by: person(one.id, one.display_name),
        detail: detailOf(one.detail),
      },
      records: answerOf(one.at, one.event, one.detail['period']),
    })),
    ...items.flatMap((one) => [
      ...marks(one.opened_at, 'workItemOpened', one.title),
      ...marks(one.reminded_at, 'reminded', one.title),
      ...marks(one.escalated_at, 'escalated', one.role),
    ]),
    ...decisions.map((one) => ({
      entry: {
        at: one.at.toISOString(),
        event: one.decision,
        by: person(one.id, one.display_name),
        detail: one.title,
      },
      // An answer a person recorded stands with the event that follows from it.
      records: [
        ...(one.reason === null ? [] : [one.reason]),
        ...(one.decision === 'answered' ? [] : referencesIn(one.outcome)),
      ],
    })),
  ];
  return entries.sort((a, b) => a.entry.at.localeCompare(b.entry.at));
}

function referencesIn(outcome: Readonly<Record<string, unknown>> | null): string[] {
  const refs = outcome?.['refs'];
  return Array.isArray(refs) ? refs.filter((ref) => typeof ref === 'string') : [];
}

/** Who works with the payer's numbers: they phone, bill and look after the records. */
const rolesWithNumbers: readonly Role[] = ['frontDesk', 'biller', 'admin'];

/** True if one of the roles needs the numbers payers give. */
export function mayReadNumbers(roles: readonly Role[]): boolean {
  return roles.some((role) => rolesWithNumbers.includes(role));
}

/** What a record of the timeline may hold, in the order it is read; a number identifies the patient at the payer. */
const documentedFields: readonly { readonly key: string; readonly label: string; readonly number: boolean }[] = [
  { key: 'confirmation', label: 'Confirmation', number: true },
  { key: 'number', label: 'Authorization number', number: true },
  { key: 'vendorRequestId', label: "Payer's request id", number: true },
  { key: 'text', label: 'Reason', number: false },
  { key: 'reasonCodes', label: 'Reason codes', number: false },
  { key: 'reasonText', label: "Payer's reason", number: false },
];

/** What was written down in a record, for a person of these roles. */
export function documentedIn(record: VaultRecord, roles: readonly Role[]): Documented[] {
  const numbers = mayReadNumbers(roles);
  return documentedFields.flatMap(({ key, label, number }) => {
    const kept = record[key];
    const value = Array.isArray(kept) ? kept.join(', ') : kept;
    return typeof value === 'string' && value.trim() !== '' && (numbers || !number) ? [{ label, value }] : [];
  });
}

/** The part of an event a person reads in one line. */
function detailOf(detail: Readonly<Record<string, unknown>>): string | null {
  const { answer, channel, reason, detail: note } = detail;
  if (typeof answer === 'object' && answer !== null && 'status' in answer && typeof answer.status === 'string') {
    const given: Readonly<Record<string, unknown>> = { ...answer };
    const counted = (count: unknown, what: string) => (typeof count === 'number' ? [`${count} ${what}`] : []);
    return [
      answer.status,
      ...counted(given['visitsApproved'], 'visits'),
      ...counted(given['unitsApproved'], 'units'),
    ].join(', ');
  }
  for (const text of [channel, reason, note]) if (typeof text === 'string') return text;
  return null;
}
