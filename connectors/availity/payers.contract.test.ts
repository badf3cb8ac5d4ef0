// The payers of Availity over real HTTP: by which routes each is reached, and what each demands.
import { describe, expect, test } from 'vitest';
import { availityOperations } from './operations.ts';
import { simulatedAvaility } from './testing/simulated.ts';

const payersList = availityOperations['availity.payers.list'];
const configurations = availityOperations['availity.configurations.get'];
const { context, fail } = simulatedAvaility();

describe('what is told of payers', () => {
  test('the payer list names each with its routes', async () => {
    const outcome = await payersList.run(context(), {});
    if (outcome.kind !== 'done') throw new Error('not listed');
    expect(outcome.result.complete).toBe(true);
    expect(outcome.result.payers).toHaveLength(4);
    expect(outcome.result.payers.find(({ payerId }) => payerId === 'harbor-health')).toEqual({
      payerId: 'harbor-health',
      name: 'Harbor Health',
      routes: [
        { transaction: 'Eligibility and Benefits', submissionMode: 'API', available: true, enrollmentRequired: false },
        { transaction: 'Claim Status', submissionMode: 'API', available: true, enrollmentRequired: false },
        { transaction: 'Authorizations', submissionMode: 'API', available: true, enrollmentRequired: true },
      ],
    });
    const config = { payers: { hh: 'harbor-health' } };
    const one = await payersList.run(context({ config }), { payer: 'hh' });
    expect(one).toMatchObject({ result: { payers: [{ payerId: 'harbor-health' }] } });
  });

  test('the configuration of eligibility tells what must be filled, and by which combinations a member is told', async () => {
    const outcome = await configurations.run(context(), { transaction: 'eligibility', payer: 'harbor-health' });
    if (outcome.kind !== 'done') throw new Error('not read');
    const [one] = outcome.result.configurations;
    expect(one?.fields.filter(({ required }) => required).map(({ field }) => field)).toEqual([
      'providerNpi',
      'asOfDate',
    ]);
    expect(one?.fields.find(({ field }) => field === 'serviceType')?.values).toEqual(['30', 'PT']);
    expect(one?.requiredFieldCombinations['patient']).toContainEqual(['memberId', 'patientBirthDate']);
    expect(one?.fields.find(({ field }) => field === 'groupNumber')?.requiredWhen).toEqual({
      subscriberRelationship: { equalTo: 'G8' },
    });
  });

  test('a payer list that cannot be had may be asked for again', async () => {
    await fail({ fault: 'errorBeforeAccepting', on: 'payerList' });
    expect(await payersList.run(context(), {})).toMatchObject({ kind: 'notSent', code: 'vendor.unavailable' });
  });
});
