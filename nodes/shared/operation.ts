// One operation of a node: what the editor shows for it and what it does with the items; and how an outcome becomes items.
import type {
  IDataObject,
  IDisplayOptions,
  IExecuteFunctions,
  INodeExecutionData,
  INodeProperties,
} from 'n8n-workflow';
import { NodeApiError, NodeOperationError, updateDisplayOptions } from 'n8n-workflow';
import type { Reply } from '../transport/request';
import { refusalError, refusalJson } from '../transport/refusal';
import type { Refusal } from '../transport/refusal';

export interface Operation {
  readonly description: INodeProperties[];
  /** What the editor says it does, where that is another than at other systems. */
  readonly says?: string;
  /** Takes all input items and gives all output items, paired. */
  execute(this: IExecuteFunctions): Promise<INodeExecutionData[]>;
}

/** The fields of an operation, shown only where it is chosen. */
export function fieldsOf(shown: { resource: string; operation: string }, fields: INodeProperties[]): INodeProperties[] {
  const displayOptions: IDisplayOptions = { show: { resource: [shown.resource], operation: [shown.operation] } };
  return updateDisplayOptions(displayOptions, fields);
}

/** Runs the operation that the node's `resource` and `operation` name. */
export async function runOperation(
  this: IExecuteFunctions,
  operations: Readonly<Record<string, Readonly<Record<string, Operation>>>>,
): Promise<INodeExecutionData[][]> {
  const resource = this.getNodeParameter('resource', 0);
  const name = this.getNodeParameter('operation', 0);
  const operation = operations[resource]?.[name];
  if (operation === undefined) {
    throw new NodeOperationError(this.getNode(), `This version of the node does not know "${name}"`, {
      description: 'Choose an operation from the list.',
    });
  }
  return [await operation.execute.call(this)];
}

/**
 * Stops the flow with the refusal, or, where the node is set to continue, goes on with it as an item so that a later node can answer for it.
 * The item holds `error` alone: n8n then also knows it as one for the error output, and the object keeps Gait's code.
 */
export function refuse(
  this: IExecuteFunctions,
  refusal: Refusal,
  itemIndex: number,
  subject?: string,
): INodeExecutionData {
  if (!this.continueOnFail()) throw refusalError(this.getNode(), refusal, itemIndex);
  return {
    json: { error: { ...refusalJson(refusal), ...(subject === undefined ? {} : { subject }) } },
    pairedItem: { item: itemIndex },
  };
}

/** What one item asks for, and how the answer's body becomes the `json` of output items. */
export interface Question {
  readonly subject?: string;
  ask(): Promise<Reply>;
  outputs(body: IDataObject): IDataObject[];
}

/** Asks once per input item, in order; each output is paired with its input. */
export async function eachItem(
  this: IExecuteFunctions,
  question: (itemIndex: number) => Promise<Question>,
): Promise<INodeExecutionData[]> {
  const results: INodeExecutionData[] = [];
  for (let itemIndex = 0; itemIndex < this.getInputData().length; itemIndex += 1) {
    try {
      const asked = await question(itemIndex);
      const reply = await asked.ask();
      if (reply.ok)
        results.push(...asked.outputs(reply.body).map((json) => ({ json, pairedItem: { item: itemIndex } })));
      else results.push(refuse.call(this, reply.refusal, itemIndex, asked.subject));
    } catch (error) {
      results.push(refuseUnreadable.call(this, error, itemIndex));
    }
  }
  return results;
}

/** A parameter or expression that cannot be read: n8n's own error with its words, or one sentence of ours. */
function nodeError(this: IExecuteFunctions, error: unknown, itemIndex: number): NodeApiError | NodeOperationError {
  if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
  return new NodeOperationError(this.getNode(), 'A value of this node cannot be read', {
    description: 'Open the node and check the expressions of its fields. [input.invalid]',
    itemIndex,
  });
}

/** Stops the flow for an item whose values cannot be read, or goes on with what is wrong as an item; a refusal that stops it stays as it is. */
export function refuseUnreadable(this: IExecuteFunctions, error: unknown, itemIndex: number): INodeExecutionData {
  if (error instanceof NodeApiError || !this.continueOnFail()) throw nodeError.call(this, error, itemIndex);
  const shown = nodeError.call(this, error, itemIndex);
  return {
    json: { error: { code: 'input.invalid', message: shown.message, fix: shown.description ?? '' } },
    pairedItem: { item: itemIndex },
  };
}

/** A required text of an item; an empty one names the field. */
export function requiredText(this: IExecuteFunctions, name: string, label: string, itemIndex: number): string {
  const value: unknown = this.getNodeParameter(name, itemIndex, '');
  if (typeof value === 'string' && value.trim() !== '') return value.trim();
  throw new NodeOperationError(this.getNode(), `"${label}" is empty`, {
    description: `Fill "${label}" or take it from an earlier Gait node. [input.invalid]`,
    itemIndex,
  });
}
