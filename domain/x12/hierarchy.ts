// The hierarchical levels (HL) of one transaction: each has its own number and a parent that exists and is no descendant.
import type { Fault, Place } from './findings.ts';

interface Level {
  readonly parent: string;
  readonly place: Place;
}

/**
 * Levels that are numbered 1, 2, 3 … below a parent that came before, as the implementation guides ask (HL01, HL02), cost one
 * number each, so that a transaction of any length can be checked; only the others are kept whole.
 */
export class Hierarchy {
  /** Parents of the levels 1, 2, 3 …; 0 for none. */
  readonly #parents: number[] = [];
  readonly #others = new Map<string, Level>();

  /** @returns the fault that shows at once: the number was there before */
  add(id: string, parent: string, place: Place): Fault | null {
    if (this.#has(id)) return { code: 'hl.duplicate', message: 'HL01 repeats the number of an earlier level.', place };
    const above = parent === '' ? 0 : this.#inSequence(parent);
    if (id === String(this.#parents.length + 1) && above !== null) this.#parents.push(above);
    else this.#others.set(id, { parent, place });
    return null;
  }

  /** The faults that show when every level is known. */
  faults(): Fault[] {
    const faults: Fault[] = [];
    const settled = new Set<string>();
    for (const [id, { parent, place }] of this.#others) {
      if (parent !== '' && !this.#has(parent))
        faults.push({ code: 'hl.parent', message: 'HL02 names a parent level that is not there.', place });
      const path = new Set<string>();
      let level = id;
      while (level !== '' && !settled.has(level) && !path.has(level)) {
        path.add(level);
        level = this.#parentOf(level);
      }
      if (path.has(level))
        faults.push({ code: 'hl.cycle', message: 'The parents of this level lead back to it.', place });
      for (const seen of path) settled.add(seen);
    }
    return faults;
  }

  #has(id: string): boolean {
    return this.#others.has(id) || this.#inSequence(id) !== null;
  }

  /** The level as a number, where it is one of those in sequence. */
  #inSequence(id: string): number | null {
    if (!/^[1-9]\d{0,9}$/.test(id)) return null;
    return Number(id) <= this.#parents.length ? Number(id) : null;
  }

  #parentOf(id: string): string {
    const other = this.#others.get(id);
    if (other !== undefined) return other.parent;
    const parent = this.#parents[Number(id) - 1] ?? 0;
    return parent === 0 ? '' : String(parent);
  }
}
