// Reads what a clinic may write of its own into a connection: its settings and its mapping profile, each by a JSON Schema.
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv';
import { GaitError } from '../domain/errors.ts';
import type { ConnectorContext } from './connector.ts';

type Read<T> = { readonly value: T } | { readonly wrong: string };

/** Fills in the defaults and finds the wrong field. The schema is compiled at the first use: most commands ask no vendor. */
function reader<T>(schema: object): (value: unknown) => Read<T> {
  let made: ValidateFunction<T> | null = null;
  return (value) => {
    made ??= new Ajv2020({ useDefaults: true, allowUnionTypes: true }).compile<T>(schema);
    const copy: unknown = structuredClone(value);
    if (made(copy)) return { value: copy };
    const [error] = made.errors ?? [];
    const named: unknown = error?.params['missingProperty'] ?? error?.params['additionalProperty'];
    return { wrong: [error?.instancePath ?? '', ...(typeof named === 'string' ? [named] : [])].join('/') };
  };
}

/** The validated settings with their defaults. Throws `input.invalid` naming the field, with what `fix` says of its place. */
export function settingsReader<T>(
  system: string,
  schema: object,
  fix: (place: string) => string | null = () => null,
): (config: ConnectorContext['config']) => T {
  const read = reader<T>(schema);
  return (config) => {
    const found = read(config);
    if ('value' in found) return found.value;
    const where = found.wrong.slice(1) || 'config';
    throw wrongSetting(system, where, fix(where));
  };
}

export function wrongSetting(system: string, where: string, fix: string | null = null): GaitError {
  const told = `the ${system} setting "${where}" is missing or wrong`;
  return new GaitError('input.invalid', told, { where, ...(fix === null ? {} : { fix }) });
}

/** The validated mapping profile. Throws `input.invalid` naming the place as a JSON pointer. */
export function profileReader<T>(system: string, schema: object): (value: unknown) => T {
  const read = reader<T>(schema);
  return (value) => {
    const found = read(value);
    if ('value' in found) return found.value;
    throw new GaitError('input.invalid', `the ${system} mapping profile is not valid`, { where: found.wrong || '/' });
  };
}

/** Whether an address leads to this machine and nowhere else. */
export function isThisMachine(url: URL): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
}

/** Throws `input.invalid` unless the address is one; a plain `http:` address must be this machine. */
export function checkBaseUrl(baseUrl: string): void {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  if (url === null) throw new GaitError('input.invalid', 'the base address is no address', { where: 'baseUrl' });
  if (url.protocol === 'http:' && !isThisMachine(url))
    throw new GaitError('input.invalid', 'the base address must begin with https', { where: 'baseUrl' });
}

/** The calendar zone a setting names exists. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
