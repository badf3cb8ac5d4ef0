// Sends what the items ask for in few requests and gives each item its own result back.
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Reply } from '../transport/request';
import { readRefusal, refusalOf } from '../transport/refusal';
import type { Refusal } from '../transport/refusal';
import { refuse, refuseUnreadable, requiredText } from './operation';
import { isDataObject, listOf } from './values';

/** A question about references that the server takes as a list. */
export interface ListQuestion {
  /** The field that holds the reference of an item. */
  readonly field: { readonly name: string; readonly label: string };
  /** As many as the server takes in one request, or answers well within its time-out. */
  readonly perRequest: number;
  /** Which items go together, for example by their connection. Left out, all of them do. */
  groupOf?(itemIndex: number): Promise<string | Refusal>;
  ask(references: string[], group: string): Promise<Reply>;
  /** What the answer holds about a reference: the output of its items, an `error` to refuse them with, or undefined for nothing. */
  resultOf(body: IDataObject, reference: string): IDataObject | undefined;
}

/** A reference of a request and the items that named it. */
interface Wanted {
  readonly reference: string;
  readonly itemIndexes: number[];
}

const noResult = refusalOf('service.unavailable', {
  message: 'Gait gave no result for this reference',
  fix: 'Run it again. If it stays so, tell your consultant the time it happened.',
});

/** Finds the entry of an answer's list that is about a reference. */
export function entryOf(list: string, name: string): ListQuestion['resultOf'] {
  return (body, reference) => listOf(body, list).find((entry) => entry[name] === reference);
}

/**
 * Asks about the references of all items, each once, in lists.
 * @returns one output per item in the order of the items, paired; an item that cannot be asked about or was refused is refused alone
 */
export async function askTogether(this: IExecuteFunctions, question: ListQuestion): Promise<INodeExecutionData[]> {
  const outputs: INodeExecutionData[] = [];
  const groups = new Map<string, Map<string, Wanted>>();
  for (let itemIndex = 0; itemIndex < this.getInputData().length; itemIndex += 1) {
    try {
      const reference = requiredText.call(this, question.field.name, question.field.label, itemIndex);
      const group = (await question.groupOf?.(itemIndex)) ?? '';
      if (typeof group === 'string') want(groups, group, reference, itemIndex);
      else outputs[itemIndex] = refuse.call(this, group, itemIndex, reference);
    } catch (error) {
      outputs[itemIndex] = refuseUnreadable.call(this, error, itemIndex);
    }
  }

  const send = async (group: string, part: readonly Wanted[]): Promise<void> => {
    const reply = await question.ask(
      part.map(({ reference }) => reference),
      group,
    );
    for (const { reference, itemIndexes } of part) {
      const result = reply.ok ? question.resultOf(reply.body, reference) : undefined;
      const refusal = reply.ok ? refusalIn(result) : reply.refusal;
      for (const itemIndex of itemIndexes)
        outputs[itemIndex] =
          refusal === null
            ? { json: { ...result }, pairedItem: { item: itemIndex } }
            : refuse.call(this, refusal, itemIndex, reference);
    }
  };
  for (const [group, references] of groups) {
    const wanted = [...references.values()];
    for (let from = 0; from < wanted.length; from += question.perRequest)
      await send(group, wanted.slice(from, from + question.perRequest));
  }
  return outputs;
}

function want(groups: Map<string, Map<string, Wanted>>, group: string, reference: string, itemIndex: number): void {
  const references = groups.get(group) ?? new Map<string, Wanted>();
  groups.set(group, references);
  const wanted = references.get(reference);
  if (wanted === undefined) references.set(reference, { reference, itemIndexes: [itemIndex] });
  else wanted.itemIndexes.push(itemIndex);
}

/** A result that holds an error is read as the refusal of a request would be. */
function refusalIn(result: IDataObject | undefined): Refusal | null {
  if (result === undefined) return noResult;
  return isDataObject(result.error) ? readRefusal(502, { error: result.error }) : null;
}
