// Makes the golden histories anew: drives every path on a dev server and writes what Temporal stored.
// Run it with `node workflows/record-histories.ts` after a change that is meant to alter histories, and only then.

import { writeFileSync } from 'node:fs';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { startDevServer } from '../test/harness/temporal.ts';
import { bundleWorkflows } from '../workers/bundle.ts';
import { historiesOf, testClient, testWorker, track } from './authorization/testing/bench.ts';
import { paths } from './authorization/testing/paths.ts';

const folder = new URL('./authorization/histories/', import.meta.url);
const [dev, bundle] = await Promise.all([startDevServer(), bundleWorkflows()]);
try {
  const client = testClient(dev.environment);
  for (const { name, server: serverOf, drive } of paths) {
    const server = serverOf();
    const reference = `auth_${name}`;
    const worker = await testWorker(dev.environment, bundle, server, reference);
    const histories = await worker.runUntil(async () => {
      const handle = await track(client, reference, reference);
      await drive(handle, server);
      return historiesOf(client, handle);
    });
    for (const [run, history] of histories.entries()) {
      const file = `${name}-${run + 1}.json`;
      writeFileSync(new URL(file, folder), `${JSON.stringify(JSON.parse(historyToJSON(history)))}\n`);
      process.stdout.write(`${file}: ${history.events?.length ?? 0} events\n`);
    }
  }
} finally {
  await dev.stop();
}
