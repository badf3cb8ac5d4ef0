// Finds the call that started this run: the items of the Gait Step trigger before this node, and how input items link back to them.
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

/** A call as the trigger gave it out. `itemOf` follows n8n's item linking from an input item of this node. */
export interface AskedCall {
  readonly call: string;
  readonly attempt: number;
  readonly items: string[];
  itemOf(itemIndex: number): string;
}

// What `$('Node name')` gives in n8n.
interface NodeView {
  readonly isExecuted: boolean;
  readonly item: INodeExecutionData;
  all(): INodeExecutionData[];
}

function view(this: IExecuteFunctions, nodeName: string, itemIndex: number): NodeView {
  const found: NodeView = this.getWorkflowDataProxy(itemIndex).$(nodeName);
  return found;
}

function itemIn(json: IDataObject): string | null {
  return typeof json.item === 'string' ? json.item : null;
}

/** The call of this run. Without a Gait Step trigger that has run before this node there is nothing to answer. */
export function askedCall(this: IExecuteFunctions): AskedCall {
  const triggers = this.getParentNodes(this.getNode().name).filter(({ type }) => type.endsWith('.gaitStepTrigger'));
  const trigger = triggers.find(({ name }) => view.call(this, name, 0).isExecuted);
  const start = trigger === undefined ? [] : view.call(this, trigger.name, 0).all();
  const first = start[0]?.json;
  if (trigger === undefined || typeof first?.call !== 'string' || typeof first.attempt !== 'number') {
    throw new NodeOperationError(this.getNode(), 'No step was asked in this run', {
      description:
        'Start the flow with the Gait Step trigger and connect it, directly or over other nodes, with this node. [input.invalid]',
    });
  }
  return {
    call: first.call,
    attempt: first.attempt,
    items: start.map(({ json }) => itemIn(json)).filter((item) => item !== null),
    itemOf: (itemIndex) => {
      let linked: string | null = null;
      try {
        linked = itemIn(view.call(this, trigger.name, itemIndex).item.json);
      } catch {
        linked = null;
      }
      if (linked !== null) return linked;
      throw new NodeOperationError(this.getNode(), 'It is unclear which item of the call this answers', {
        description:
          'A node before this one breaks item linking. Add the option "Item" and name the item there. [input.invalid]',
        itemIndex,
      });
    },
  };
}
