// Checks what one transaction set holds, segment by segment as it goes by: its elements, levels, loops and amounts.
import type { Fault, Place } from './findings.ts';
import { grammarOf } from './grammars/all.ts';
import { Hierarchy } from './hierarchy.ts';
import { LoopWalker, rememberedLevels } from './loop-walker.ts';
import { RemittanceBalance } from './remittance-balance.ts';
import { requiredElements } from './required-elements.ts';
import type { Segment } from './segment.ts';

/** How far a check goes: `transactions` also checks what a transaction set asks of its own content, the balances of an 835. */
export type Depth = 'envelopes' | 'transactions';

const header = { id: 'ST', element: () => '' };
const none: readonly Fault[] = [];

/** Keeps the open loops and the hierarchical levels, no segment. */
export class TransactionCheck {
  readonly #type: string | null;
  readonly #version: string;
  readonly #place: Place;
  readonly #hierarchy = new Hierarchy();
  readonly #balance: RemittanceBalance | null;
  /** Undefined until the segment after ST has come. */
  #walker: LoopWalker | null | undefined;

  /** @param type ST01; null where it is lost and with it what may be checked. @param place where the transaction set begins */
  constructor(type: string | null, version: string | null, depth: Depth, place: Place) {
    this.#type = type;
    this.#version = version ?? '';
    this.#place = place;
    this.#balance = depth === 'transactions' && type === '835' ? new RemittanceBalance() : null;
  }

  /** Takes every segment after ST, SE among them. @returns the faults that show with it */
  next(id: string, segment: Segment, place: Place): readonly Fault[] {
    this.#walker ??= this.#begun(id);
    const missing = this.#walker === null && id !== 'HL' ? none : missingElements(id, segment, place);
    const level = id === 'HL' ? this.#level(segment, place) : none;
    // A segment without a readable id has its own finding.
    const loops = this.#walker === null || id === '' ? none : this.#walker.next(segment, place).faults;
    const amounts = this.#balance?.next(id, segment, place) ?? none;
    if (missing.length + level.length + loops.length + amounts.length === 0) return none;
    return [...missing, ...level, ...loops, ...amounts];
  }

  /** @param trailer without its SE a transaction set has lost what cannot be known, so nothing is said to be missing */
  end(trailer: 'there' | 'missing'): readonly Fault[] {
    const levels = this.#hierarchy.faults();
    if (trailer === 'missing') return levels;
    return [...levels, ...(this.#walker?.end() ?? none), ...(this.#balance?.end() ?? none)];
  }

  #begun(id: string): LoopWalker | null {
    // An envelope without content, as senders use to try a connection, lacks nothing.
    if (this.#type === null || id === 'SE') return null;
    const grammar = grammarOf(this.#type, this.#version);
    if (grammar === null) return null;
    const walker = new LoopWalker(grammar, this.#place, rememberedLevels);
    walker.next(header, this.#place);
    return walker;
  }

  #level(segment: Segment, place: Place): readonly Fault[] {
    const level = segment.element(1).trim();
    const fault = level === '' ? null : this.#hierarchy.add(level, segment.element(2).trim(), place);
    return fault === null ? none : [fault];
  }
}

function missingElements(id: string, segment: Segment, place: Place): readonly Fault[] {
  const required = requiredElements[id];
  if (required === undefined || segment.ending !== 'terminator') return none;
  const missing = required.filter((element) => segment.isBlank(element));
  if (missing.length === 0) return none;
  return missing.map((element) => ({
    code: 'element.missing',
    message: `${segment.nameOf(element)} is missing.`,
    place,
  }));
}
