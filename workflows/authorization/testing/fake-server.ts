// Stands for the server's API in an authorization's workflow tests.

import type { Assessment } from '../../../domain/authorization/assessment.ts';
import type { AuthorizationEvent } from '../../../domain/authorization/events.ts';
import { assessmentOf } from '../../../domain/authorization/testing/assessments.ts';
import { answerOf, carryOutOnItem, nothingAsked } from '../../testing/fake-server.ts';
import type { Remembered } from '../../testing/fake-server.ts';
import type { AuthorizationActivities, CarriedOut, ServerCommand } from '../activities.ts';

/** A server of one authorization. */
export interface FakeServer extends Remembered {
  readonly activities: AuthorizationActivities;
  readonly events: AuthorizationEvent[];
  assessment: Assessment;
  /** What the server would say after an event; changes `assessment`. */
  onEvent: (event: AuthorizationEvent) => void;
}

/** A server that was asked nothing yet. */
export function fakeServer(): FakeServer {
  const carryOut = (authorization: string, command: ServerCommand): CarriedOut => {
    const result = { assessment: null, workItem: null, code: null };
    switch (command.type) {
      case 'assess':
        fake.calls.push('assess');
        return { ...result, assessment: fake.assessment };
      case 'apply':
        fake.calls.push(`apply ${command.event.type}`);
        if (!fake.events.some((one) => one.id === command.event.id)) fake.events.push(command.event);
        fake.onEvent(command.event);
        return { ...result, assessment: fake.assessment };
      default:
        return { ...result, workItem: carryOutOnItem(fake, authorization, command) };
    }
  };
  const fake: FakeServer = {
    ...nothingAsked(),
    assessment: assessmentOf({ need: 'renewal', actBy: '2027-03-01' }),
    onEvent: () => undefined,
    events: [],
    activities: {
      carryOut: ({ authorization, commands }) =>
        fake.failure === null
          ? Promise.resolve(commands.map((command) => carryOut(authorization, command)))
          : Promise.reject(fake.failure),
      askStep: (input) => answerOf(fake, input),
    },
  };
  return fake;
}
