// The flows of the step round trip, made and published through n8n's public API under the settings of a template.
import { randomUUID } from 'node:crypto';
import { type N8nApi, openN8n } from '../../cli/templates/n8n-api.ts';
import { credentialType, type Flow, type FlowNode, keepsNothing, stepTriggerType } from '../../domain/template/flow.ts';

const settings = { executionOrder: 'v1', ...keepsNothing };

function chain(name: string, first: FlowNode, second: FlowNode): Flow {
  const target = { node: second.name, type: 'main', index: 0 };
  return { name, nodes: [first, second], connections: { [first.name]: { main: [[target]] } }, settings };
}

/** Gait Step → Gait Step Answer, for the clinic of the key. */
function stepFlow(credential: { readonly id: string; readonly name: string }): Flow {
  const credentials = { [credentialType]: credential };
  return chain(
    'Bench: step',
    {
      id: 'asked',
      name: 'Asked',
      type: stepTriggerType,
      typeVersion: 1,
      position: [0, 0],
      parameters: { step: 'authorization.status' },
      webhookId: randomUUID(),
      credentials,
    },
    {
      id: 'answer',
      name: 'Answer',
      type: 'n8n-nodes-gait.gaitStepAnswer',
      typeVersion: 1,
      position: [240, 0],
      parameters: { outcome: 'approved', options: {} },
      credentials,
    },
  );
}

/** Webhook → No Operation; `whole` answers when the run has ended, else on receipt. */
function bareFlow(path: string, whole: boolean): Flow {
  return chain(
    `Bench: bare webhook, ${whole ? 'whole run' : 'on receipt'}`,
    {
      id: 'webhook',
      name: 'Webhook',
      type: 'n8n-nodes-base.webhook',
      typeVersion: 2,
      position: [0, 0],
      parameters: { httpMethod: 'POST', path, responseMode: whole ? 'lastNode' : 'onReceived', options: {} },
      webhookId: randomUUID(),
    },
    {
      id: 'nothing',
      name: 'Nothing',
      type: 'n8n-nodes-base.noOp',
      typeVersion: 1,
      position: [240, 0],
      parameters: {},
    },
  );
}

async function publish(n8n: N8nApi, flow: Flow): Promise<void> {
  const { id } = await n8n.createFlow(flow);
  await n8n.publish(id);
}

/** Publishes all three flows. @returns the addresses of the two bare webhooks */
export async function publishFlows(where: {
  readonly n8nUrl: string;
  readonly n8nKey: string;
  readonly serverUrl: string;
  readonly flowsKey: string;
}): Promise<{ readonly onReceipt: string; readonly wholeRun: string }> {
  const n8n = openN8n(where.n8nUrl, where.n8nKey);
  const credential = await n8n.createCredential({
    name: 'Bench',
    type: credentialType,
    data: { serverUrl: where.serverUrl, apiKey: where.flowsKey },
  });
  await publish(n8n, stepFlow({ id: credential.id, name: 'Bench' }));
  await publish(n8n, bareFlow('bench-on-receipt', false));
  await publish(n8n, bareFlow('bench-whole-run', true));
  return { onReceipt: `${where.n8nUrl}/webhook/bench-on-receipt`, wholeRun: `${where.n8nUrl}/webhook/bench-whole-run` };
}
