// What every section of a session shares: what is edited, how a list changes, how an entry of the last session is told apart.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Marked } from '../../domain/capture/carry.ts';
import { confirmed, touched } from '../../domain/capture/carry.ts';
import type { MinutesCheck } from '../../domain/capture/minutes.ts';
import type { BodyPart, Side, Topic } from '../../domain/session/words.ts';
import type { CaptureDay, CaptureVisit, SessionRecord } from './answers.ts';
import { choices } from './controls.ts';

/** What is open on the page and chosen on its pads; kept in memory only. */
export interface View {
  readonly openIntervention: number | null;
  readonly part: BodyPart;
  readonly side: Side | null;
  readonly mode: 'active' | 'passive';
}

export interface Editing {
  readonly record: SessionRecord;
  readonly day: CaptureDay;
  readonly visit: CaptureVisit;
  readonly check: MinutesCheck;
  /** Nothing can be changed: the record is closed. */
  readonly locked: boolean;
  readonly view: View;
  readonly change: (record: SessionRecord) => void;
  readonly look: (view: Partial<View>) => void;
}

export const sideOptions = [
  ['left', 'Left'],
  ['right', 'Right'],
  ['both', 'Both'],
  ['midline', 'Midline'],
] as const satisfies readonly (readonly [Side, string])[];

/** On which side an entry is. */
export function sideChoice(
  { side }: { readonly side: Side | null },
  disabled: boolean,
  onChoose: (side: Side | null) => void,
): TemplateResult {
  return choices({ label: 'Side', options: sideOptions, chosen: side, disabled, onChoose });
}

export function replaceAt<T>(list: readonly T[], at: number, entry: T): T[] {
  return list.map((one, index) => (index === at ? entry : one));
}

export function removeAt<T>(list: readonly T[], at: number): T[] {
  return list.filter((_, index) => index !== at);
}

/** A list of the record as its section edits it. */
export interface ListEditing<Entry extends Marked> {
  readonly entries: readonly Entry[];
  readonly set: (at: number, changes: Partial<Entry>) => void;
  readonly add: (entry: Entry) => void;
  readonly remove: (at: number) => void;
  readonly confirm: (at: number) => void;
}

export function listEditing<Entry extends Marked>(
  entries: readonly Entry[],
  put: (entries: Entry[]) => void,
): ListEditing<Entry> {
  const at = (place: number, change: (entry: Entry) => Entry): void => {
    const entry = entries[place];
    if (entry !== undefined) put(replaceAt(entries, place, change(entry)));
  };
  return {
    entries,
    set: (place, changes) => at(place, (entry) => touched(entry, changes)),
    add: (entry) => put([...entries, entry]),
    remove: (place) => put(removeAt(entries, place)),
    confirm: (place) => at(place, confirmed),
  };
}

/** A section; what is left out knowingly is said with one tap, and stands as a gap in every document. */
export function section(
  editing: Editing,
  { title, topic, filled }: { readonly title: string; readonly topic: Topic | null; readonly filled: boolean },
  body: unknown,
): TemplateResult {
  const id = `capture-${title.toLowerCase().replace(/[^a-z]+/g, '-')}`;
  const { record, locked, change } = editing;
  const leftOut = topic !== null && !filled && record.notAsked.includes(topic);
  const toggle = (): void => {
    if (topic === null) return;
    const notAsked = leftOut ? record.notAsked.filter((one) => one !== topic) : [...record.notAsked, topic];
    change({ ...record, notAsked });
  };
  return html`<section class="panel capture-section" aria-labelledby=${id}>
    <div class="panel-head">
      <h2 id=${id}>${title}</h2>
      ${topic === null || filled
        ? nothing
        : html`<button
            type="button"
            class="button small"
            aria-pressed=${leftOut ? 'true' : 'false'}
            ?disabled=${locked}
            @click=${toggle}
          >
            ${leftOut ? 'Left out today' : 'Leave out today'}
          </button>`}
    </div>
    ${leftOut ? nothing : html`<div class="panel-body capture-body">${body}</div>`}
  </section>`;
}

/** The bar of an entry: what it is, whether it is still the last session's, and its way out. */
export function entryHead<Entry extends Marked>(
  title: unknown,
  name: string,
  list: ListEditing<Entry>,
  at: number,
  locked: boolean,
): TemplateResult {
  const entry = list.entries[at];
  const carried = entry?.carriedForward === true;
  const unsure = (entry?.unsure ?? []).length > 0;
  return html`<div class="entry-head">
    <div class="entry-title">
      ${title}${carried
        ? html` <span class="mark warn">from last time</span>`
        : unsure
          ? html` <span class="mark warn">to confirm</span>`
          : nothing}
    </div>
    ${locked
      ? nothing
      : html`<div class="entry-buttons">
          ${carried
            ? html`<button
                type="button"
                class="button small primary"
                aria-label=${`Same today: ${name}`}
                @click=${() => list.confirm(at)}
              >
                Same today
              </button>`
            : unsure
              ? html`<button
                  type="button"
                  class="button small primary"
                  aria-label=${`That is right: ${name}`}
                  @click=${() => list.confirm(at)}
                >
                  That is right
                </button>`
              : nothing}
          <button type="button" class="button small" aria-label=${`Remove: ${name}`} @click=${() => list.remove(at)}>
            Remove
          </button>
        </div>`}
    ${(entry?.unsure ?? []).map(
      ({ field, why }) => html`<p class="small entry-unsure">Unsure about ${field}: ${why}</p>`,
    )}
  </div>`;
}

export function entryClass({ carriedForward }: Marked): string {
  return carriedForward === true ? 'entry carried' : 'entry';
}

/** A section that is a list: its entries one under the other, then what adds one. */
export function listSection<Entry extends Marked>(
  editing: Editing,
  of: { readonly title: string; readonly topic: Topic; readonly list: ListEditing<Entry> },
  show: {
    readonly nameOf: (entry: Entry) => string;
    readonly body: (entry: Entry, at: number, name: string) => TemplateResult;
    /** Left away where nothing can be changed. */
    readonly adding: () => TemplateResult;
  },
): TemplateResult {
  const { title, topic, list } = of;
  const { locked } = editing;
  return section(
    editing,
    { title, topic, filled: list.entries.length > 0 },
    html`${list.entries.map((entry, at) => {
      const name = show.nameOf(entry);
      return html`<div class=${entryClass(entry)}>
        ${entryHead(html`<strong>${name}</strong>`, name, list, at, locked)} ${show.body(entry, at, name)}
      </div>`;
    })}
    ${locked ? nothing : show.adding()}`,
  );
}
