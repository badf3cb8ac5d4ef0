// Several systems keep one patient: the owner's word holds, a gap is filled, an echo is no news, everything else is asked.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSame, syncedFields } from './fields.ts';
import type { Values } from './fields.ts';
import { behind, reconcile } from './reconcile.ts';

const owner = (): string => 'emr';
const holds: Values = { given: 'Ann', family: 'Bell', phone: '555-0101', email: null };

test('what the owner changes holds from then on', () => {
  const told = reconcile({
    holds,
    owner,
    connection: 'emr',
    says: { phone: '555-0199' },
    before: { phone: '555-0101' },
  });
  expect(told).toEqual({ holds: { ...holds, phone: '555-0199' }, set: ['phone'], conflicts: [] });
});

test('what somebody else changes is a question that shows both values, and changes nothing', () => {
  const told = reconcile({
    holds,
    owner,
    connection: 'billing',
    says: { phone: '555-0144' },
    before: { phone: '555-0101' },
  });
  expect(told.holds).toEqual(holds);
  expect(told.conflicts).toEqual([{ field: 'phone', holds: '555-0101', says: '555-0144' }]);
});

test('a gap is filled by whoever knows; silence empties nothing', () => {
  const told = reconcile({
    holds,
    owner,
    connection: 'billing',
    says: { email: 'ann@example.org', phone: null },
    before: null,
  });
  expect(told).toMatchObject({ set: ['email'], conflicts: [], holds: { email: 'ann@example.org', phone: '555-0101' } });
  const silent = reconcile({ holds, owner, connection: 'emr', says: { phone: null }, before: { phone: '555-0101' } });
  expect(silent.conflicts).toEqual([{ field: 'phone', holds: '555-0101', says: null }]);
  expect(silent.holds).toEqual(holds);
});

test('a name in capitals with a middle initial and a telephone number written otherwise are no other values', () => {
  expect(isSame('given', 'Mary', 'MARY A.')).toBe(true);
  expect(isSame('family', "O'Neill-Stone", 'ONEILL STONE')).toBe(true);
  expect(isSame('phone', '+1 (555) 010-1234', '555-010-1234')).toBe(true);
  expect(isSame('phone', '555-010-1234', '555-010-1235')).toBe(false);
  expect(isSame('email', null, 'a@example.org')).toBe(false);
});

const value = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: null });
const values = fc.record(Object.fromEntries(syncedFields.map((field) => [field, value])), { requiredKeys: [] });

test('said again, it is no news; what was written into a system does not come back as a change', () => {
  fc.assert(
    fc.property(values, values, fc.option(values, { nil: null }), fc.boolean(), (held, says, before, isOwner) => {
      const connection = isOwner ? 'emr' : 'billing';
      const first = reconcile({ holds: held, owner, connection, says, before });
      const again = reconcile({ holds: first.holds, owner, connection, says, before: says });
      expect(again).toEqual({ holds: first.holds, set: [], conflicts: [] });
      const entered: Values = {
        ...says,
        ...Object.fromEntries(behind(first.holds, says).map((f) => [f, first.holds[f]])),
      };
      const echo = reconcile({ holds: first.holds, owner, connection, says: entered, before: says });
      expect(echo.set).toEqual([]);
      expect(behind(first.holds, entered)).toEqual([]);
    }),
  );
});

test('what holds never becomes nothing', () => {
  fc.assert(
    fc.property(values, values, values, (held, says, before) => {
      for (const connection of ['emr', 'billing']) {
        const { holds: now } = reconcile({ holds: held, owner, connection, says, before });
        for (const field of syncedFields) if ((held[field] ?? null) !== null) expect(now[field] ?? null).not.toBeNull();
      }
    }),
  );
});
