// What a person may say with a decision, and which fields an appeal shows that no other request has.
import { expect, test } from 'vitest';
import { createValidator } from '../http/validation.ts';
import { fieldsFor } from './fields.ts';
import { checkOutcome } from './outcome.ts';

const now = new Date('2026-11-21T12:00:00Z');
const sent = (at: string) =>
  checkOutcome(createValidator(), 'authorization.send', 'sent', { channel: 'fax', at, confirmation: null }, now);

test('a packet cannot have been sent tomorrow, and the field is named', () => {
  expect(() => sent('2026-11-22T12:00:00Z')).toThrow(
    expect.objectContaining({ code: 'input.invalid', where: 'outcome.at' }),
  );
  expect(() => sent('2026-11-21T12:03:00Z')).not.toThrow();
});

test('the reason of an appeal is a field of appeals alone, ready to be copied into the packet', () => {
  const reasonIn = (required: readonly string[]) =>
    fieldsFor('authorizationRequest', required, true).find(({ path }) => path === 'clinical.appealReason');
  expect(reasonIn(['clinical.appealReason'])).toMatchObject({ type: 'longText', required: true, copyReady: true });
  expect(reasonIn(['clinical.goals'])).toBeUndefined();
});
