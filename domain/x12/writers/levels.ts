// Hierarchical levels as they are written: a tree that is numbered when it is whole.
import type { WrittenSegment } from '../writer.ts';

export interface WrittenLevel {
  /** HL03: 20 payer, 21 receiver, 19 provider, 22 subscriber, 23 dependent. */
  readonly code: string;
  readonly segments: readonly WrittenSegment[];
  readonly below: readonly WrittenLevel[];
  /** False where the guide has no HL04 at this level: the 23 of a 276. */
  readonly tellsChildren: boolean;
}

/** @returns the segments with their HL, numbered 1, 2, 3 … as they come (HL01), each naming its parent (HL02) */
export function writeLevels(levels: readonly WrittenLevel[]): WrittenSegment[] {
  const segments: WrittenSegment[] = [];
  let count = 0;
  const write = ({ code, segments: own, below, tellsChildren }: WrittenLevel, parent: string) => {
    const id = String(++count);
    const children = below.length > 0 ? '1' : '0';
    segments.push(['HL', id, parent, code, tellsChildren ? children : ''], ...own);
    for (const level of below) write(level, id);
  };
  for (const level of levels) write(level, '');
  return segments;
}

/** Neighbours that are of one kind, together and in their order: claims of one payer under one HL. */
export function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => unknown): [Item, ...Item[]][] {
  const groups: [Item, ...Item[]][] = [];
  let last: string | null = null;
  for (const item of items) {
    const key = JSON.stringify(keyOf(item));
    if (key === last) groups.at(-1)?.push(item);
    else groups.push([item]);
    last = key;
  }
  return groups;
}
