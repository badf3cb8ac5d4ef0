// Bulk exports of the simulated endpoint: a job, its status, its files in NDJSON, and everything that can go wrong with them.
import { randomUUID } from 'node:crypto';
import express from 'express';
import type { Request, Response, Router } from 'express';
import { baseOf, refuse } from './gate.ts';
import type { Gate } from './gate.ts';
import type { FhirStore, Job } from './store.ts';

const linesInFile = 400;

function filesOf(store: FhirStore, types: readonly string[], since: number | null): Map<string, readonly unknown[]> {
  const files = new Map<string, readonly unknown[]>();
  for (const type of types) {
    const lines = store.all(type).filter(({ meta }) => since === null || Date.parse(meta.lastUpdated) > since);
    for (let at = 0; at < lines.length; at += linesInFile)
      files.set(`${type}.${at / linesInFile}.ndjson`, lines.slice(at, at + linesInFile));
  }
  const entry = store.deleted.map(({ type, id }) => ({ request: { method: 'DELETE', url: `${type}/${id}` } }));
  if (since !== null && entry.length > 0)
    files.set('deleted.ndjson', [{ resourceType: 'Bundle', type: 'transaction', entry }]);
  return files;
}

const outcomes = [
  { resourceType: 'OperationOutcome', issue: [{ severity: 'information', code: 'informational' }] },
  {
    resourceType: 'OperationOutcome',
    issue: [
      {
        severity: 'error',
        code: 'processing',
        diagnostics: 'SMITH could not be exported',
        expression: ['Coverage.payor'],
      },
    ],
  },
];

/** Mounted at the base. */
export function exportRouter(store: FhirStore, gate: Gate, now: () => Date): Router {
  const router = express.Router();

  const start = async (request: Request, response: Response): Promise<void> => {
    const fault = await gate.admit({ operation: 'export', leave: 'r' }, request, response);
    if (fault === undefined) return;
    if (!/respond-async/.test(request.get('prefer') ?? '')) {
      refuse(response, 400, 'invalid', 'An export is asked for with Prefer: respond-async.');
      return;
    }
    const query = new URL(request.originalUrl, 'http://localhost').searchParams;
    const types = query.get('_type')?.split(',') ?? store.types();
    const since = query.get('_since');
    const job: Job = {
      id: randomUUID(),
      transactionTime: now().toISOString(),
      polls: 0,
      errors: fault?.fault === 'exportErrors',
      files: filesOf(store, types, since === null ? null : Date.parse(since)),
    };
    store.jobs.set(job.id, job);
    response
      .status(202)
      .set('Content-Location', `${baseOf(request)}/bulk-status/${job.id}`)
      .end();
  };
  router.get('/Patient/\\$export', start);
  router.get('/Group/:id/\\$export', start);

  router.get('/bulk-status/:job', async (request, response) => {
    const fault = await gate.admit({ operation: 'poll', leave: 'r' }, request, response);
    if (fault === undefined) return;
    if (fault?.fault === 'exportGone') store.jobs.delete(request.params.job);
    const job = store.jobs.get(request.params.job);
    if (job === undefined) {
      refuse(response, 410, 'not-found', 'The job is gone.');
      return;
    }
    if (fault?.fault === 'exportFails') {
      refuse(response, 500, 'exception', 'The export failed.');
      return;
    }
    job.polls += 1;
    if (job.polls <= store.settings.notReady) {
      response.status(202).set('X-Progress', 'in progress').set('Retry-After', '5').end();
      return;
    }
    const listed = (name: string) => ({
      type: name.split('.')[0],
      url: `${baseOf(request)}/bulk-file/${job.id}/${name}`,
    });
    const names = [...job.files.keys()];
    response.json({
      transactionTime: job.transactionTime,
      request: `${baseOf(request)}/Patient/$export`,
      requiresAccessToken: !store.settings.openFiles,
      output: names.filter((name) => !name.startsWith('deleted')).map(listed),
      deleted: names.filter((name) => name.startsWith('deleted')).map((name) => ({ ...listed(name), type: 'Bundle' })),
      error: job.errors ? [{ ...listed('errors.ndjson'), type: 'OperationOutcome' }] : [],
    });
  });

  router.delete('/bulk-status/:job', async (request, response) => {
    if ((await gate.admit({ operation: 'poll', leave: 'r' }, request, response)) === undefined) return;
    response.status(store.jobs.delete(request.params.job) ? 202 : 404).end();
  });

  router.get('/bulk-file/:job/:name', async (request, response) => {
    const { job, name } = request.params;
    const type = name.split('.')[0] ?? '';
    const needs = store.settings.openFiles ? {} : { leave: 'r' as const };
    const fault = await gate.admit({ operation: 'file', type, ...needs }, request, response);
    if (fault === undefined) return;
    const lines = name === 'errors.ndjson' ? outcomes : store.jobs.get(job)?.files.get(name);
    if (lines === undefined || fault?.fault === 'fileGone') {
      refuse(response, 410, 'not-found', 'The file is gone.');
      return;
    }
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    response.status(200).type('application/fhir+ndjson');
    if (fault?.fault === 'fileBreaksOff') response.send(text.slice(0, -30));
    else if (fault?.fault === 'fileResets') {
      response.write(text.slice(0, Math.floor(text.length / 2)), () => request.socket.resetAndDestroy());
    } else response.send(text);
  });

  return router;
}
