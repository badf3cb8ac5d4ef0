// Reads what stands above many once: a clinic of a hundred claims is one clinic, and its faults are told once.
import type { Loop } from '../loops.ts';

export function once<Value>(read: (level: Loop | undefined) => Value): (level: Loop | undefined) => Value {
  const known = new Map<Loop | undefined, { readonly value: Value }>();
  return (level) => {
    const found = known.get(level) ?? { value: read(level) };
    known.set(level, found);
    return found.value;
  };
}
