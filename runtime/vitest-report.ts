// Reads Vitest's JSON report: how many tests passed, and which failed with what.
import { relative } from 'node:path';

/** Passed, failed and skipped tests. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * The counts of a report. A file that could not be loaded holds no test and counts as one failure; so does a run that ended badly
 * though no test failed.
 */
export function countReport(report: unknown, status: number): Count {
  const number = (name: string): number => {
    const value = field(report, name);
    return typeof value === 'number' ? value : 0;
  };
  const unloaded = filesOf(report).filter((file) => isFailed(file) && testsOf(file).length === 0).length;
  const failed = number('numFailedTests') + unloaded;
  return {
    passed: number('numPassedTests'),
    failed: failed === 0 && status !== 0 ? 1 : failed,
    skipped: number('numPendingTests') + number('numTodoTests'),
  };
}

/** A line for each failed test, and for each file that failed outside its tests: file, test, first line of what it said. */
export function failuresIn(report: unknown, folder: string): string[] {
  return filesOf(report)
    .filter(isFailed)
    .flatMap((file) => {
      const name = relative(folder, textOf(file, 'name'));
      const failed = testsOf(file).filter(isFailed);
      if (failed.length === 0) return [`${name}: ${firstLine(textOf(file, 'message'))}`];
      return failed.map((test) => {
        const messages = field(test, 'failureMessages');
        const said: unknown = Array.isArray(messages) ? messages[0] : null;
        return `${name} > ${textOf(test, 'fullName')}: ${firstLine(typeof said === 'string' ? said : '')}`;
      });
    });
}

function filesOf(report: unknown): readonly unknown[] {
  const files = field(report, 'testResults');
  return Array.isArray(files) ? files : [];
}

function testsOf(file: unknown): readonly unknown[] {
  const tests = field(file, 'assertionResults');
  return Array.isArray(tests) ? tests : [];
}

function isFailed(one: unknown): boolean {
  return field(one, 'status') === 'failed';
}

function textOf(value: unknown, name: string): string {
  const text = field(value, name);
  return typeof text === 'string' ? text : '';
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').slice(0, 200);
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}
