// What the connectors tell of their systems: the form of a connection, and the operation that tests it.
import type { Pace } from '../../connectors/connection-state.ts';
import type { ConnectorSystem, SystemId } from '../../connectors/registry.ts';
import { operations, systems } from '../../connectors/registry.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Validator } from '../http/validation.ts';
import type { NewConnection } from './connections.ts';
import type { TestOperation } from './tester.ts';

/** The test of a system by its name, or null where the system is not known. */
export function connectionTest(system: string): TestOperation | null {
  return isSystem(system) ? operations[systems[system].test] : null;
}

/** The pace a connection's settings allow; undefined where its system states none. */
export function paceOf(system: string, config: Readonly<Record<string, unknown>>): Pace | undefined {
  const known: ConnectorSystem | null = isSystem(system) ? systems[system] : null;
  return known?.pace?.(config);
}

/** Throws `input.invalid` for an unknown system, a wrong setting (named) or a secret that is missing or not known. */
export function checkConnection(validator: Validator, connection: NewConnection): void {
  if (!isSystem(connection.system)) {
    throw new GaitError('input.invalid', 'This system is not known.', {
      where: 'system',
      fix: `Known: ${Object.keys(systems).join(', ')}.`,
    });
  }
  const system: ConnectorSystem = systems[connection.system];
  validator.check(system.configSchema, connection.config, 'config');
  checkSecrets(connection.system, connection.secrets);
}

/** Throws `input.invalid` unless the secrets of the system are there, those it may go without aside, and no others. */
export function checkSecrets(system: string, secrets: Readonly<Record<string, string>>): void {
  if (!isSystem(system)) return;
  const { secrets: known }: ConnectorSystem = systems[system];
  const names = known.map((secret) => secret.name);
  for (const { name, optional } of known) {
    if (optional !== true && (secrets[name] ?? '') === '')
      throw new GaitError('input.invalid', 'A secret is missing.', { where: `secrets.${name}` });
  }
  if (Object.keys(secrets).some((name) => !names.includes(name))) {
    throw new GaitError('input.invalid', 'A secret is not known here.', {
      where: 'secrets',
      fix: `Known: ${names.join(', ') || 'none'}.`,
    });
  }
}

function isSystem(name: string): name is SystemId {
  return Object.hasOwn(systems, name);
}
