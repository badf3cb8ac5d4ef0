// Facts on hours of the week as staff write them.
import { expect, test } from 'vitest';
import { hoursIn, hoursInWords } from './hours.ts';

test('days, ranges and breaks are read, and written the same again', () => {
  const text = 'Mon-Thu 08:00-12:00, 13:00-17:00; Sat 09:00-12:00';
  const windows = hoursIn(text);
  expect(windows).toHaveLength(9);
  expect(windows?.[0]).toEqual({ weekday: 0, from: '08:00', to: '12:00' });
  expect(hoursInWords(windows ?? [])).toBe(text);
  expect(hoursIn('Tuesday, Friday 9:30-11:00')).toEqual([
    { weekday: 1, from: '09:30', to: '11:00' },
    { weekday: 4, from: '09:30', to: '11:00' },
  ]);
});

test('nothing is no hours; what cannot be read is told, never guessed', () => {
  expect(hoursIn(' ')).toEqual([]);
  for (const text of ['Mon', 'Mon 9-12', 'Fri-Mon 9:00-12:00', 'Mon 12:00-9:00', 'Xyz 9:00-12:00', 'Mon 9:00-25:00'])
    expect({ text, read: hoursIn(text) }).toEqual({ text, read: null });
});
