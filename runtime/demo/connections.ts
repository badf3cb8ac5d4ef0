// The connections of the demo clinic: its PT system, its billing system, the others that know its patients, four ways to its payers and two to its patients, all played by the sandbox.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { addConnection } from '../../server/setup.ts';
import type { Services } from '../../server/services.ts';
import type { Stack } from '../stack.ts';
import { addMessagingConnections } from './messaging.ts';
import { dropOf, otherSystems } from './systems.ts';

/** One name per payer wire; the templates and examples use these. */
export const clearinghouses = ['Availity', 'Change Healthcare', 'Stedi', 'X12 Files'] as const;

const scope = [
  'name',
  'birthDate',
  'memberId',
  'contact',
  'diagnosis',
  'coverage',
  'visitTime',
  'recordNumber',
  'clinicalText',
  'measurement',
] as const;

/** What the sandbox allows is more than a vendor does: the demo need not wait. */
const requestsPerSecond = 50;

/** Settings of a connection that a measurement sets for itself. */
export interface DemoPace {
  readonly changeHealthcare?: { readonly requestsPerSecond: number; readonly concurrentCalls: number };
}

export async function addDemoConnections(
  services: Services,
  stack: Stack,
  clinic: string,
  pace: DemoPace = {},
): Promise<void> {
  const { sandbox } = stack.urls;
  const agreementWith = (vendor: string) => ({
    vendor,
    effective: '2026-01-01',
    expires: null,
    scope: [...scope],
    evidence: 'The sandbox on this machine; no agreement is needed for synthetic data.',
  });
  // Where the sandbox's clearinghouse for files looks; it makes them too, whoever comes first.
  const files = join(stack.home, 'sandbox', 'x12-files');
  for (const folder of ['outbox', 'inbox', 'archive']) mkdirSync(join(files, folder), { recursive: true });
  await addConnection(services, clinic, {
    name: 'WebPT',
    system: 'webpt',
    mode: 'live',
    config: {
      dropFolder: stack.webptDrop,
      profile: 'webpt-standard',
      hl7: { send: { host: '127.0.0.1', port: stack.ports.sandboxHl7, timeoutSeconds: 5, knowsRepeats: true } },
    },
    secrets: {},
    agreement: agreementWith('webpt'),
  });
  await addConnection(services, clinic, {
    name: 'Therabill',
    system: 'therabill',
    mode: 'live',
    config: { dropFolder: stack.therabillDrop },
    secrets: {},
    agreement: agreementWith('therabill'),
  });
  for (const { name, system } of otherSystems) {
    const dropFolder = dropOf(stack, system);
    mkdirSync(dropFolder, { recursive: true });
    await addConnection(services, clinic, {
      name,
      system,
      mode: 'live',
      config: { dropFolder },
      secrets: {},
      agreement: null,
    });
  }
  await addConnection(services, clinic, {
    name: 'Availity',
    system: 'availity',
    mode: 'live',
    config: {
      environment: 'demo',
      scope: 'healthcare-hipaa-transactions-demo',
      baseUrl: sandbox,
      pathPrefix: '/availity',
      inquireAfterSeconds: 5,
      requestsPerSecond,
    },
    secrets: { clientId: 'sandbox', clientSecret: 'sandbox' },
    agreement: agreementWith('availity'),
  });
  await addConnection(services, clinic, {
    name: 'Change Healthcare',
    system: 'changeHealthcare',
    mode: 'live',
    config: {
      environment: 'sandbox',
      baseUrl: `${sandbox}/change-healthcare`,
      inquireAfterSeconds: 5,
      requestsPerSecond,
      ...pace.changeHealthcare,
    },
    secrets: { clientId: 'sandbox', clientSecret: 'sandbox' },
    agreement: agreementWith('changeHealthcare'),
  });
  await addConnection(services, clinic, {
    name: 'Stedi',
    system: 'stedi',
    mode: 'live',
    config: { environment: 'test', baseUrl: `${sandbox}/stedi`, inquireAfterSeconds: 5, requestsPerSecond },
    secrets: { apiKey: 'sandbox', webhookSecret: 'sandbox' },
    agreement: agreementWith('stedi'),
  });
  await addConnection(services, clinic, {
    name: 'X12 Files',
    system: 'x12Files',
    mode: 'live',
    config: {
      transport: 'folder',
      outbox: join(files, 'outbox'),
      inbox: join(files, 'inbox'),
      archive: join(files, 'archive'),
      senderId: 'DEMOCLINIC',
      receiverId: 'SANDBOX',
      usage: 'test',
      settleSeconds: 1,
      answerSeconds: 2,
    },
    secrets: {},
    agreement: agreementWith('x12Files'),
  });
  await addMessagingConnections(services, stack, clinic, agreementWith);
}
