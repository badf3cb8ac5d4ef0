// Reading operations: asked of a connector, the answer put into the vault, references and structure given back.
import { webptOperations } from '../../connectors/webpt/operations.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Linker } from '../../domain/linkage/linker.ts';
import type { Audit } from '../audit/append.ts';
import { authorizationRow } from '../authorizations/facts.ts';
import type { Policies } from '../authorizations/policies.ts';
import { claimImports } from '../claims/import.ts';
import { connectionNamed } from '../connections/named.ts';
import type { Db } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import type { Imports } from '../imports/import.ts';
import { chartImport, importCharts } from '../scrub/charts.ts';
import type { Keyring } from '../vault/keyring.ts';
import type { Vault } from '../vault/vault.ts';
import type { WorkItems } from '../work-items/items.ts';
import { claimCheckReadings } from './claim-checks.ts';
import { claimStatusReadings } from './claim-status.ts';
import { done } from './done.ts';
import { fileReadings } from './files.ts';
import { klaraReadings } from './klara.ts';
import { payerReadings } from './payers.ts';
import { subjectOf } from './reading.ts';
import type { Opened, OperationAnswer, OperationAsk, Reading } from './reading.ts';
import { recordReadings } from './records.ts';
import { reportReadings } from './reports.ts';
import { serviceReviewReadings } from './service-reviews.ts';
import { therabillReadings } from './therabill.ts';
import type { Vendor } from './vendor.ts';

export interface Operations {
  /** Throws `input.invalid` for an operation that is not one, and a vendor's fault as its code. */
  run(clinic: string, ask: OperationAsk, by: Principal): Promise<OperationAnswer>;
}

export interface OperationNeeds {
  readonly db: Db;
  readonly now: () => Date;
  readonly audit: Audit;
  readonly keyring: Keyring;
  readonly vault: Vault;
  readonly validator: Validator;
  readonly vendor: Vendor;
  readonly policies: Policies;
  readonly imports: Imports;
  readonly workItems: WorkItems;
  readonly linker: Linker;
}

export function createOperations(needs: OperationNeeds): Operations {
  const { db } = needs;
  const readings: ReadonlyMap<string, Reading> = new Map([
    ...webptReadings(needs),
    ...recordReadings(needs),
    ...serviceReviewReadings(needs),
    ...payerReadings(),
    ...klaraReadings(),
    ...claimStatusReadings(needs),
    ...claimCheckReadings(needs),
    ...reportReadings(needs),
    ...fileReadings(needs),
    ...claimImports(needs),
    ...therabillReadings(needs),
    [chartImport, importCharts(needs)],
  ]);

  return {
    async run(clinic, ask, by) {
      const connection = await connectionNamed(db, clinic, ask.connection);
      const reading = readings.get(ask.operation);
      if (reading === undefined)
        throw new GaitError('input.invalid', 'There is no such reading operation.', { where: 'operation' });
      const open = ({ name, system, requestTimeoutSeconds }: Opened) =>
        needs.vendor.open({
          clinic,
          connection,
          system,
          purpose: name,
          by: systemPrincipal('operations', by),
          timeoutSeconds: requestTimeoutSeconds,
        });
      return reading({ clinic, connection, ask, by, open });
    },
  };
}

function webptReadings({ db, vault }: OperationNeeds): ReadonlyMap<string, Reading> {
  const listReports: Reading = async ({ ask, open }) => {
    const operation = webptOperations['webpt.reports.list'];
    const listing = done(await operation.run(await open(operation), {}));
    // A file's name is of the clinic's making and may name a person: it stays here.
    const newestFirst = listing.reports.toReversed().slice(0, ask.options?.limit);
    const items = newestFirst.map(({ kind, sizeBytes, modifiedAt, stable }) => ({
      outcome: 'listed',
      structure: { kind, sizeBytes, modifiedAt, stable },
    }));
    const structure = { reports: items.length, unrecognised: listing.unrecognised };
    return { outcome: 'listed', structure, refs: [], items };
  };

  const getAuthorization: Reading = async ({ clinic, ask, by, open }) => {
    const operation = webptOperations['webpt.authorization.get'];
    const row = await authorizationRow(db, clinic, subjectOf(ask, 'an authorization'));
    const actor = systemPrincipal('operations', by);
    const patient = await vault.open(clinic, row.patient, { purpose: operation.name, actor });
    const recordNumber = patient['recordNumber'];
    if (typeof recordNumber !== 'string')
      throw new GaitError('state.conflict', 'The patient has no number in the PT system.', { where: 'subject' });
    const read = done(await operation.run(await open(operation), { recordNumber }));
    const periods = read.rows.map(({ kind, status: state, from, to, requested, approved, visitsUsed, submittedOn, decidedOn }) => ({
      kind, status: state, from, to, requested, approved, visitsUsed, submittedOn, decidedOn,
    })); // prettier-ignore
    return {
      outcome: periods.length === 0 ? 'notFound' : 'found',
      structure: { periods, asOf: read.asOf },
      refs: [row.ref],
    };
  };

  return new Map([
    ['webpt.reports.list', listReports],
    ['webpt.authorization.get', getAuthorization],
  ]);
}
