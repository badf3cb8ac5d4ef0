// The morning report, for the flow that makes it (structure) and for the people who work from it (with names).
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Db } from '../database/tables.ts';
import type { Vault } from '../vault/vault.ts';
import type { KeptReport, MorningReports } from './reports.ts';

const staff = { kind: 'session', roles: 'any' } as const;
const dateQuery = {
  type: 'object',
  additionalProperties: false,
  properties: { date: { type: 'string', format: 'date' } },
} as const;

export function morningReportEndpoints(needs: {
  readonly reports: MorningReports;
  readonly db: Db;
  readonly vault: Vault;
}): Endpoint[] {
  const { reports } = needs;
  return [
    endpoint({
      method: 'POST',
      path: '/v1/morning-report',
      access: { kind: 'key', capability: 'flows' },
      body: { type: 'object', additionalProperties: false, properties: {} },
      handle: ({ clinic, principal }) => reports.make(clinic, principal),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/morning-report',
      access: staff,
      handle: async ({ clinic, principal }) => named(needs, clinic, await reports.make(clinic, principal), principal),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/morning-report',
      access: staff,
      query: dateQuery,
      async handle({ clinic, query, principal }) {
        const report = await reports.latest(clinic, query.date);
        if (report === null) throw new GaitError('reference.unknown', 'No morning report has been made for that day.');
        return named(needs, clinic, report, principal);
      },
    }),
  ];
}

/** The report with each patient's name, opened for the person who reads it. */
async function named(
  needs: { readonly db: Db; readonly vault: Vault },
  clinic: string,
  report: KeptReport,
  by: SessionPrincipal,
): Promise<unknown> {
  const refs = [...new Set(report.lines.flatMap((line) => (line.authorization === null ? [] : [line.authorization])))];
  const rows =
    refs.length === 0
      ? []
      : await needs.db
          .selectFrom('authorizations')
          .select(['ref', 'patient'])
          .where('clinic', '=', clinic)
          .where('ref', 'in', refs)
          .execute();
  const opened = await needs.vault.openMany(clinic, [...new Set(rows.map((row) => row.patient))], {
    purpose: 'morningReport.read',
    actor: by,
    action: 'morningReport.viewed',
  });
  const nameOf = new Map(rows.map((row) => [row.ref, nameIn(opened.get(row.patient)?.['name'])]));
  const lines = report.lines.map((line) => ({
    ...line,
    patientName: line.authorization === null ? null : (nameOf.get(line.authorization) ?? null),
  }));
  return { ...report, lines };
}

function nameIn(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('given' in value) || !('family' in value)) return null;
  return `${String(value.given)} ${String(value.family)}`;
}
