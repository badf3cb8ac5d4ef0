// A clock that jumps from one thing to the next: what is to happen is put down with its moment and happens in that order.

interface Entry {
  readonly at: number;
  readonly order: number;
  readonly happen: () => void;
}

/** Moments are milliseconds since 1970. */
export class Timeline {
  #heap: Entry[] = [];
  #count = 0;
  #now: number;

  constructor(start: number) {
    this.#now = start;
  }

  get now(): number {
    return this.#now;
  }

  /** What lies in the past happens next. */
  at(moment: number, happen: () => void): void {
    this.#count += 1;
    this.#push({ at: Math.max(moment, this.#now), order: this.#count, happen });
  }

  /** Lets everything happen that is due until a moment, and leaves the clock there. */
  runUntil(moment: number): void {
    for (let [first] = this.#heap; first !== undefined && first.at <= moment; [first] = this.#heap) {
      this.#pop();
      this.#now = first.at;
      first.happen();
    }
    this.#now = Math.max(this.#now, moment);
  }

  /** The moment of what comes next; null: nothing more. */
  get next(): number | null {
    return this.#heap[0]?.at ?? null;
  }

  #isBefore(one: number, other: number): boolean {
    const [a, b] = [this.#heap[one], this.#heap[other]];
    if (a === undefined || b === undefined) return a !== undefined;
    return a.at === b.at ? a.order < b.order : a.at < b.at;
  }

  #swap(one: number, other: number): void {
    const [a, b] = [this.#heap[one], this.#heap[other]];
    if (a === undefined || b === undefined) return;
    this.#heap[one] = b;
    this.#heap[other] = a;
  }

  #push(entry: Entry): void {
    this.#heap.push(entry);
    let index = this.#heap.length - 1;
    for (let parent = (index - 1) >> 1; index > 0 && this.#isBefore(index, parent); parent = (index - 1) >> 1) {
      this.#swap(index, parent);
      index = parent;
    }
  }

  #pop(): void {
    this.#swap(0, this.#heap.length - 1);
    this.#heap.pop();
    for (let index = 0; ; ) {
      const left = 2 * index + 1;
      const least = [left, left + 1].reduce((best, child) => (this.#isBefore(child, best) ? child : best), index);
      if (least === index) return;
      this.#swap(index, least);
      index = least;
    }
  }
}
