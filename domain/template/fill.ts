// Pure: makes a clinic's copy of a template: parameters filled in, fresh ids, the clinic's credential bound.
import { credentialType, isGaitNode } from './flow.ts';
import type { Flow, FlowNode, Json, JsonObject } from './flow.ts';
import type { Manifest, ParameterValues } from './manifest.ts';

type Fill = Manifest['fills'][number];

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Thrown when a manifest names a place the flow does not have: a mistake of the template, not of who installs it. */
export class FillError extends Error {}

function setAt(target: Json | undefined, path: readonly (string | number)[], value: Json, where: string): Json {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(target) && typeof key === 'number' && key < target.length) {
    return target.map((entry, index) => (index === key ? setAt(entry, rest, value, where) : entry));
  }
  if (isObject(target) && typeof key === 'string' && key in target) {
    return { ...target, [key]: setAt(target[key], rest, value, where) };
  }
  throw new FillError(`The manifest fills ${where}, which the flow does not have.`);
}

/** The value a fill puts in: the parameter itself, or the hour or minute of a time `HH:MM`. */
function valueOf(fill: Fill, values: ParameterValues): Json {
  const value = values[fill.parameter];
  if (value === undefined) throw new FillError(`The manifest fills "${fill.parameter}", which has no value.`);
  if (fill.part === undefined) return value;
  const time = /^(\d{2}):(\d{2})$/.exec(String(value));
  if (time === null) throw new FillError(`"${fill.parameter}" is not a time like 06:00.`);
  return Number(fill.part === 'hour' ? time[1] : time[2]);
}

function fillParameters(flow: Flow, fills: readonly Fill[], values: ParameterValues): Flow {
  let filled = flow;
  for (const fill of fills) {
    const value = valueOf(fill, values);
    const where = `${fill.node ?? 'settings'} → ${fill.path.join('.')}`;
    if (fill.node === undefined) {
      const settings = setAt(filled.settings, fill.path, value, where);
      if (isObject(settings)) filled = { ...filled, settings };
      continue;
    }
    if (!filled.nodes.some(({ name }) => name === fill.node)) {
      throw new FillError(`The manifest fills the node "${fill.node}", which the flow does not have.`);
    }
    filled = {
      ...filled,
      nodes: filled.nodes.map((node) => {
        if (node.name !== fill.node) return node;
        const parameters = setAt(node.parameters, fill.path, value, where);
        return isObject(parameters) ? { ...node, parameters } : node;
      }),
    };
  }
  return filled;
}

function ownCopy(node: FlowNode, credential: { id: string; name: string }, newId: () => string): FlowNode {
  const { webhookId, credentials: _, ...rest } = node;
  return {
    ...rest,
    id: newId(),
    ...(webhookId === undefined ? {} : { webhookId: newId() }),
    ...(isGaitNode(node) ? { credentials: { [credentialType]: credential } } : {}),
  };
}

/**
 * Makes a clinic's copy of a template.
 * @param values every parameter of the manifest, checked
 * @param copy `name` of the flow, the clinic's credential, and a source of new ids (UUIDs)
 * @returns the flow to create in n8n; no id or webhook address is shared with the template or another copy
 * @throws FillError when the manifest names a place the flow does not have
 */
export function fillTemplate(
  flow: Flow,
  manifest: Manifest,
  values: ParameterValues,
  copy: {
    readonly name: string;
    readonly credential: { readonly id: string; readonly name: string };
    readonly newId: () => string;
  },
): Flow {
  const filled = fillParameters(flow, manifest.fills, values);
  return { ...filled, name: copy.name, nodes: filled.nodes.map((node) => ownCopy(node, copy.credential, copy.newId)) };
}
