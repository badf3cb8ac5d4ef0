// The stages of the tests: a file's name says what it needs, and only unit tests run side by side.
import { defineConfig } from 'vitest/config';

const outside = ['**/node_modules/**', '**/dist/**'];

/** A project whose files share real processes and therefore run one after another. */
const serial = (name: string, include: string[], seconds: number) => ({
  test: {
    name,
    include,
    exclude: outside,
    pool: 'forks' as const,
    fileParallelism: false,
    testTimeout: seconds * 1_000,
    hookTimeout: seconds * 1_000,
    globalSetup: ['test/harness/global-setup.ts'],
  },
});

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...outside, 'test/structure/**', '**/*.{int,e2e,browser,fault,replay,contract}.test.ts'],
          pool: 'threads',
          testTimeout: 20_000,
        },
      },
      { test: { name: 'structure', include: ['test/structure/**/*.test.ts'], exclude: outside, testTimeout: 60_000 } },
      serial('replay', ['**/*.replay.test.ts'], 60),
      serial('int', ['**/*.int.test.ts'], 120),
      serial('contract', ['**/*.contract.test.ts'], 120),
      serial('e2e', ['test/e2e/*.e2e.test.ts'], 300),
      serial('browser', ['test/browser/*.browser.test.ts'], 300),
      serial('fault', ['test/fault/*.fault.test.ts'], 600),
    ],
  },
});
