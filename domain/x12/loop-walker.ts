// Follows a transaction set segment by segment through its grammar: which loop each belongs to, and what is missing, too often or out of order.
import type { Fault, Place } from './findings.ts';
import { anyLevel, firstId, isBefore, isLevel, lacks, levelOf, matches, ownId, ruleName } from './loop-rules.ts';
import type { WalkedSegment } from './loop-rules.ts';
import type { Grammar, LoopRule, SegmentRule } from './loops.ts';

/** One occurrence of a loop, with what it has had so far. The frame without a rule is the transaction set. */
export class Frame {
  readonly rule: LoopRule | null;
  readonly parent: Frame | null;
  readonly place: Place;
  readonly segments: readonly SegmentRule[];
  readonly loops: readonly LoopRule[];
  /** What a level is known by: its HL01, until a later level has the same. Null for any other loop. */
  level: string | null;
  /** Uses of each segment rule and of each loop rule. */
  readonly segmentCounts: number[];
  readonly loopCounts: number[];
  /** The rules that came last; what stands before them in the grammar is out of order. */
  lastSegment = -1;
  lastLoop = -1;

  constructor(
    rule: LoopRule | null,
    parent: Frame | null,
    place: Place,
    segments: readonly SegmentRule[],
    loops: readonly LoopRule[],
    level: string | null = null,
  ) {
    this.rule = rule;
    this.parent = parent;
    this.place = place;
    this.segments = segments;
    this.loops = loops;
    this.level = level;
    this.segmentCounts = segments.map(() => 0);
    this.loopCounts = loops.map(() => 0);
  }
}

/** Where a segment belongs: `opened` when it begins the loop. A frame of null: the grammar has no place for it. */
export interface Step {
  readonly frame: Frame | null;
  readonly opened: boolean;
  /** Part of the transaction set's tail (SE, PLB …). */
  readonly tail: boolean;
  readonly faults: readonly Fault[];
}

interface Fit {
  readonly frame: Frame;
  /** Index of a rule of the frame's segments, or of its loops. */
  readonly kind: 'segment' | 'loop';
  readonly index: number;
  readonly fault: 'excess' | 'order' | null;
}

/** Levels that a stream remembers: far more than stand between a parent and its last child in any file seen. */
export const rememberedLevels = 20_000;

const none: readonly Fault[] = [];

/** Holds the open loops and a frame for each hierarchical level, since those are told apart by their parents. */
export class LoopWalker {
  readonly #grammar: Grammar;
  readonly #root: Frame;
  /** The one named last stands last. */
  readonly #levels = new Map<string, Frame>();
  readonly #remembered: number;
  #current: Frame;
  /** After an HL that is no level of this transaction set, nothing belongs anywhere until the next. */
  #lost = false;

  /** @param remembered how many levels may be the parents of later ones; the one named longest ago is forgotten first */
  constructor(grammar: Grammar, place: Place, remembered = Infinity) {
    this.#grammar = grammar;
    this.#remembered = remembered;
    this.#root = new Frame(null, null, place, [...grammar.head, ...grammar.tail], grammar.loops);
    this.#current = this.#root;
  }

