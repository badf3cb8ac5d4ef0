// What carries the demo clinic's messages: Twilio and a mail server, both played by the sandbox, with an agreement on file.
import { join } from 'node:path';
import { sandboxAccount, sandboxNumber } from '../../sandbox/twilio/account.ts';
import type { Agreement } from '../../server/connections/agreement.ts';
import { twilioDoor } from '../../server/received/twilio.ts';
import type { Services } from '../../server/services.ts';
import { addConnection } from '../../server/setup.ts';
import { Problem } from '../problem.ts';
import type { Stack } from '../stack.ts';

/** What the sandbox signs its webhooks with unless it is told otherwise. */
const authToken = 'sandbox-auth-token';

/** Adds both connections, and tells the sandbox where patients' answers go. */
export async function addMessagingConnections(
  services: Services,
  stack: Stack,
  clinic: string,
  agreementWith: (vendor: string) => Agreement,
): Promise<void> {
  const twilio = await addConnection(services, clinic, {
    name: 'Twilio',
    system: 'twilio',
    mode: 'live',
    config: {
      accountSid: sandboxAccount,
      from: sandboxNumber,
      baseUrl: `${stack.urls.sandbox}/twilio`,
      requestsPerSecond: 50,
      inquireAfterSeconds: 5,
    },
    secrets: { apiKeySid: 'SKsandbox', apiKeySecret: 'sandbox', authToken },
    agreement: agreementWith('twilio'),
  });
  await addConnection(services, clinic, {
    name: 'E-mail',
    system: 'smtp',
    mode: 'live',
    config: {
      host: '127.0.0.1',
      port: stack.ports.sandboxMail,
      security: 'none',
      from: 'frontdesk@clinic.example',
      fromName: 'Riverside Test Clinic',
      messagesPerSecond: 50,
    },
    secrets: {},
    agreement: agreementWith('smtp'),
  });
  await tellSandbox(stack, { authToken, smsUrl: twilioDoor(stack.urls.server, twilio.id) });
}

async function tellSandbox(stack: Stack, settings: object): Promise<void> {
  const response = await fetch(`${stack.urls.sandbox}/sandbox/twilio/settings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(settings),
    signal: AbortSignal.timeout(30_000),
  });
  await response.arrayBuffer();
  if (!response.ok)
    throw new Problem(
      `The sandbox did not take where answers go (${response.status}).`,
      `Read ${join(stack.logs, 'sandbox.log')}.`,
    );
}
