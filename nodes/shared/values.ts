// Telling apart the values that come from parameters, items and answers, whose types n8n cannot know.
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

export function isDataObject(value: unknown): value is IDataObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The entries of a list inside an answer's body; a missing list is empty. */
export function listOf(body: IDataObject, name: string): IDataObject[] {
  const value: unknown = body[name];
  return Array.isArray(value) ? value.filter(isDataObject) : [];
}

/** The chosen entries of a collection parameter; those left empty are left out. */
export function collection(this: IExecuteFunctions, name: string, itemIndex: number): IDataObject {
  const value: unknown = this.getNodeParameter(name, itemIndex, {});
  if (!isDataObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter(([, entry]) => entry !== '' && entry !== undefined && entry !== null),
  );
}
