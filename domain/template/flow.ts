// What an n8n flow looks like in a file: nodes, connections and settings, nothing that belongs to one installation.

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** A node on the canvas. `position` is `[x, y]` in pixels of the canvas. */
export interface FlowNode {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly typeVersion: number;
  readonly position: readonly [number, number];
  readonly parameters: JsonObject;
  readonly webhookId?: string;
  readonly onError?: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
  readonly credentials?: Readonly<Record<string, { readonly id: string; readonly name: string }>>;
}

export interface FlowTarget {
  readonly node: string;
  readonly type: string;
  readonly index: number;
}

/** Connections by node name, kind and output index. */
export type FlowConnections = Readonly<
  Record<string, Readonly<Record<string, readonly (readonly FlowTarget[] | null)[]>>>
>;

export interface Flow {
  readonly name: string;
  readonly nodes: readonly FlowNode[];
  readonly connections: FlowConnections;
  readonly settings: JsonObject;
}

/** The settings under which n8n keeps nothing of a run. */
export const keepsNothing = {
  saveDataSuccessExecution: 'none',
  saveDataErrorExecution: 'none',
  saveManualExecutions: false,
  saveExecutionProgress: false,
} as const;

export const stickyNoteType = 'n8n-nodes-base.stickyNote';
export const stepTriggerType = 'n8n-nodes-gait.gaitStepTrigger';

/** The name of the one credential type that Gait's nodes use. */
export const credentialType = 'gaitApi';

/** Whether a node needs the credential. */
export function isGaitNode(node: Pick<FlowNode, 'type'>): boolean {
  return node.type.startsWith('n8n-nodes-gait.');
}

/** The steps a flow answers, one per Gait Step trigger. */
export function stepsOf(nodes: readonly Pick<FlowNode, 'type' | 'parameters'>[]): string[] {
  return nodes
    .filter(({ type }) => type === stepTriggerType)
    .map(({ parameters }) => parameters['step'])
    .filter((step) => typeof step === 'string');
}
