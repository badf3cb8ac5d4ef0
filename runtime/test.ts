// `npm test`: every stage, after the tools they need were obtained; ends with the line `N passed, N failed`.
import { build } from './build.ts';
import { ensureChromium } from './chromium.ts';
import { ensureInstalled } from './install.mjs';
import { checkout, places } from './places.mjs';
import { lineOf } from './problem.ts';
import { runStages, stagesOf } from './stages.ts';
import { obtain } from './temporal-server.ts';
import type { Count } from './vitest-report.ts';

const say = (line: string): void => console.log(line);

/** A tool that cannot be had is a failure of its own and is said at once; the tests that need it then fail as well, none is skipped. */
async function preparing(name: string, work: () => unknown): Promise<{ name: string; count: Count }> {
  try {
    await work();
    return { name, count: { passed: 0, failed: 0, skipped: 0 } };
  } catch (error) {
    say(lineOf(error));
    return { name, count: { passed: 0, failed: 1, skipped: 0 } };
  }
}

const prepared = await Promise.all([
  preparing('Temporal server', () => obtain('temporal')),
  preparing('time-skipping server', () => obtain('temporal-test-server')),
  preparing('n8n', () => ensureInstalled('n8n', checkout, places().cache, say)),
  preparing('Chromium', () => ensureChromium(say)),
  preparing('build of the nodes', () => build('nodes', say)),
  preparing('build of the console', () => build('console', say)),
]);
process.exitCode = await runStages(stagesOf('test'), prepared);
process.disconnect?.();
