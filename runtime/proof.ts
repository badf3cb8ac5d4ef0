// `npm run proof`: the full-scale fault runs, which are too long for every change.
import { lineOf } from './problem.ts';
import { runStages, stagesOf } from './stages.ts';
import { obtain } from './temporal-server.ts';

try {
  await Promise.all([obtain('temporal'), obtain('temporal-test-server')]);
  process.exitCode = await runStages(stagesOf('proof'));
} catch (error) {
  console.error(lineOf(error));
  process.exitCode = 1;
}
process.disconnect?.();
