// The templates that come with Gait: their flow and manifest, read from templates/ and checked.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject } from 'ajv';
import { GaitError } from '../../domain/errors.ts';
import type { Flow } from '../../domain/template/flow.ts';
import { defaultsOf, manifestSchema } from '../../domain/template/manifest.ts';
import type { Manifest, ParameterValues } from '../../domain/template/manifest.ts';

export interface Template {
  readonly flow: Flow;
  readonly manifest: Manifest;
}

/** The folder of the templates of this checkout. */
export const templatesFolder = join(import.meta.dirname, '..', '..', 'templates');

function readJson<T>(file: string): T {
  const value: T = JSON.parse(readFileSync(file, 'utf8')) as T;
  return value;
}

/** The ids of all templates, sorted. */
export function templateIds(folder = templatesFolder): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'manifest.json')))
    .map(({ name }) => name)
    .sort();
}

/** Reads one template. Throws `reference.unknown` naming those that exist, or `file.unreadable` for a manifest that breaks its schema. */
export function readTemplate(id: string, folder = templatesFolder): Template {
  const known = templateIds(folder);
  if (!known.includes(id)) {
    throw new GaitError('reference.unknown', `There is no template "${id}".`, {
      where: 'template',
      fix: `Choose one of: ${known.join(', ')}.`,
    });
  }
  const manifest = readJson<Manifest>(join(folder, id, 'manifest.json'));
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
  if (!ajv.validate(manifestSchema, manifest)) {
    throw new GaitError('file.unreadable', `The manifest of ${id} is not right: ${ajv.errorsText()}.`, {
      where: `templates/${id}/manifest.json`,
    });
  }
  return { manifest, flow: readJson<Flow>(join(folder, id, 'template.json')) };
}

// n8n stores any text and then cannot run the flow: a time zone is checked here.
function isTimeZone(name: string): boolean {
  return name === 'UTC' || Intl.supportedValuesOf('timeZone').includes(name);
}

function parameterOf(error: ErrorObject): string {
  const params: Record<string, unknown> = { ...error.params };
  const named = params['additionalProperty'] ?? params['missingProperty'];
  return typeof named === 'string' ? named : (error.instancePath.split('/')[1] ?? '');
}

function sentence(error: ErrorObject, manifest: Manifest): { where: string; message: string; fix: string } {
  const name = parameterOf(error);
  const parameter = manifest.parameters.properties[name];
  const names = Object.keys(manifest.parameters.properties).join(', ');
  if (parameter === undefined)
    return { where: name, message: `The template has no parameter "${name}"`, fix: `Its parameters are: ${names}.` };
  const example = parameter.default === undefined ? '' : ` Leave it out for ${JSON.stringify(parameter.default)}.`;
  const shape = error.keyword === 'pattern' || error.keyword === 'format';
  const wrong = shape
    ? `must look like ${parameter.default ?? parameter.description}`
    : (error.message ?? 'is not right');
  const message = error.keyword === 'required' ? `"${name}" is missing` : `"${name}" ${wrong}`;
  return { where: name, message, fix: `${parameter.title}: ${parameter.description}.${example}` };
}

/**
 * Checks the values given with `--set` against the manifest and adds the defaults.
 * @returns every parameter of the template
 * @throws GaitError `input.invalid` with what is wrong, where, and how to mend it, for all of them at once
 */
export function parameterValues(manifest: Manifest, given: Readonly<Record<string, string>>): ParameterValues {
  const values: Record<string, string | number> = defaultsOf(manifest);
  for (const [name, value] of Object.entries(given)) {
    const isInteger = manifest.parameters.properties[name]?.type === 'integer' && /^-?\d+$/.test(value);
    values[name] = isInteger ? Number(value) : value;
  }
  const ajv = new Ajv2020({ allErrors: true, strict: false, formats: { 'time-zone': isTimeZone } });
  if (ajv.validate(manifest.parameters, values)) return values;
  const problems = (ajv.errors ?? []).map((error) => sentence(error, manifest));
  throw new GaitError('input.invalid', `${problems.map(({ message }) => message).join('; ')}.`, {
    where: problems.map(({ where }) => `--set ${where}`).join(', '),
    fix: problems.map(({ fix }) => fix).join(' '),
  });
}
