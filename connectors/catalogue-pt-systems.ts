// The catalogue's rows of PT systems and of those that send a clinic's messages: every way in, its wire and what is known not to work.
import type { CatalogueRow, CatalogueRows, OperationRow } from './catalogue-row.ts';

/** What every kind of report, standard or partner's API brings, said once. */
const hl7: OperationRow = {
  wire: 'ADT, SIU, DFT, MDM and ORU of HL7 v2, over MLLP or as files',
  checked: 'open standard',
};
const fhir: OperationRow = {
  wire: 'searches and bulk exports of FHIR R4, signed in as a SMART backend service',
  checked: 'open standard',
};
const partner: OperationRow = {
  wire: 'lists as JSON over HTTPS, read by a profile of paths, paging and pointers',
  checked: 'profile',
};
const fetched: OperationRow = { wire: 'every way in that is set up, one after the other', checked: 'profile' };
const filed: OperationRow = {
  wire: 'a signed note as MDM^T02 over MLLP or into a folder, or as a text with a JSON manifest; else a work item',
  checked: 'open standard',
};
const filedAsFile: OperationRow = {
  wire: 'a signed note as a text with a JSON manifest in a folder or over SFTP; else a work item',
  checked: 'profile',
};
const tested: OperationRow = { wire: 'every way in that is set up is tried', checked: 'profile' };

const hl7Agreed =
  'Which HL7 events are sent, which identifier is the record number and which words stand for a status is agreed with the vendor: the defaults are what interfaces of the kind usually send.';
const partnerAgreed =
  'An interface of a partner contract is read by the profile that the clinic writes from that contract; it is read only.';
const copied = 'Whatever no way in takes becomes a work item with values ready to copy.';

const clinicient: CatalogueRow = {
  transport: 'exported reports (CSV, workbooks) in a drop folder or over SFTP; HL7 v2; the API of a partner contract',
  source: 'no public interface; reports as practices export them, HL7 v2.5.1',
  ways: {
    reports: { wire: 'patients, authorizations, appointments, documents, charges and outcomes', checked: 'profile' },
    hl7,
    rest: partner,
  },
  operations: {
    'clinicient.records.fetch': fetched,
    'clinicient.note.file': filed,
    'clinicient.connection.test': tested,
  },
  limits: [
    'The labels, file names and words of the built-in profile are those usual in the field: compare them with the first export of each report.',
    hl7Agreed,
    partnerAgreed,
    copied,
  ],
};

const raintree: CatalogueRow = {
  transport:
    'exported reports (workbooks, CSV) in a drop folder or over SFTP; HL7 v2; FHIR R4; the API of a partner contract',
  source:
    'no public interface; reports as practices export them, HL7 v2.5.1, FHIR R4 with SMART App Launch 2 and Bulk Data Access 2',
  ways: {
    reports: { wire: 'patients, authorizations, appointments, notes, charges and outcomes', checked: 'profile' },
    hl7,
    fhir,
    rest: partner,
  },
  operations: {
    'raintree.records.fetch': fetched,
    'raintree.patient.create': {
      wire: '`POST Patient` with `If-None-Exist`, where the settings allow it, after a named approval',
      checked: 'open standard',
    },
    'raintree.note.file': filed,
    'raintree.connection.test': tested,
  },
  limits: [
    'Raintree stood in no public list of certified FHIR endpoints in May 2026: which resources an endpoint searches and exports, its own CapabilityStatement and the connection test tell.',
    'The labels, file names and words of the built-in profile are those usual in the field: compare them with the first export of each report.',
    hl7Agreed,
    partnerAgreed,
    copied,
  ],
};

const prompt: CatalogueRow = {
  transport: 'exported reports (CSV) in a drop folder or over SFTP; the API of a partner contract',
  source: 'no public interface; reports as practices export them',
  ways: {
    reports: { wire: 'patients, authorizations, appointments, notes, charges and outcomes', checked: 'profile' },
    rest: partner,
  },
  operations: {
    'prompt.records.fetch': fetched,
    'prompt.note.file': filedAsFile,
    'prompt.connection.test': tested,
  },
  limits: [
    'The labels, file names and words of the built-in profile are those usual in the field: compare them with the first export of each report.',
    'The name a patient prefers stands where the legal one is not exported: it may differ from what another system says.',
    partnerAgreed,
    copied,
  ],
};

const breezyNotes: CatalogueRow = {
  transport: 'exported tables (CSV) in a drop folder or over SFTP',
  source: 'no public interface and no document of its exports; lists in the usual words of the field',
  ways: { reports: { wire: 'clients, notes, services and tests', checked: 'profile' } },
  operations: {
    'breezyNotes.records.fetch': fetched,
    'breezyNotes.note.file': filedAsFile,
    'breezyNotes.connection.test': tested,
  },
  limits: [
    'The profile is a proposal: hold it against the first export.',
    'No payers, no authorizations and no schedule come in: who pays for a client is known from another system, or not known.',
    copied,
  ],
};

