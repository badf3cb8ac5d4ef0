// The stages of the tests: a file's name says what it needs, and only unit tests run side by side.
import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

const outside = ['**/node_modules/**', '**/dist/**'];

/** A project whose files start real processes: `workers` of them at the same time, each with its own database and ports. */
const real = (name: string, include: string[], seconds: number, workers = 1, setups: string[] = []) => ({
  test: {
    name,
    include,
    exclude: outside,
    pool: 'forks' as const,
    maxWorkers: workers,
    testTimeout: seconds * 1_000,
    hookTimeout: seconds * 1_000,
    globalSetup: ['test/harness/global-setup.ts', ...setups],
  },
});

/** The fault runs are one long file: begun first, they do not run on alone when the others have ended. */
class FaultsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isFault = (file: TestSpecification): boolean => file.project.name === 'fault';
    const sorted = await super.sort(files);
    return [...sorted.filter(isFault), ...sorted.filter((file) => !isFault(file))];
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: FaultsFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [
            ...outside,
            'test/structure/**',
            '**/*.{int,e2e,browser,fault,replay,contract,proof,pictures}.test.ts',
          ],
          pool: 'threads',
          maxWorkers: 2,
          testTimeout: 20_000,
        },
      },
      { test: { name: 'structure', include: ['test/structure/**/*.test.ts'], exclude: outside, testTimeout: 60_000 } },
      real('replay', ['**/*.replay.test.ts'], 60),
      real('int', ['**/*.int.test.ts'], 120, 2),
      real('contract', ['**/*.contract.test.ts'], 120, 2),
      real('e2e', ['test/e2e/*.e2e.test.ts'], 300, 2),
      real('browser', ['test/browser/*.browser.test.ts'], 300, 2, ['test/browser/build-console.ts']),
      real('fault', ['test/fault/*.fault.test.ts'], 600, 2),
      // Not part of `npm test`: full-scale runs of `npm run proof`, and the pictures of the documents.
      real('proof', ['test/proof/*.proof.test.ts'], 900),
      real('pictures', ['test/pictures/*.pictures.test.ts'], 300),
    ],
  },
});
