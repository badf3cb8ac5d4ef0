// `npm run check`: types, lint, layers, dead code and the unit and structure tests; needs neither n8n nor Temporal.
import { runStages, stagesOf } from './stages.ts';

process.exitCode = await runStages(stagesOf('check'));
process.disconnect?.();
