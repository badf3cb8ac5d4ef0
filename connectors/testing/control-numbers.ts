// Control numbers for connector tests: one after the other from 1, kept in memory.
import type { ControlNumberKind, ControlNumbers } from '../control-numbers.ts';

export function countingNumbers(): ControlNumbers {
  const last = new Map<ControlNumberKind, number>();
  return {
    next: (kind) => {
      const number = (last.get(kind) ?? 0) + 1;
      last.set(kind, number);
      return Promise.resolve(number);
    },
  };
}
