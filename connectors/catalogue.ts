// What each connector can do, over which transport, how its wire was checked and what is known not to work: the source of docs/connectors.md.
import type { OperationName, SystemId } from './registry.ts';

/** How far a wire may be trusted before a clinic has tried it. */
export const evidences = {
  'vendor document': 'the public document of the vendor says so',
  'open standard': 'a published standard says so, whoever stands at the other end',
  profile: 'no public document: read from what integrators report, to be confirmed with the vendor',
} as const;
export type Evidence = keyof typeof evidences;

export interface OperationRow {
  /** The call or file as it goes over the wire. */
  readonly wire: string;
  readonly checked: Evidence;
}

export interface CatalogueRow {
  readonly transport: string;
  /** The document or standard, by name and version. */
  readonly source: string;
  readonly operations: Readonly<Partial<Record<OperationName, OperationRow>>>;
  /** Faults the simulated vendor can be told to have; the contract tests run with them on. */
  readonly sandboxFaults: readonly string[];
  readonly limits: readonly string[];
}

export const catalogue: Readonly<Partial<Record<SystemId, CatalogueRow>>> = {
  webpt: {
    transport: 'exported reports (CSV) in a drop folder',
    source: 'no public interface; layouts as clinics export them, each a profile that can be changed',
    operations: {
      'webpt.reports.list': { wire: 'files of the drop folder', checked: 'profile' },
      'webpt.reports.import': { wire: 'patients, authorizations and schedule reports', checked: 'profile' },
      'webpt.authorization.get': { wire: 'newest authorizations report', checked: 'profile' },
      'webpt.authorization.record': { wire: 'a work item with values to copy', checked: 'profile' },
      'webpt.connection.test': { wire: 'lists the folder', checked: 'profile' },
    },
    sandboxFaults: ['another dialect', 'changed columns', 'placeholders for numbers', 'missing rows'],
    limits: [
      'Nothing is written into WebPT by a program: staff copies what a work item shows.',
      'A report is as old as its export.',
    ],
  },
  availity: {
    transport: 'REST over HTTPS, OAuth 2.0 client credentials',
    source:
      'Availity API documents: Coverages 1.0.0, Claim Statuses 1.0.0, Service Reviews 2.0.0, Configurations 1.0.0',
    operations: {
      'availity.serviceReview.create': { wire: '`POST /v2/service-reviews`', checked: 'vendor document' },
      'availity.serviceReview.get': { wire: '`GET /v2/service-reviews/{id}`', checked: 'vendor document' },
      'availity.serviceReview.inquire': { wire: '`GET /v2/service-reviews?…`', checked: 'vendor document' },
      'availity.serviceReview.void': { wire: '`DELETE /v2/service-reviews/{id}`', checked: 'vendor document' },
      'availity.eligibility.check': {
        wire: '`POST /v1/coverages`, `GET /v1/coverages/{id}`, then `DELETE` of it',
        checked: 'vendor document',
      },
      'availity.claimStatus.check': {
        wire: '`POST /v1/claim-statuses` as a search, `GET /v1/claim-statuses/{id}`, then `DELETE` of it',
        checked: 'vendor document',
      },
      'availity.payers.list': { wire: '`GET /v1/availity-payer-list`', checked: 'vendor document' },
      'availity.configurations.get': { wire: '`GET /v1/configurations`', checked: 'vendor document' },
      'availity.connection.test': { wire: '`GET /v1/configurations?type=service-reviews`', checked: 'vendor document' },
    },
    sandboxFaults: [
      'gatewayTimeoutAfterAccepting',
      'hangAfterAccepting',
      'hangBeforeAccepting',
      'resetBeforeAccepting',
      'resetAfterAccepting',
      'slowAfterAccepting',
      'errorBeforeAccepting',
      'throttled',
      'tokenExpired',
      'rejected',
      'malformed',
      'withoutLocation',
      'notMarkedMock',
      'slow',
      'pended',
      'decided',
      'hidden',
      'notReady',
      'statusCode',
      'gone',
      'injectionFilter',
    ],
    limits: [
      'Each benefit of a coverage names one service type: that physical, occupational and speech therapy share one pool of visits cannot be read from it.',
      'The body codes for "in progress" and "not reached" differ between the document and what integrators report: all are read, one that is not known is asked for again and never taken for an answer.',
      'Service lines and payment dates of a claim status, and the type of a benefit as a code, are read as integrators report them: confirm with the first real answers.',
    ],
  },
};
