// Coverages and claim statuses that were asked for and not yet deleted: in memory only, as Availity holds them for a day only.
import { randomInt } from 'node:crypto';
import { memberHash } from './reviews.ts';

export type Collection = 'coverages' | 'claim-statuses';

/** The form of a question: a name may come several times. */
export type Form = ReadonlyMap<string, readonly string[]>;

export interface Inquiry {
  readonly id: string;
  readonly collection: Collection;
  readonly form: Form;
  readonly askedAt: Date;
  /** So many look-ups are still answered "not ready". */
  notReady: number;
}

/** One question that was taken up, without anything that identifies a person. */
export interface InquiryEntry {
  readonly at: string;
  readonly collection: Collection;
  readonly id: string;
  readonly payer: string;
  readonly member: string;
  readonly date: string;
  readonly serviceTypes: readonly string[];
}

/** How questions go until told otherwise. */
export interface InquirySettings {
  /** Look-ups answered 202 before the answer is there. */
  readonly notReady: number;
  /** The answer is there when the question is asked: 200 instead of 202. */
  readonly atOnce: boolean;
  readonly latencyMilliseconds: number;
  /** So many calls until the plan's quota is used up; null: no quota. */
  readonly quota: number | null;
}

export const usualInquirySettings: InquirySettings = {
  notReady: 0,
  atOnce: false,
  latencyMilliseconds: 0,
  quota: null,
};

interface Counts {
  asked: number;
  lookedUp: number;
  deleted: number;
}

const none = (): Record<Collection, Counts> => ({
  coverages: { asked: 0, lookedUp: 0, deleted: 0 },
  'claim-statuses': { asked: 0, lookedUp: 0, deleted: 0 },
});

/** Ids are nineteen digits, more than a number holds: they must stay text. */
function newId(): string {
  const digits = (count: number): string => String(randomInt(10 ** count)).padStart(count, '0');
  return `7${digits(9)}${digits(9)}`;
}

export function first(form: Form, name: string): string {
  return form.get(name)?.[0] ?? '';
}

function serialized(collection: Collection, form: Form): string {
  return JSON.stringify([collection, ...[...form.entries()].sort(([one], [other]) => (one < other ? -1 : 1))]);
}

export class Inquiries {
  settings: InquirySettings = usualInquirySettings;
  readonly entries: InquiryEntry[] = [];
  readonly #held = new Map<string, Inquiry>();
  /** The id of each question, by the question itself. */
  readonly #asked = new Map<string, string>();
  #counts = none();
  #spent = 0;

  /** One call of the quota; false where none is left. */
  spend(): boolean {
    this.#spent += 1;
    return this.settings.quota === null || this.#spent <= this.settings.quota;
  }

  count(collection: Collection, what: keyof Counts): void {
    this.#counts[collection][what] += 1;
  }

  get counts(): Readonly<Record<Collection, Readonly<Counts> & { readonly held: number }>> {
    const held = (collection: Collection): number =>
      [...this.#held.values()].filter((one) => one.collection === collection).length;
    return {
      coverages: { ...this.#counts.coverages, held: held('coverages') },
      'claim-statuses': { ...this.#counts['claim-statuses'], held: held('claim-statuses') },
    };
  }

  /** Takes a question up, or gives back the same one that is still held: Availity answers that from its store. */
  take(collection: Collection, form: Form, askedAt: Date, notReady: number): Inquiry {
    const question = serialized(collection, form);
    const known = this.#held.get(this.#asked.get(question) ?? '');
    if (known !== undefined) return known;
    const inquiry = { id: newId(), collection, form, askedAt, notReady };
    this.#held.set(inquiry.id, inquiry);
    this.#asked.set(question, inquiry.id);
    this.entries.push({
      at: askedAt.toISOString(),
      collection,
      id: inquiry.id,
      payer: first(form, 'payerId') || first(form, 'payer.id'),
      member: memberHash(first(form, 'memberId') || first(form, 'subscriber.memberId')),
      date: first(form, 'asOfDate') || first(form, 'fromDate'),
      serviceTypes: form.get('serviceType') ?? form.get('serviceType[]') ?? [],
    });
    return inquiry;
  }

  held(collection: Collection, id: string): Inquiry | null {
    const found = this.#held.get(id);
    return found?.collection === collection ? found : null;
  }

  drop(id: string): void {
    this.#held.delete(id);
  }

  reset(): void {
    this.settings = usualInquirySettings;
    this.entries.length = 0;
    this.#held.clear();
    this.#asked.clear();
    this.#counts = none();
    this.#spent = 0;
  }
}
