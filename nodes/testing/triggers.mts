// A trigger of the package in n8n's own hook and webhook contexts: published, taken off, tried in the editor, called.
import { expect } from 'vitest';
import type { INode, INodeType, Workflow, WorkflowExecuteMode } from 'n8n-workflow';
import type { Credential, Engine, WorkflowFile } from './engine.mts';

export interface OpenTrigger {
  readonly type: INodeType;
  readonly node: INode;
  readonly workflow: Workflow;
}

/** The only trigger of a file, with its settings changed as `parameters` says. */
export function openTrigger(engine: Engine, file: WorkflowFile, parameters: INode['parameters'] = {}): OpenTrigger {
  const nodes = file.nodes.map((one) =>
    /trigger$/i.test(one.type) ? { ...one, parameters: { ...one.parameters, ...parameters } } : one,
  );
  const workflow = engine.toWorkflow({ ...file, nodes });
  const node = workflow.getNode(nodes.find(({ type }) => /trigger$/i.test(type))?.name ?? '');
  if (node === null) throw new Error(`${file.name} has no trigger`);
  node.credentials = { gaitApi: { id: expect.getState().currentTestName ?? '', name: 'Gait' } };
  return { type: engine.nodeTypes.getByNameAndVersion(node.type, node.typeVersion), node, workflow };
}

/** What n8n calls when the flow is published (`trigger`) or tried in the editor (`manual`), and when that ends. */
export function lifeOf(engine: Engine, opened: OpenTrigger, credential: Credential, mode: WorkflowExecuteMode) {
  const isTest = mode === 'manual';
  const additionalData = engine.additionalData(credential);
  const activation = isTest ? 'manual' : 'activate';
  const context = new engine.core.HookContext(opened.workflow, opened.node, additionalData, mode, activation, { isTest });
  const methods = opened.type.webhookMethods?.default;
  if (methods === undefined) throw new Error('no webhook methods');
  return {
    create: () => methods.create.call(context),
    find: () => methods.checkExists.call(context),
    remove: () => methods.delete.call(context),
  };
}

/** Calls the published flow's address. @returns what the node gives back, and what it answered by itself (status 0: nothing) */
export async function callTrigger(
  engine: Engine,
  { type, node, workflow }: OpenTrigger,
  credential: Credential,
  headers: Readonly<Record<string, string>>,
  raw: string,
) {
  const sent: { status: number; body: unknown } = { status: 0, body: null };
  const httpResponse = {
    status(code: number) {
      sent.status = code;
      return httpResponse;
    },
    json(body: unknown) {
      sent.body = body;
      return httpResponse;
    },
  };
  const httpRequest = {
    headers,
    body: {},
    params: {},
    query: {},
    rawBody: Buffer.from(raw),
    readRawBody: () => Promise.resolve(),
  };
  const web: object = { httpRequest, httpResponse };
  const additionalData = engine.additionalData(credential, web);
  const context = new engine.core.WebhookContext(workflow, node, additionalData, 'webhook', {}, [], null);
  return { answer: await type.webhook?.call(context), sent };
}
