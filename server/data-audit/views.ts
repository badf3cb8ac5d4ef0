// What pages and the command line show of data audits: figures, groups of findings, pairs; names only for a person who is signed in.
import type { AuditFigures } from '../../domain/data-audit/figures.ts';
import { fieldWords, findingCodes } from '../../domain/data-audit/findings.ts';
import { protocolOf } from '../../domain/data-audit/protocol.ts';
import { GaitError } from '../../domain/errors.ts';
import { namesOf } from '../authorizations/views.ts';
import type { Db } from '../database/tables.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import type { PatientLinks } from '../patient-links/links.ts';
import type { Vault } from '../vault/vault.ts';
import { findingGroups, openFindings } from './findings.ts';
import type { FindingFilter } from './findings.ts';
import { systemNames } from './records.ts';
import type { DataRules } from './rules.ts';

export interface DataAuditViewNeeds {
  readonly db: Db;
  readonly vault: Vault;
  readonly links: PatientLinks;
  readonly rules: DataRules;
}

/** An audit as it stands. */
export interface AuditShown {
  readonly audit: string;
  readonly state: 'asked' | 'running' | 'done' | 'failed';
  readonly askedAt: string;
  readonly finishedAt: string | null;
  readonly done: number;
  readonly total: number | null;
  readonly failure: string | null;
  readonly figures: AuditFigures | null;
}

/** The newest audits of a clinic, the newest first. */
export async function auditsOf(db: Db, clinic: string, limit: number): Promise<AuditShown[]> {
  const rows = await db
    .selectFrom('data_audits')
    .selectAll()
    .where('clinic', '=', clinic)
    .orderBy('asked_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id, state, asked_at: askedAt, finished_at: finishedAt, done, total, failure, figures }) => ({
    audit: id,
    state,
    askedAt: askedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    done,
    total,
    failure,
    figures,
  }));
}

/** An audit by its id. Throws `reference.unknown`. */
export async function auditShown(db: Db, clinic: string, id: string): Promise<AuditShown> {
  const found = (await auditsOf(db, clinic, 100)).find(({ audit }) => audit === id);
  if (found === undefined)
    throw new GaitError('reference.unknown', 'This clinic has no such audit.', { where: 'audit' });
  return found;
}

/** The page: the newest audit, the newest that ended, what was found by kind, and records that were put together. */
export async function auditPage({ db, links, rules }: DataAuditViewNeeds, clinic: string) {
  const audits = await auditsOf(db, clinic, 10);
  const nameOf = await systemNames(db, clinic);
  const last = audits.find(({ state }) => state === 'done') ?? null;
  const groups = await findingGroups(db, clinic);
  return {
    newest: audits[0] ?? null,
    last:
      last === null
        ? null
        : {
            ...last,
            systems: (last.figures?.systems ?? []).map((one) => ({
              ...one,
              name: nameOf(one.system),
              fields: one.fields.map((field) => ({ ...field, words: fieldWords[field.field] })),
            })),
          },
    groups: groups.map((group) => ({
      ...group,
      words: findingCodes[group.code],
      systemName: nameOf(group.system),
      fieldWords: group.field === null ? null : fieldWords[group.field],
    })),
    links: (await links.list(clinic, 50)).filter(({ undoneAt }) => undoneAt === null),
    protocol: protocolOf(rules),
  };
}

/** The records of one group, with names; so many at a time are enough to begin with. */
export async function findingPage(
  { db, vault }: DataAuditViewNeeds,
  clinic: string,
  filter: FindingFilter,
  by: SessionPrincipal,
) {
  const findings = await openFindings(db, clinic, { ...filter, limit: filter.limit ?? 100 });
  const refs = findings.flatMap(({ subject, other }) => [subject, other]).filter((ref) => ref !== null);
  const names = await namesOf(vault, clinic, refs, by, { purpose: 'dataAudit.review', action: 'dataAudit.viewed' });
  const followed = await authorizationsOf(db, clinic, refs);
  const shown = (ref: string | null) =>
    ref === null ? null : { ref, name: names.get(ref) ?? null, authorization: followed.get(ref) ?? null };
  return {
    findings: findings.map(({ subject, other, ...rest }) => ({
      ...rest,
      subject: shown(subject),
      other: shown(other),
    })),
  };
}

async function authorizationsOf(
  db: Db,
  clinic: string,
  patients: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (patients.length === 0) return new Map();
  const rows = await db
    .selectFrom('authorizations')
    .select(['ref', 'patient'])
    .where('clinic', '=', clinic)
    .where('patient', 'in', [...new Set(patients)])
    .execute();
  return new Map(rows.map(({ ref, patient }) => [patient, ref]));
}
