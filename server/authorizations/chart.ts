// Puts together from the vault what a request is filled from, for one authorization.
import { chartSchema } from '../../domain/chart/schema.ts';
import type { Chart } from '../../domain/chart/schema.ts';
import { isApproved, isOfAnotherPayer } from '../../domain/authorization/slots.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Trx } from '../database/tables.ts';
import type { Principal } from '../http/principal.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import type { Vault, VaultRecord } from '../vault/vault.ts';
import type { AuthorizationRow } from './facts.ts';
import { numberIn } from './numbers.ts';

interface Needs {
  readonly vault: Vault;
  readonly validator: Validator;
}

const empty = {
  renderingProvider: null,
  referringProvider: null,
  planOfCare: null,
  diagnoses: [],
  clinical: { evaluationDate: null, limitations: null, goals: null, progress: null, outcomeMeasures: [] },
};

/**
 * The chart of the patient of an authorization: patient and coverage as imported, the plan of care and the clinician's words
 * where the PT system gave them, the clinic as it names itself to payers. What is not known is null.
 */
export async function chartOf(needs: Needs, trx: Trx, row: AuthorizationRow, by: Principal): Promise<Chart> {
  const { clinic } = row;
  const patientRow = await trx
    .selectFrom('patients')
    .select('chart')
    .where('ref', '=', row.patient)
    .executeTakeFirstOrThrow();
  const settings = await trx
    .selectFrom('clinics')
    .select(['display_name', 'settings'])
    .where('id', '=', clinic)
    .executeTakeFirstOrThrow();
  const refs = [row.patient, row.coverage, row.ref, ...(patientRow.chart === null ? [] : [patientRow.chart])];
  const opened = await needs.vault.openMany(clinic, refs, {
    purpose: 'authorization.draft',
    actor: systemPrincipal('drafts', by),
    trx,
  });
  const notes: VaultRecord = patientRow.chart === null ? {} : (opened.get(patientRow.chart) ?? {});
  const organization = settings.settings.organization;
  const chart: unknown = {
    ...empty,
    ...pick(notes, ['renderingProvider', 'referringProvider', 'planOfCare', 'diagnoses', 'clinical']),
    renderingProvider: notes['renderingProvider'] ?? settings.settings.renderingProvider ?? null,
    patient: opened.get(row.patient),
    coverage: opened.get(row.coverage),
    provider: {
      organizationName: organization?.name ?? settings.display_name,
      npi: organization?.npi ?? null,
      taxId: organization?.taxId ?? null,
    },
    authorizationNumber: numberIn(opened.get(row.ref) ?? {}, latestApproved(row)),
  };
  assertChart(needs.validator, chart);
  return chart;
}

function latestApproved(row: AuthorizationRow): number {
  // A former payer's number means nothing to the present one.
  const approved = row.periods.filter((period) => isApproved(period) && !isOfAnotherPayer(period, row));
  return approved.reduce((latest, period) => Math.max(latest, period.sequence), 0);
}

function pick(record: VaultRecord, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    keys.filter((key) => record[key] !== undefined && record[key] !== null).map((key) => [key, record[key]]),
  );
}

function assertChart(validator: Validator, chart: unknown): asserts chart is Chart {
  try {
    validator.check(chartSchema, chart, 'chart');
  } catch (error) {
    const where = error instanceof GaitError ? error.where : undefined;
    throw new GaitError(
      'internal.bug',
      'The stored chart has another shape than a chart.',
      where === undefined ? {} : { where },
    );
  }
}
