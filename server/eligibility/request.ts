// Makes the question to a payer from the vault: patient, coverage, the clinic as it names itself, the day of the visit.
import type { Selectable } from 'kysely';
import { coverageSchema } from '../../domain/coverage/schema.ts';
import type { Coverage } from '../../domain/coverage/schema.ts';
import { eligibilityRequestSchema } from '../../domain/eligibility/request-schema.ts';
import type { EligibilityRequest } from '../../domain/eligibility/request-schema.ts';
import { patientSchema } from '../../domain/patient/schema.ts';
import type { Patient } from '../../domain/patient/schema.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Trx } from '../database/tables.ts';
import type { SystemPrincipal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import type { Vault } from '../vault/vault.ts';
import type { EligibilityTables } from './tables.ts';

export type CheckRow = Selectable<EligibilityTables['eligibility_checks']>;

interface Needs {
  readonly vault: Vault;
  readonly validator: Validator;
}

/** The request of one check. Throws `reference.unknown` where patient or coverage is gone. */
export async function requestOf(
  needs: Needs,
  trx: Trx,
  check: CheckRow,
  actor: SystemPrincipal,
): Promise<EligibilityRequest> {
  const request = (await requestsOf(needs, trx, check.clinic, [check], actor)).get(check.ref);
  if (request === undefined)
    throw new GaitError('reference.unknown', 'The patient or the coverage of this check is gone.', { where: 'check' });
  return request;
}

/**
 * The requests of checks of one clinic, opened under one audit entry; a check whose patient or coverage is gone has none. The patient
 * is asked about as the subscriber: exports of PT systems tell the relationship, not the subscriber's own name and birth date, and
 * payers give every member an id of their own.
 */
export async function requestsOf(
  { vault, validator }: Needs,
  trx: Trx,
  clinic: string,
  checks: readonly CheckRow[],
  actor: SystemPrincipal,
): Promise<Map<string, EligibilityRequest>> {
  const { display_name: displayName, settings } = await trx
    .selectFrom('clinics')
    .select(['display_name', 'settings'])
    .where('id', '=', clinic)
    .executeTakeFirstOrThrow();
  const refs = [...new Set(checks.flatMap(({ patient, coverage }) => [patient, coverage]))];
  const opened = await vault.openMany(clinic, refs, { purpose: 'eligibility.check', actor, trx });
  const { organization } = settings;
  const provider = {
    organizationName: organization?.name ?? displayName,
    npi: organization?.npi ?? null,
    taxId: organization?.taxId ?? null,
  };
  return new Map(
    checks.flatMap((check): [string, EligibilityRequest][] => {
      const [patient, coverage]: unknown[] = [opened.get(check.patient), opened.get(check.coverage)];
      if (patient === undefined || coverage === undefined) return [];
      assertPatient(validator, patient);
      assertCoverage(validator, coverage);
      const request: EligibilityRequest = {
        trace: String(check.trace).padStart(9, '0'),
        payer: { id: coverage.payer, name: coverage.payerName },
        provider,
        subscriber: {
          name: patient.name,
          birthDate: patient.birthDate,
          gender: patient.gender,
          memberId: coverage.memberId,
          groupNumber: coverage.groupNumber,
        },
        dependent: null,
        serviceDate: check.service_date,
        serviceTypes: check.service_types,
      };
      validator.check(eligibilityRequestSchema, request, 'request');
      return [[check.ref, request]];
    }),
  );
}

/** What no payer answers without; named as a person would fix it. */
export function missingOf({ subscriber, provider }: EligibilityRequest): string | null {
  if (subscriber.memberId === null) return 'memberId';
  if (subscriber.birthDate === null) return 'birthDate';
  return provider.npi === null ? 'clinicNpi' : null;
}

function assertPatient(validator: Validator, value: unknown): asserts value is Patient {
  validator.check(patientSchema, value, 'patient');
}

function assertCoverage(validator: Validator, value: unknown): asserts value is Coverage {
  validator.check(coverageSchema, value, 'coverage');
}
