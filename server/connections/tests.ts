// The test operation of each outside system.
import { availityOperations } from '../../connectors/availity/operations.ts';
import type { TestOperation } from './tester.ts';

/** The test of a system by its name, or null where the system has none. */
export function connectionTest(system: string): TestOperation | null {
  return system === 'availity' ? availityOperations['availity.connection.test'] : null;
}
