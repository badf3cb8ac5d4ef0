// The vendors of the fortnight in memory: they take messages, refuse on the day of the outage, answer late or never, and keep a journal.
import type { Channel } from '../../domain/outreach/words.ts';
import type { Taken } from './account.ts';
import { happens } from './story.ts';
import type { Story } from './story.ts';

/** What the sender hears. `lost`: the message was taken, its answer never came; an inquiry finds it. */
export type Heard =
  | { readonly kind: 'taken'; readonly id: string }
  | { readonly kind: 'lost' }
  | { readonly kind: 'notNow' }
  | { readonly kind: 'optedOut' };

const lostPercent = 4;

export class Vendors {
  readonly taken: Taken[] = [];
  readonly #story: Story;
  readonly #stopped = new Set<string>();
  /** What was taken for a key, for who asks again about it. */
  readonly #byKey = new Map<string, string>();

  constructor(story: Story) {
    this.#story = story;
  }

  /** The vendor of texts keeps a list of its own. */
  hears(phone: string, text: string): void {
    const word = text.trim().toUpperCase();
    if (['STOP', 'CANCEL'].includes(word)) this.#stopped.add(phone);
    if (['START', 'YES'].includes(word)) this.#stopped.delete(phone);
  }

  send(of: { readonly key: string; readonly channel: Channel; readonly to: string; readonly at: string }): Heard {
    const { key, channel, to, at } = of;
    const { outage } = this.#story;
    if (channel !== 'email' && at >= outage.from && at < outage.to) return { kind: 'notNow' };
    if (channel === 'text' && this.#stopped.has(to)) return { kind: 'optedOut' };
    const id = `${channel}_${this.taken.length + 1}`;
    this.taken.push({ id, channel, to, at });
    this.#byKey.set(key, id);
    return happens(this.#story, `lost/${key}`, lostPercent) ? { kind: 'lost' } : { kind: 'taken', id };
  }

  /** The inquiry: what was taken for this key. */
  find(key: string): string | null {
    return this.#byKey.get(key) ?? null;
  }
}
