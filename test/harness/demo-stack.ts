// A whole stack with the demo clinic in it: users, connections to the sandbox, the prior authorization template installed and published.
import { readFileSync } from 'node:fs';
import { createDemoClinic, installTemplate } from '../../runtime/demo-clinic.ts';
import type { SurfaceSettings } from '../../runtime/demo/surfaces.ts';
import type { Stack } from '../../runtime/stack.ts';
import { type TestStack, startTestStack } from './stack.ts';

export interface DemoStack extends TestStack {
  readonly settings: SurfaceSettings;
}

/** Starts it; some thirty seconds on two cores. */
export async function startDemoStack(more: Parameters<typeof startTestStack>[0] = {}): Promise<DemoStack> {
  const test = await startTestStack(more);
  try {
    await createDemoClinic(test.stack);
    await installTemplate(test.stack, 'prior-authorization');
  } catch (error) {
    await test.remove();
    throw error;
  }
  return { ...test, settings: surfacesOf(test.stack) };
}

/** Where a stack with the demo clinic in it is spoken to, and with what. */
export function surfacesOf(stack: Stack): SurfaceSettings {
  return {
    server: stack.urls.server,
    sandbox: stack.urls.sandbox,
    dropFolder: stack.webptDrop,
    flowsKey: readFileSync(stack.secrets.flowsKey, 'utf8').trim(),
    password: readFileSync(stack.secrets.demoPassword, 'utf8').trim(),
  };
}
