// The sandbox's own levers for its mail server: faults, and which messages it took.
import express from 'express';
import type { Router } from 'express';
import { faultLevers } from '../faults/queue.ts';
import { queueFaults } from './faults.ts';
import type { SmtpStore } from './store.ts';

/** Mounted at `/sandbox/smtp`. */
export function smtpControl(store: SmtpStore): Router {
  const router = express.Router();
  router.use(express.json());

  router.use('/faults', faultLevers(store, queueFaults, '{"fault":"addressUnknown"}'));

  router.get('/journal', (_request, response) => {
    response.json({ calls: store.calls, taken: store.state.taken });
  });

  router.post('/reset', (_request, response) => {
    store.reset();
    response.json({ ok: true });
  });

  return router;
}
