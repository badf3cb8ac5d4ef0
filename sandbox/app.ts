// The sandbox as one Express app: simulated vendors under their own paths, its levers under /sandbox.
import express from 'express';
import type { Express } from 'express';
import { availityControl } from './availity/control.ts';
import { Inquiries } from './availity/inquiries.ts';
import { availityRouter } from './availity/router.ts';
import { AvailityStore } from './availity/store.ts';
import { changeHealthcareRouter } from './change-healthcare/router.ts';
import { payers } from './clinic/payers.ts';
import { networkControl } from './medical-network/control.ts';
import { NetworkStore } from './medical-network/store.ts';
import { stediRouter } from './stedi/router.ts';
import { webptControl } from './webpt/control.ts';
import { x12FilesControl } from './x12-files/control.ts';
import { X12FilesStore } from './x12-files/store.ts';

export interface SandboxOptions {
  readonly stateFolder: string;
  readonly seed: number;
  readonly now: () => Date;
  /** The clearinghouse that speaks in files, where somebody else sweeps it too. */
  readonly x12Files?: X12FilesStore;
}

/** The app, not yet listening. State under `stateFolder` is read at once and written on every change. */
export function createSandbox({ stateFolder, seed, now, x12Files }: SandboxOptions): Express {
  const store = new AvailityStore(stateFolder);
  const inquiries = new Inquiries();
  const changeHealthcare = new NetworkStore(stateFolder, 'change-healthcare');
  const stedi = new NetworkStore(stateFolder, 'stedi');
  const app = express();
  app.disable('x-powered-by');
  app.get('/healthz', (_request, response) => {
    response.json({ ok: true });
  });
  app.use('/sandbox/availity', availityControl(store, inquiries));
  app.use('/sandbox/change-healthcare', networkControl(changeHealthcare));
  app.use('/sandbox/stedi', networkControl(stedi));
  app.use('/sandbox/webpt', webptControl({ seed, now }));
  app.use('/sandbox/x12-files', x12FilesControl(x12Files ?? new X12FilesStore(stateFolder), now));
  const availity = availityRouter({ store, inquiries, payers: Object.values(payers), now });
  app.use(
    '/change-healthcare',
    changeHealthcareRouter({ store: changeHealthcare, payers: Object.values(payers), now }),
  );
  app.use('/stedi', stediRouter({ store: stedi, now }));
  app.use('/availity', availity);
  app.use('/', availity);
  return app;
}
