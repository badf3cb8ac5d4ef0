// The sandbox's levers for the clearinghouse that speaks in files: folders, journal, faults, and one sweep at a time.
import express from 'express';
import type { Router } from 'express';
import type { PayersDesk } from '../adjudication/desk.ts';
import { faultLevers } from '../faults/queue.ts';
import { sweep } from './clearinghouse.ts';
import { queueFaults } from './faults.ts';
import { hostKey, sftpUser } from './sftp-server.ts';
import type { X12FilesStore } from './store.ts';

/** Mounted at `/sandbox/x12-files`. */
export function x12FilesControl(store: X12FilesStore, desk: PayersDesk, now: () => Date): Router {
  const router = express.Router();
  router.use(express.json());

  router.get('/', (_request, response) => {
    const { root } = store;
    const folders = { outbox: `${root}/outbox`, inbox: `${root}/inbox`, archive: `${root}/archive` };
    response.json({ folders, sftp: { username: sftpUser, hostKey: hostKey(store.stateFolder).fingerprint } });
  });

  router.get('/journal', (_request, response) => {
    response.json({ entries: store.journal() });
  });

  router.use('/faults', faultLevers(store, queueFaults, '{"fault":"…"}'));

  router.post('/sweep', (_request, response) => {
    sweep(store, desk, now());
    response.json({ ok: true });
  });

  router.post('/reset', (_request, response) => {
    store.reset();
    response.json({ ok: true });
  });

  return router;
}