  next(segment: WalkedSegment, place: Place): Step {
    const { id } = segment;
    if (id === 'HL') return this.#level(segment, place);
    if (this.#lost && !this.#grammar.tail.some((rule) => matches(rule, id, segment)))
      return { frame: null, opened: false, tail: false, faults: none };
    const fit = this.#fit(id, segment);
    if (fit === null) {
      const message = `${id} has no place in ${this.#nameOf(this.#current)}.`;
      return { frame: null, opened: false, tail: false, faults: [{ code: 'loop.order', message, place }] };
    }
    return this.#enter(fit, id, place);
  }

  /** The faults that show when the transaction set is whole. */
  end(): Fault[] {
    const faults = [...this.#leave(this.#root)];
    for (const frame of this.#levels.values()) faults.push(...this.#missing(frame));
    return [...faults, ...this.#missing(this.#root)];
  }

  /** An HL belongs below its parent, wherever in the file it stands. */
  #level(segment: WalkedSegment, place: Place): Step {
    const [id, parentId, code] = [1, 2, 3].map((element) => segment.element(element).trim());
    const named = this.#levels.get(parentId ?? '') ?? null;
    const above = parentId === '' ? this.#root : named;
    const own = above === null ? null : levelOf(above.loops, code ?? '');
    const faults: Fault[] = [];
    let parent = own === null ? null : above;
    let rule = own;
    if (rule === null || parent === null) {
      // The parent is missing or of the wrong level: the innermost open loop that may hold such a level, else any.
      parent = this.#opens((frame) => levelOf(frame.loops, code ?? '') !== null) ?? this.#root;
      rule = levelOf(parent.loops, code ?? '') ?? anyLevel(this.#grammar.loops, code ?? '');
      if (rule === null) {
        this.#lost = true;
        faults.push(...this.#leave(this.#root));
        // One that is missing is told of with the other mandatory elements.
        const message = `HL03 is no level of a ${this.#grammar.type}.`;
        if (code !== '') faults.push({ code: 'element.invalid', message, place });
        return { frame: null, opened: false, tail: false, faults };
      }
      const message = `The level ${rule.id} (${rule.name}) does not stand below the level it belongs to.`;
      if (above !== null) faults.push({ code: 'loop.order', message, place });
    }
    this.#lost = false;
    faults.push(...this.#leave(parent));
    const index = parent.loops.indexOf(rule);
    const frame = new Frame(rule, parent, place, rule.segments, rule.loops, this.#nameFor(id ?? '', place));
    faults.push(...this.#open(frame, index), ...this.#remember(frame));
    return { frame, opened: true, tail: false, faults };
  }

  /** A number that comes again means the latest level that has it: the other is kept, but nothing later stands below it. */
  #nameFor(id: string, place: Place): string {
    if (id === '') return unnamed(place);
    const earlier = this.#levels.get(id);
    if (earlier !== undefined) {
      this.#levels.delete(id);
      earlier.level = unnamed(earlier.place);
      this.#levels.set(earlier.level, earlier);
    }
    return id;
  }

  /** Puts a level and those above it at the end of the list and takes its beginning away where it is too long. */
  #remember(level: Frame): readonly Fault[] {
    for (let frame: Frame | null = level; frame !== null; frame = frame.parent) {
      if (frame.level === null) continue;
      this.#levels.delete(frame.level);
      this.#levels.set(frame.level, frame);
    }
    if (this.#levels.size <= this.#remembered) return none;
    const [oldest] = this.#levels.values();
    if (oldest === undefined || oldest.level === null) return none;
    this.#levels.delete(oldest.level);
    return this.#missing(oldest);
  }

  /** Where a segment may stand: in the innermost loop where nothing is wrong with it, else in the innermost at all. */
  #fit(id: string, segment: WalkedSegment): Fit | null {
    let second: Fit | null = null;
    for (let frame: Frame | null = this.#current; frame !== null; frame = frame.parent) {
      const fit = this.#fitIn(frame, id, segment);
      if (fit === null) continue;
      if (fit.fault === null) return fit;
      second ??= fit;
    }
    return second;
  }

  /** The use of a segment in a loop: one in order and within its number before one that is not. */
  #fitIn(frame: Frame, id: string, segment: WalkedSegment): Fit | null {
    let best: Fit | null = null;
    const { segments, loops } = frame;
    // A loop's first segment begins the next occurrence of the loop; its parent offers that.
    for (let index = frame.rule === null ? 0 : 1; index < segments.length; index++) {
      const rule = segments[index];
      if (rule === undefined || !matches(rule, id, segment)) continue;
      const full = rule.max !== null && (frame.segmentCounts[index] ?? 0) >= rule.max;
      const isTail = frame === this.#root && index >= this.#grammar.head.length;
      // The segments of a loop come before the loops within it.
      const isPassed = frame.lastLoop >= 0 && !isTail;
      const isLate = isPassed || isBefore(segments, index, frame.lastSegment, ownId);
      const fault = full && !isPassed ? 'excess' : isLate ? 'order' : null;
      best = better(best, { frame, kind: 'segment', index, fault });
      if (fault === null) return best;
    }
    for (let index = 0; index < loops.length; index++) {
      const rule = loops[index];
      if (rule === undefined || isLevel(rule) || !matches(rule.segments[0], id, segment)) continue;
      const full = rule.max !== null && (frame.loopCounts[index] ?? 0) >= rule.max;
      const fault = isBefore(loops, index, frame.lastLoop, firstId) ? 'order' : full ? 'excess' : null;
      best = better(best, { frame, kind: 'loop', index, fault });
      if (fault === null) return best;
    }
    return best;
  }

  #enter({ frame, kind, index, fault }: Fit, id: string, place: Place): Step {
    const left = this.#leave(frame);
    if (kind === 'loop') {
      const rule = frame.loops[index];
      if (rule === undefined) return { frame: null, opened: false, tail: false, faults: left };
      const faults = [...left];
      if (fault === 'order')
        faults.push({ code: 'loop.order', message: `The loop ${rule.id} (${rule.name}) is out of order.`, place });
      const opened = new Frame(rule, frame, place, rule.segments, rule.loops);
      faults.push(...this.#open(opened, index));
      return { frame: opened, opened: true, tail: false, faults };
    }
    frame.segmentCounts[index] = (frame.segmentCounts[index] ?? 0) + 1;
    const tail = frame === this.#root && index >= this.#grammar.head.length;
    if (fault !== 'order') frame.lastSegment = Math.max(frame.lastSegment, index);
    if (fault === null) return { frame, opened: false, tail, faults: left };
    const faults = [...left];
    if (fault === 'excess')
      faults.push({
        code: 'loop.excess',
        message: `${id} comes more often than ${this.#nameOf(frame)} may have it.`,
        place,
      });
    if (fault === 'order')
      faults.push({ code: 'loop.order', message: `${id} is out of order in ${this.#nameOf(frame)}.`, place });
    return { frame, opened: false, tail, faults };
  }

  /** Makes a loop the innermost open one. `index`: which of its parent's loops it is; -1 where it is none of them. */
  #open(frame: Frame, index: number): readonly Fault[] {
    const { rule, parent, place } = frame;
    frame.segmentCounts[0] = 1;
    frame.lastSegment = 0;
    this.#current = frame;
    if (index < 0 || rule === null || parent === null) return none;
    const count = (parent.loopCounts[index] ?? 0) + 1;
    parent.loopCounts[index] = count;
    parent.lastLoop = Math.max(parent.lastLoop, index);
    if (rule.max === null || count <= rule.max) return none;
    const often = rule.max === 1 ? 'once' : `${rule.max} times`;
    const message = `The loop ${rule.id} (${rule.name}) comes more than ${often} in ${this.#nameOf(parent)}.`;
    return [{ code: 'loop.excess', message, place }];
  }

  /** Closes the open loops below `frame`. Levels stay: their own loops may follow later in the file. */
  #leave(frame: Frame): readonly Fault[] {
    if (frame === this.#current) return none;
    const faults: Fault[] = [];
    while (this.#current !== frame && this.#current.parent !== null) {
      if (!isLevel(this.#current.rule)) faults.push(...this.#missing(this.#current));
      this.#current = this.#current.parent;
    }
    this.#current = frame;
    return faults;
  }

  #opens(holds: (frame: Frame) => boolean): Frame | null {
    for (let frame: Frame | null = this.#current; frame !== null; frame = frame.parent) if (holds(frame)) return frame;
    return null;
  }

  #missing(frame: Frame): readonly Fault[] {
    if (isComplete(frame)) return none;
    const { place } = frame;
    const inside = this.#nameOf(frame);
    const segments = frame.segments.filter((rule, index) => lacks(rule, frame.segmentCounts[index]));
    const loops = frame.loops.filter((rule, index) => lacks(rule, frame.loopCounts[index]));
    return [...segments.map(ruleName), ...loops.map((rule) => `The loop ${rule.id} (${rule.name})`)].map((name) => ({
      code: 'loop.missing',
      message: `${name} is missing in ${inside}.`,
      place,
    }));
  }

  #nameOf({ rule }: Frame): string {
    return rule === null ? `the ${this.#grammar.type} outside its loops` : `the loop ${rule.id} (${rule.name})`;
  }
}

function unnamed({ segment }: Place): string {
  return `#${segment}`;
}

/** One in order before one too many, one too many before one out of order; of equals the first. */
function better(best: Fit | null, fit: Fit): Fit {
  return best === null || rank(fit) < rank(best) ? fit : best;
}

function rank({ fault }: Fit): number {
  return fault === null ? 0 : fault === 'excess' ? 1 : 2;
}

/** In plain loops, because it is asked of every loop of a file. */
function isComplete({ segments, segmentCounts, loops, loopCounts }: Frame): boolean {
  for (let index = 0; index < segments.length; index++) {
    const rule = segments[index];
    if (rule !== undefined && lacks(rule, segmentCounts[index])) return false;
  }
  for (let index = 0; index < loops.length; index++) {
    const rule = loops[index];
    if (rule !== undefined && lacks(rule, loopCounts[index])) return false;
  }
  return true;
}