const janeApp: CatalogueRow = {
  transport: 'REST over HTTPS, OAuth 2.0 with PKCE by a person who signs in; signed webhooks',
  source: 'Jane API reference (JDP), version 2026-01-01; partners only',
  ways: {
    api: {
      wire: '`GET /patients`, `/appointments`, `/medical-record/observations`, with `/treatments` and `/company`',
      checked: 'vendor document',
    },
  },
  operations: {
    'janeApp.records.fetch': {
      wire: '`GET /patients`, `/appointments`, `/medical-record/observations`: what changed, page by page',
      checked: 'vendor document',
    },
    'janeApp.changed.fetch': {
      wire: '`GET /appointments/{id}`, `GET /patients/{id}`, after webhooks',
      checked: 'vendor document',
    },
    'janeApp.signIn.keep': { wire: '`POST …/token` with the refresh token', checked: 'vendor document' },
    'janeApp.connection.test': { wire: '`GET /company`', checked: 'vendor document' },
  },
  limits: [
    'Nothing is written into Jane: its API takes no bookings and no patients.',
    'A sign-in that nobody used for half an hour is gone; a person has to sign in again.',
    "What a webhook's signature covers, how its time is written and how paging is spelled on every endpoint its documents do not say: settings, to be confirmed with Jane.",
    'Insurance, authorizations, notes and charges are not told; classes and group appointments do not come.',
  ],
};

const lumaHealth: CatalogueRow = {
  transport: 'REST over HTTPS, OAuth 2.0 client credentials',
  source: 'Luma Health OpenAPI document: REST service v2.0.0 (2026)',
  ways: { api: { wire: '`GET /patients`, `/appointments`, `/appointmentTypes`', checked: 'vendor document' } },
  operations: {
    'lumaHealth.records.fetch': {
      wire: '`GET /patients`, `/appointments`, `/appointmentTypes`',
      checked: 'vendor document',
    },
    'lumaHealth.message.send': {
      wire: '`GET /patients/{id}/contact-preferences`, then `POST /messages` once',
      checked: 'vendor document',
    },
    'lumaHealth.message.get': { wire: '`GET /messages/{id}`', checked: 'vendor document' },
    'lumaHealth.contactPreferences.get': {
      wire: '`GET /patients/{id}/contact-preferences`',
      checked: 'vendor document',
    },
    'lumaHealth.patient.create': { wire: '`POST /patients`', checked: 'vendor document' },
    'lumaHealth.patient.update': { wire: '`PUT /patients/{id}`', checked: 'vendor document' },
    'lumaHealth.appointment.create': { wire: '`POST /appointments`', checked: 'vendor document' },
    'lumaHealth.appointment.update': { wire: '`PUT /appointments/{id}`', checked: 'vendor document' },
    'lumaHealth.waitlists.list': { wire: '`GET /waitlists`', checked: 'vendor document' },
    'lumaHealth.offers.list': { wire: '`GET /offers`', checked: 'vendor document' },
    'lumaHealth.reminders.list': { wire: '`GET /reminders`', checked: 'vendor document' },
    'lumaHealth.connection.test': { wire: '`GET /facilities`', checked: 'vendor document' },
  },
  limits: [
    'There is no sandbox of the vendor, no idempotency key and no stated limit of calls: after a doubtful sending Gait looks for its mark and never sends again by itself.',
    'Whether January is 0 or 1 in birth dates, whether the external id of a message is kept, and what a `PUT` does with fields left out: to be confirmed on the account.',
    'Whether a patient came is not known there: a visit that is not cancelled stands as booked.',
  ],
};

const klara: CatalogueRow = {
  transport: 'files in a folder: tables of messages for staff or for the bridge a clinic has',
  source: 'no interface for programs; its public status page in the usual form of status pages',
  operations: {
    'klara.message.send': { wire: 'a table (CSV) in the outbox, one row for each message', checked: 'profile' },
    'klara.status.get': { wire: '`GET /api/v2/summary.json` of the public status page', checked: 'profile' },
    'klara.connection.test': { wire: 'the folder can be used; what the status page says', checked: 'profile' },
  },
  limits: [
    'Gait sends nothing through Klara: a person or the bridge does, and whether a message was read Klara tells to people only.',
    'The columns are called as the bridge wants them: set the labels of the connection.',
  ],
};

export const ptRows = {
  webpt: {
    transport: 'exported reports (CSV, workbooks) in a drop folder or over SFTP; HL7 v2',
    source: 'no public interface; layouts as clinics export them, each a profile that can be changed, and HL7 v2.5.1',
    ways: {
      reports: {
        wire: 'patients, authorizations and schedule; notes, charges and outcomes where a profile names them',
        checked: 'profile',
      },
      hl7,
    },
    operations: {
      'webpt.records.fetch': fetched,
      'webpt.reports.list': { wire: 'files of the drop folder', checked: 'profile' },
      'webpt.charts.import': {
        wire: 'charts as JSON in the folder `charts`, by a published schema',
        checked: 'profile',
      },
      'webpt.authorization.get': { wire: 'newest authorizations report', checked: 'profile' },
      'webpt.authorization.record': { wire: 'a work item with values to copy', checked: 'profile' },
      'webpt.note.file': filed,
      'webpt.connection.test': tested,
    },
    limits: ['A report is as old as its export.', hl7Agreed, copied],
  },
  clinicient,
  raintree,
  prompt,
  breezyNotes,
  janeApp,
  lumaHealth,
  klara,
} as const satisfies CatalogueRows;
