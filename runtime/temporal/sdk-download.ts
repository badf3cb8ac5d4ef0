// Lets the Temporal SDK download a server into a folder with its own means; run as a child so that a hanging network can be cut off.
import { TestWorkflowEnvironment } from '@temporalio/testing';

const [tool, version, folder] = process.argv.slice(2);
if (tool === undefined || version === undefined || folder === undefined) throw new Error('usage: TOOL VERSION FOLDER');
const executable = { type: 'cached-download', version: `v${version}`, downloadDir: folder } as const;
const environment =
  tool === 'temporal'
    ? await TestWorkflowEnvironment.createLocal({ server: { executable } })
    : await TestWorkflowEnvironment.createTimeSkipping({ server: { executable } });
await environment.teardown();
