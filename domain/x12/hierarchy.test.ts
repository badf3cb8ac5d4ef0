// Levels of a transaction (HL): each has its number, and a parent that is there.
import { describe, expect, test } from 'vitest';
import { bare, found, ge, gs, isa, iea, read } from './testing/samples.ts';

describe('hierarchical levels', () => {
  const levels = (...all: readonly string[]) =>
    found(read([isa, gs, bare, ...all, `SE*${all.length + 2}*0001~`, ge, iea].join('')));

  test('a parent that is not there', () => {
    expect(levels('HL*1**20*1~', 'HL*2*9*22*0~')).toEqual(['hl.parent at 4']);
  });

  test('a parent that comes later is no fault', () => {
    expect(levels('HL*1*2*22*0~', 'HL*2**20*1~')).toEqual([]);
  });

  test('levels numbered otherwise than 1, 2, 3 are no fault', () => {
    expect(levels('HL*A**20*1~', 'HL*07*A*21*1~', 'HL*1*07*22*0~')).toEqual([]);
  });

  test('two levels that are each the parent of the other', () => {
    expect(levels('HL*1**20*1~', 'HL*2*3*21*1~', 'HL*3*2*22*0~')).toEqual(['hl.cycle at 4']);
    expect(levels('HL*A*B*20*1~', 'HL*B*A*21*1~', 'HL*C*A*22*0~')).toEqual(['hl.cycle at 3']);
  });

  test('a level that is its own parent', () => {
    expect(levels('HL*1*1*20*1~')).toEqual(['hl.cycle at 3']);
  });

  test('a number that comes twice', () => {
    expect(levels('HL*1**20*1~', 'HL*2*1*21*1~', 'HL*2*1*22*0~')).toEqual(['hl.duplicate at 5']);
  });

  test('a level without its number or its kind', () => {
    expect(levels('HL*1**20*1~', 'HL**1**0~')).toEqual(['element.missing at 4', 'element.missing at 4']);
  });

  test('each transaction numbers its levels anew', () => {
    const one = [bare, 'HL*1**20*1~', 'SE*3*0001~'];
    expect(found(read([isa, gs, ...one, ...one, 'GE*2*1~', iea].join('')))).toEqual([]);
  });
});
