// `npm run proof -- [--cycles N] [--seed S]`: the full-scale fault runs and every measurement, too long for every change.
import { lineOf } from './problem.ts';
import { proofScale, proofStages, runStages } from './stages.ts';
import { obtain } from './temporal-server.ts';

try {
  const scale = proofScale(process.argv.slice(2));
  await Promise.all([obtain('temporal'), obtain('temporal-test-server')]);
  process.exitCode = await runStages(proofStages(scale));
} catch (error) {
  console.error(lineOf(error));
  process.exitCode = 1;
}
process.disconnect?.();
