// The work items of a machine: opened when its state wants them, closed when it does not, reminded of, escalated. Pure.

import { workItemKinds } from '../work-item/kinds.ts';
import type { Role, WorkItemKind } from '../work-item/kinds.ts';
import { after, hourMs } from './times.ts';
import type { Instant } from './times.ts';

/** A work item that should be open. */
export interface WantedItem<Kind extends WorkItemKind> {
  /** Identity within the record, such as `submit-1-2`. */
  readonly name: string;
  readonly kind: Kind;
  readonly dueAt: Instant;
  readonly context: Readonly<Record<string, string | number | null>>;
}

/** A work item that waits for a person; `workItem` is null until the server has opened it. */
export interface OpenItem<Kind extends WorkItemKind> {
  readonly name: string;
  /** Idempotency key at the server, never used twice. */
  readonly key: string;
  readonly kind: Kind;
  readonly workItem: string | null;
  readonly dueAt: Instant;
  readonly remindAt: Instant;
  readonly escalateAt: Instant;
  readonly reminded: boolean;
  readonly escalated: boolean;
}

export type CloseReason = 'superseded' | 'held' | 'closed';

/** What the server is to do about an item. */
export type ItemCommand<Kind extends WorkItemKind> =
  | {
      readonly type: 'openItem';
      readonly key: string;
      readonly kind: Kind;
      readonly dueAt: Instant;
      readonly context: WantedItem<Kind>['context'];
    }
  | { readonly type: 'closeItem'; readonly workItem: string; readonly reason: CloseReason }
  | { readonly type: 'remindItem'; readonly workItem: string }
  | { readonly type: 'escalateItem'; readonly workItem: string; readonly role: string };

/** A call that the server refused for good; it is tried again later and shown as needing a person. */
export interface Retry<Command> {
  readonly command: Command;
  readonly at: Instant;
  readonly code: string;
}

/** How long items lie, by the payer's terms or the clinic's policy; undefined: nobody told yet. */
type Patience = { readonly remindAfterHours: number; readonly escalateAfterHours: number } | undefined;

interface Change<Kind extends WorkItemKind> {
  readonly items: readonly OpenItem<Kind>[];
  readonly commands: readonly ItemCommand<Kind>[];
}

/** An item under its key; reminded and escalated from its due time on, because an item that is not due needs no reminder. */
export function newItem<Kind extends WorkItemKind>(
  { name, kind, dueAt }: WantedItem<Kind>,
  { key, workItem = null }: { readonly key: string; readonly workItem?: string | null },
  patience: Patience,
): OpenItem<Kind> {
  const remind = patience?.remindAfterHours ?? 24;
  const escalate = Math.max(remind, patience?.escalateAfterHours ?? 48);
  const [remindAt, escalateAt] = [after(dueAt, remind * hourMs), after(dueAt, escalate * hourMs)];
  return { name, key, kind, workItem, dueAt, remindAt, escalateAt, reminded: false, escalated: false };
}

/**
 * Brings the open items in line with those wanted: first what is not wanted is closed, then what is wanted is opened.
 * @param begin makes the item of what is wanted; one that has its work item already needs no opening
 */
export function itemsInLine<Kind extends WorkItemKind, Wanted extends WantedItem<Kind>>(
  open: readonly OpenItem<Kind>[],
  wanted: readonly Wanted[],
  reason: CloseReason,
  begin: (want: Wanted) => OpenItem<Kind>,
): Change<Kind> {
  const items: OpenItem<Kind>[] = [];
  const commands: ItemCommand<Kind>[] = [];
  for (const item of open) {
    if (wanted.some((want) => want.name === item.name)) items.push(item);
    // An item the server has not opened yet is closed when it says so (`itemOpened`).
    else if (item.workItem !== null) commands.push({ type: 'closeItem', workItem: item.workItem, reason });
  }
  for (const want of wanted) {
    if (items.some((item) => item.name === want.name)) continue;
    const item = begin(want);
    items.push(item);
    const { key, kind, dueAt } = item;
    if (item.workItem === null) commands.push({ type: 'openItem', key, kind, dueAt, context: want.context });
  }
  return { items, commands };
}

/** The items after the server opened one under this key; null: none waits under it any more. */
export function withReference<Kind extends WorkItemKind>(
  items: readonly OpenItem<Kind>[],
  key: string,
  workItem: string,
): readonly OpenItem<Kind>[] | null {
  if (!items.some((item) => item.key === key)) return null;
  return items.map((item) => (item.key === key ? { ...item, workItem } : item));
}

/** Reminds of what is due and escalates what was reminded of in vain, to `escalateTo` of the terms (undefined: not told yet). */
export function remindersAt<Kind extends WorkItemKind>(
  items: readonly OpenItem<Kind>[],
  at: Instant,
  escalateTo: Role | undefined,
): Change<Kind> {
  const commands: ItemCommand<Kind>[] = [];
  const reminded = items.map((item) => {
    if (item.workItem === null) return item;
    if (!item.reminded && item.remindAt <= at) {
      commands.push({ type: 'remindItem', workItem: item.workItem });
      return { ...item, reminded: true, escalateAt: item.escalateAt > at ? item.escalateAt : after(at, hourMs) };
    }
    if (item.reminded && !item.escalated && item.escalateAt <= at) {
      commands.push({ type: 'escalateItem', workItem: item.workItem, role: escalationRole(item.kind, escalateTo) });
      return { ...item, escalated: true };
    }
    return item;
  });
  return { items: reminded, commands };
}

/** Whom an item goes to that was left lying: never the role that left it. */
function escalationRole(kind: WorkItemKind, escalateTo: Role | undefined): Role {
  const role = escalateTo ?? 'admin';
  return role === workItemKinds[kind].role ? 'admin' : role;
}

/** When the items want a `tick`: each one's reminder, then its escalation. */
export function reminderTimes(items: readonly OpenItem<WorkItemKind>[]): readonly Instant[] {
  return items.flatMap((item) => {
    if (item.workItem === null || item.escalated) return [];
    return [item.reminded ? item.escalateAt : item.remindAt];
  });
}

/** Whether a command about an item that the server refused is worth another try: only while the state still calls for it. */
export function isStillWanted(items: readonly OpenItem<WorkItemKind>[], command: ItemCommand<WorkItemKind>): boolean {
  switch (command.type) {
    case 'openItem':
      return items.some((item) => item.key === command.key);
    case 'closeItem':
      return true;
    case 'remindItem':
    case 'escalateItem':
      return items.some((item) => item.workItem === command.workItem);
  }
}
