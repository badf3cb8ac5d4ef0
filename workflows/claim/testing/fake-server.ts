// Stands for the server's API in workflow tests: it remembers what it was asked and answers steps by a script.

import type { ApplicationFailure } from '@temporalio/common';
import type { ClaimEvent } from '../../../domain/claim/event-schema.ts';
import type { ClaimPlan } from '../../../domain/claim/plan.ts';
import { planOf } from '../../../domain/claim/testing/plans.ts';
import type { StepName } from '../../../domain/step/call.ts';
import { answerOf } from '../../authorization/testing/fake-server.ts';
import type { Script } from '../../authorization/testing/fake-server.ts';
import type { ClaimActivities, CarriedOut, ServerCommand } from '../activities.ts';

/** A server of one claim. `calls` lists every activity attempt in words. */
export interface FakeServer {
  readonly activities: ClaimActivities;
  readonly calls: string[];
  readonly events: ClaimEvent[];
  readonly opened: { readonly claim: string; readonly key: string; readonly workItem: string }[];
  readonly asked: string[];
  plan: ClaimPlan;
  steps: Partial<Record<StepName, Script>>;
  /** Thrown instead of carrying anything out. */
  failure: ApplicationFailure | null;
}

/** A fresh server. `prefix` keeps the references of several servers apart. */
export function fakeServer(prefix = 'wi_'): FakeServer {
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
      case 'openItem': {
        fake.calls.push(`open ${command.kind}`);
        const known = fake.opened.find((one) => one.key === command.key);
        const workItem = known?.workItem ?? `${prefix}${fake.opened.length + 1}`;
        if (known === undefined) fake.opened.push({ claim, key: command.key, workItem });
        return { ...result, workItem };
      }
      case 'closeItem':
        fake.calls.push(`close ${command.workItem} ${command.reason}`);
        return result;
      case 'remindItem':
        fake.calls.push(`remind ${command.workItem}`);
        return result;
      case 'escalateItem':
        fake.calls.push(`escalate ${command.workItem} ${command.role}`);
        return result;
      case 'show':
        fake.calls.push(`show ${command.shown.status}`);
        return result;
    }
  };
  const fake: FakeServer = {
    plan: planOf(),
    steps: {},
    failure: null,
    calls: [],
    events: [],
    opened: [],
    asked: [],
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
