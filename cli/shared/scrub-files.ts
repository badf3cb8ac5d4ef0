// The JSON files `gait scrub` takes beside the claims: a chart, and what the clinic knows of a payer.
import { readFile } from 'node:fs/promises';
import type { JSONSchema } from 'json-schema-to-ts';
import { GaitError } from '../../domain/errors.ts';
import { scrubChartSchema } from '../../domain/scrub/chart-schema.ts';
import type { ScrubChart } from '../../domain/scrub/chart-schema.ts';
import { scrubProfileSchema } from '../../domain/scrub/profile-schema.ts';
import type { ScrubProfile } from '../../domain/scrub/profile-schema.ts';
import type { Validator } from '../../server/http/validation.ts';

interface ReadChart {
  readonly chart: ScrubChart;
  /** Fields that no rule knows, and that were not read: `visits.0.lenght`. */
  readonly unread: readonly string[];
}

/** @throws GaitError `file.unreadable` or `input.invalid` with the field, never its value */
export async function readChart(validator: Validator, name: string): Promise<ReadChart> {
  const value = await readJson(name);
  if (Array.isArray(value))
    throw new GaitError('input.invalid', `The file ${name} holds a list: a chart is one patient's.`, {
      fix: 'Give the chart of the patient whose claim it is, by itself.',
    });
  assertShape<ScrubChart>(validator, scrubChartSchema, value, 'chart');
  return { chart: value, unread: unknownFields(scrubChartSchema, value, []) };
}

/** @throws GaitError as `readChart` */
export async function readProfile(validator: Validator, name: string): Promise<ScrubProfile> {
  const value = await readJson(name);
  assertShape<ScrubProfile>(validator, scrubProfileSchema, value, 'profile');
  return value;
}

async function readJson(name: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(name, 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const sentence = error.code === 'ENOENT' ? `There is no file ${name}.` : `The file ${name} cannot be read.`;
    throw new GaitError('file.unreadable', sentence);
  }
  try {
    return JSON.parse(text);
  } catch {
    // What JSON.parse says quotes the text.
    throw new GaitError('file.unreadable', `The file ${name} is no JSON.`);
  }
}

function assertShape<T>(validator: Validator, schema: JSONSchema, value: unknown, where: string): asserts value is T {
  validator.check(schema, value, where);
}

interface Shape {
  readonly type?: unknown;
  readonly enum?: unknown;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
}

function unknownFields(shape: Shape, value: unknown, path: readonly string[]): string[] {
  const { properties, items, anyOf } = shape;
  if (anyOf !== undefined) {
    const inner = anyOf.find((one) => one.properties !== undefined || one.items !== undefined);
    return inner === undefined ? [] : unknownFields(inner, value, path);
  }
  if (Array.isArray(value))
    return items === undefined
      ? []
      : value.flatMap((one, index) => unknownFields(items, one, [...path, String(index)]));
  if (typeof value !== 'object' || value === null || properties === undefined) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const known = Object.hasOwn(properties, key) ? properties[key] : undefined;
    const at = [...path, /^[A-Za-z]{1,40}$/.test(key) ? key : '…'];
    return known === undefined ? [at.join('.')] : unknownFields(known, inner, at);
  });
}
