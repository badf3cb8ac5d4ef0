// Every operation of every connector by its name: the one place where the server looks one up.
import { availityConfigSchema, availityPace } from './availity/config.ts';
import { availityOperations } from './availity/operations.ts';
import type { Pace } from './connection-state.ts';
import { webptConfigSchema } from './webpt/config.ts';
import { webptOperations } from './webpt/operations.ts';

/** All operations with their own request and result types: `operations['availity.serviceReview.get'].run(…)`. */
export const operations = { ...availityOperations, ...webptOperations } as const;

export type OperationName = keyof typeof operations;

/** A system a clinic can connect: the form of its settings, the secrets it needs and the operation that tests it. */
export interface ConnectorSystem {
  readonly id: string;
  readonly title: string;
  readonly configSchema: Readonly<Record<string, unknown>>;
  readonly secrets: readonly { readonly name: string; readonly title: string }[];
  readonly test: OperationName;
  /** What its settings say of the pace; without it the usual one. */
  pace?(config: Readonly<Record<string, unknown>>): Pace;
}

export const systems = {
  webpt: {
    id: 'webpt',
    title: 'WebPT (exported reports)',
    configSchema: webptConfigSchema,
    secrets: [],
    test: 'webpt.connection.test',
  },
  availity: {
    id: 'availity',
    title: 'Availity',
    configSchema: availityConfigSchema,
    secrets: [
      { name: 'clientId', title: 'Client id' },
      { name: 'clientSecret', title: 'Client secret' },
    ],
    test: 'availity.connection.test',
    pace: availityPace,
  },
} as const satisfies Record<string, ConnectorSystem>;

export type SystemId = keyof typeof systems;
