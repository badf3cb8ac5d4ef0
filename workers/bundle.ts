// Builds the workflows into the one file that workers, replays and tests run.

import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';
import type { WorkflowBundle } from '@temporalio/worker';
import { failureConverterPath } from '../payload-codec/data-converter.ts';

/** The module that exports every workflow. */
const workflowsPath = fileURLToPath(new URL('../workflows/all.ts', import.meta.url));

/** The bundle; building takes about a second, so it is built once per process. */
export function bundleWorkflows(): Promise<WorkflowBundle> {
  const quiet = (): void => undefined;
  return bundleWorkflowCode({
    workflowsPath,
    failureConverterPath,
    logger: { log: quiet, trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet },
  });
}
