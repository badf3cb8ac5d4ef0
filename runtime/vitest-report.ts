// The reporter of the stages: how many tests passed, and which failed with what, written as JSON to the file of `TEST_REPORT_FILE`.
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Reporter, TestModule, TestSuite } from 'vitest/node';

/** Passed, failed and skipped tests. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What a run reports: its counts, and a line for each failure: file, test, first line of what it said. */
export interface Report {
  readonly count: Count;
  readonly failures: readonly string[];
}

/** The name of the variable that says where the report is written. */
export const reportFile = 'TEST_REPORT_FILE';

interface Said {
  readonly message: string;
}

export default class StageReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly Said[]): void {
    const file = process.env[reportFile];
    if (file !== undefined) writeFileSync(file, JSON.stringify(reportOf(modules, unhandled, process.cwd())));
  }
}

/**
 * The report of a run in `folder`. Outside of tests a failure is one of its own: a file that could not be loaded, a hook, and an error
 * nobody caught.
 */
function reportOf(modules: readonly TestModule[], unhandled: readonly Said[], folder: string): Report {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const count = (state: string): number => tests.filter((test) => test.result().state === state).length;
  const line = (where: string, error: Said | undefined): string => `${where}: ${firstLine(error?.message ?? '')}`;
  const nameOf = (module: TestModule): string => relative(folder, module.moduleId);
  const failures = [
    ...tests
      .filter((test) => test.result().state === 'failed')
      .map((test) => line(`${nameOf(test.module)} > ${test.fullName}`, test.result().errors?.[0])),
    ...modules.flatMap((module) =>
      [module, ...module.children.allSuites()].flatMap((suite: TestModule | TestSuite) =>
        suite.errors().map((error) => line(nameOf(module), error)),
      ),
    ),
    ...unhandled.map((error) => line('outside of any test', error)),
  ];
  return { count: { passed: count('passed'), failed: failures.length, skipped: count('skipped') }, failures };
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').slice(0, 200);
}
