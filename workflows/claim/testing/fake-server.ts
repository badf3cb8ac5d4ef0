// Stands for the server's API in a claim's workflow tests.

import type { ClaimEvent } from '../../../domain/claim/event-schema.ts';
import type { ClaimPlan } from '../../../domain/claim/plan.ts';
import { planOf } from '../../../domain/claim/testing/plans.ts';
import { answerOf, carryOutOnItem, nothingAsked } from '../../testing/fake-server.ts';
import type { Remembered } from '../../testing/fake-server.ts';
import type { ClaimActivities, CarriedOut, ServerCommand } from '../activities.ts';

/** A server of one claim. */
export interface FakeServer extends Remembered {
  readonly activities: ClaimActivities;
  readonly events: ClaimEvent[];
  plan: ClaimPlan;
}

/** A server that was asked nothing yet. */
export function fakeServer(): FakeServer {
  const carryOut = (claim: string, command: ServerCommand): CarriedOut => {
    const result = { plan: null, workItem: null, code: null };
    switch (command.type) {
      case 'assess':
        fake.calls.push('assess');
        return { ...result, plan: fake.plan };
      case 'apply':
        fake.calls.push(`apply ${command.event.type}`);
        if (!fake.events.some((one) => one.id === command.event.id)) fake.events.push(command.event);
        return result;
      case 'show':
        fake.calls.push(`show ${command.shown.status}`);
        return result;
      default:
        return { ...result, workItem: carryOutOnItem(fake, claim, command) };
    }
  };
  const fake: FakeServer = {
    ...nothingAsked(),
    plan: planOf(),
    events: [],
    activities: {
      carryOut: ({ claim, commands }) =>
        fake.failure === null
          ? Promise.resolve(commands.map((command) => carryOut(claim, command)))
          : Promise.reject(fake.failure),
      askStep: (input) => answerOf(fake, input),
    },
  };
  return fake;
}
