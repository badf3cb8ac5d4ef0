// The calls of imports and of the data audit.
import type { ImportRun, ImportedReport } from '../api.ts';
import type {
  DataAuditPage,
  FindingGroup,
  ReconciledVisits,
  ReconciliationState,
  ShownFinding,
} from '../data-audit.ts';
import type { Server } from './server.ts';

export class DataCalls {
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  dataAudit(): Promise<DataAuditPage> {
    return this.#server.get('/v1/console/data-audit');
  }

  startDataAudit(): Promise<unknown> {
    return this.#server.post('/v1/console/data-audit');
  }

  dataFindings({ code, system, field }: FindingGroup): Promise<{ findings: readonly ShownFinding[] }> {
    const query = new URLSearchParams({ code, system, ...(field === null ? {} : { field }) });
    return this.#server.get(`/v1/console/data-audit/findings?${query.toString()}`);
  }

  dataAuditTable(): Promise<{ csv: string }> {
    return this.#server.get('/v1/console/data-audit/export');
  }

  takeApart(link: string): Promise<unknown> {
    return this.#server.post(`/v1/console/patient-links/${encodeURIComponent(link)}/undo`);
  }

  reconcileVisits(): Promise<ReconciledVisits> {
    return this.#server.post('/v1/reconciliation');
  }

  imports(): Promise<{ readonly runs: readonly ImportRun[]; readonly imports: readonly ImportedReport[] }> {
    return this.#server.get('/v1/admin/imports');
  }

  startImport(connection: string): Promise<{ run: string; created: boolean }> {
    return this.#server.post('/v1/admin/imports', { connection });
  }

  importTable(): Promise<{ csv: string }> {
    return this.#server.get('/v1/admin/imports/export');
  }

  linkTable(): Promise<{ csv: string }> {
    return this.#server.get('/v1/console/patient-links/export');
  }

  reconciliation(): Promise<ReconciliationState> {
    return this.#server.get('/v1/reconciliation');
  }
}
