// The sandbox as one Express app: simulated vendors under their own paths, its levers under /sandbox.
import express from 'express';
import type { Express } from 'express';
import { availityControl } from './availity/control.ts';
import { availityRouter } from './availity/router.ts';
import { AvailityStore } from './availity/store.ts';
import { payers } from './clinic/payers.ts';
import { webptControl } from './webpt/control.ts';

export interface SandboxOptions {
  readonly stateFolder: string;
  readonly seed: number;
  readonly now: () => Date;
}

/** The app, not yet listening. State under `stateFolder` is read at once and written on every change. */
export function createSandbox({ stateFolder, seed, now }: SandboxOptions): Express {
  const store = new AvailityStore(stateFolder);
  const app = express();
  app.disable('x-powered-by');
  app.get('/healthz', (_request, response) => {
    response.json({ ok: true });
  });
  app.use('/sandbox/availity', availityControl(store));
  app.use('/sandbox/webpt', webptControl({ seed, now }));
  const availity = availityRouter({ store, payers: Object.values(payers), now });
  app.use('/availity', availity);
  app.use('/', availity);
  return app;
}
