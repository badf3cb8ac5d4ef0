// What each connector can do, over which transport, how its wire was checked and what is known not to work: the source of docs/connectors.md.
import { messagingRows } from './catalogue-messaging.ts';
import { ptRows } from './catalogue-pt-systems.ts';
import type { CatalogueRows } from './catalogue-row.ts';

export const catalogue: CatalogueRows = {
  ...ptRows,
  ...messagingRows,
  therabill: {
    transport: 'files in the folders of a drop folder: exports come in, files to upload go out',
    source:
      'no public interface; X12 005010 implementation guides; tables as practices export them, with labels that can be changed',
    operations: {
      'therabill.claims.fetch': { wire: '837P of the folder `claims`', checked: 'open standard' },
      'therabill.remittances.fetch': { wire: '835 of the folder `remittances`', checked: 'open standard' },
      'therabill.payments.fetch': { wire: 'tables (CSV) of the folder `payments`', checked: 'profile' },
      'therabill.patients.fetch': { wire: 'tables (CSV) of the folder `clients`', checked: 'profile' },
      'therabill.remittance.send': {
        wire: 'an 835 in the folder `upload`, and a work item to upload it',
        checked: 'open standard',
      },
      'therabill.patient.create': {
        wire: 'a file for the client import (CSV) in the folder `upload`, and a work item to import it',
        checked: 'profile',
      },
      'therabill.connection.test': { wire: 'makes and lists the folders', checked: 'profile' },
    },
    limits: [
      'Nothing is written into Therabill by a program: a person uploads what lies in the folder `upload`.',
      'The labels of its client import are not public: compare the first file with the sample Therabill offers, and change the labels of the connection where they differ.',
      'A table of payments must have a number for each payment: without one, a payment could be posted twice.',
      'A file for the client import holds one client.',
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
    limits: [
      'Each benefit of a coverage names one service type: that physical, occupational and speech therapy share one pool of visits cannot be read from it.',
      'The body codes for "in progress" and "not reached" differ between the document and what integrators report: all are read, one that is not known is asked for again and never taken for an answer.',
      'Service lines and payment dates of a claim status, and the type of a benefit as a code, are read as integrators report them: confirm with the first real answers.',
    ],
  },
  changeHealthcare: {
    transport: 'REST over HTTPS, OAuth 2.0 client credentials',
    source:
      'Optum API documents: Medical Network Eligibility v3, Professional Claims v3, Claim Status v2, Claims Responses and Reports v2, Payer List v1, Prior Authorization v1, Security and Authorization v2',
    operations: {
      'changeHealthcare.eligibility.check': {
        wire: '`POST /medicalnetwork/eligibility/v3/`',
        checked: 'vendor document',
      },
      'changeHealthcare.claimStatus.check': {
        wire: '`POST /medicalnetwork/claimstatus/v2/`',
        checked: 'vendor document',
      },
      'changeHealthcare.claim.validate': {
        wire: '`POST /medicalnetwork/professionalclaims/v3/validation`',
        checked: 'vendor document',
      },
      'changeHealthcare.claim.validateX12': {
        wire: '`POST /medicalnetwork/professionalclaims/v3/raw-x12-validation`',
        checked: 'vendor document',
      },
      'changeHealthcare.claim.submit': {
        wire: '`POST /medicalnetwork/professionalclaims/v3/submission`',
        checked: 'vendor document',
      },
      'changeHealthcare.claim.submitX12': {
        wire: '`POST /medicalnetwork/professionalclaims/v3/raw-x12-submission`',
        checked: 'vendor document',
      },
      'changeHealthcare.authorization.submit': {
        wire: '`POST /rcm/prior-authorization/v1/submission`',
        checked: 'vendor document',
      },
      'changeHealthcare.authorization.inquire': {
        wire: '`POST /rcm/prior-authorization/v1/inquiry`',
        checked: 'vendor document',
      },
      'changeHealthcare.reports.list': { wire: '`GET /medicalnetwork/reports/v2/`', checked: 'vendor document' },
      'changeHealthcare.reports.get': {
        wire: '`GET /medicalnetwork/reports/v2/{filename}`',
        checked: 'vendor document',
      },
      'changeHealthcare.reports.delete': {
        wire: '`DELETE /medicalnetwork/reports/v2/{filename}`',
        checked: 'vendor document',
      },
      'changeHealthcare.payers.list': {
        wire: '`GET /medicalnetwork/payerlist/v1/payers`',
        checked: 'vendor document',
      },
      'changeHealthcare.connection.test': {
        wire: 'a token, and one row of the payer list',
        checked: 'vendor document',
      },
    },
    limits: [
      'A claim with another payer, references or line adjudications has no place in the JSON: it is refused by name and goes as X12.',
      "There is no idempotency key: after a doubtful sending the payer's claim status is asked, which tells nothing for a day or more.",
      'The short message of an authorization holds how often therapy is asked for; clinical notes are not sent with it.',
    ],
  },
  stedi: {
    transport: 'REST over HTTPS, API key',
    source: 'Stedi API documents: Healthcare 2024-04-01, Eligibility Check 2026-06-01; webhooks of claim responses',
    operations: {
      'stedi.eligibility.check': {
        wire: '`POST /2024-04-01/change/medicalnetwork/eligibility/v3` or, by a setting, `POST /2026-06-01/eligibility-check`',
        checked: 'vendor document',
      },
      'stedi.claimStatus.check': {
        wire: '`POST /2024-04-01/change/medicalnetwork/claimstatus/v2`',
        checked: 'vendor document',
      },
      'stedi.claim.submit': {
        wire: '`POST /2024-04-01/change/medicalnetwork/professionalclaims/v3/submission` with `Idempotency-Key`',
        checked: 'vendor document',
      },
      'stedi.claim.submitX12': {
        wire: '`POST /2024-04-01/change/medicalnetwork/professionalclaims/v3/raw-x12-submission` with `Idempotency-Key`',
        checked: 'vendor document',
      },
      'stedi.reports.acknowledgment': {
        wire: '`GET /2024-04-01/change/medicalnetwork/reports/v2/{transactionId}/277`',
        checked: 'vendor document',
      },
      'stedi.reports.remittance': {
        wire: '`GET /2024-04-01/change/medicalnetwork/reports/v2/{transactionId}/835`',
        checked: 'vendor document',
      },
      'stedi.connection.test': {
        wire: 'a report that cannot be: 404 says the key is good',
        checked: 'vendor document',
      },
    },
    limits: [
      'A test key answers canned questions only; claim status is not part of it.',
      'The typed endpoint names one service type per entry: the X12 that comes with it is read instead, where it comes.',
      'A remittance (835) comes as JSON without its X12: it is posted like any other, but cannot be handed on as a file.',
      'The webhooks of claim responses are not signed: a secret header that the clinic enters at Stedi proves the sender.',
    ],
  },
  x12Files: {
    transport: 'files in a drop folder or over SFTP (SSH-2, version 3 of the file protocol), host key pinned',
    source: 'X12 005010 implementation guides; folders and file names as the clinic and its clearinghouse agree',
    operations: {
      'x12Files.send': { wire: 'a 270, 276, 278 or 837 in the outbox, renamed in one step', checked: 'open standard' },
      'x12Files.eligibility.check': {
        wire: '270 (005010X279A1), then the 271 with its trace',
        checked: 'open standard',
      },
      'x12Files.claimStatus.check': { wire: '276 (005010X212), then the 277 with its trace', checked: 'open standard' },
      'x12Files.files.fetch': { wire: 'TA1, 999, 277CA, 278, 835 and others of the inbox', checked: 'open standard' },
      'x12Files.claims.fetch': { wire: '837P of the folder of claim files', checked: 'open standard' },
      'x12Files.acknowledgments': { wire: 'TA1 and 999 (005010X231A1) to what was sent', checked: 'open standard' },
      'x12Files.connection.test': { wire: 'writes, moves and removes a file', checked: 'open standard' },
    },
    limits: [
      'An answer comes when the clearinghouse leaves it: minutes to a day, not seconds.',
      'The archive must be on the same disk or server as the inbox: a file is moved there in one step.',
      'After an outbox or archive was emptied by hand, whether something was sent can no longer be told from it.',
    ],
  },
};
