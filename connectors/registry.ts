// Every operation of every connector by its name: the one place where the server looks one up.
import { availityConfigSchema, availityPace } from './availity/config.ts';
import { availityOperations } from './availity/operations.ts';
import { changeHealthcareConfigSchema, changeHealthcarePace } from './change-healthcare/config.ts';
import { changeHealthcareOperations } from './change-healthcare/operations.ts';
import type { ClaimStatusRequest } from '../domain/claim/status.ts';
import type { EligibilityRequest } from '../domain/eligibility/request-schema.ts';
import { usualPace } from './connection-state.ts';
import type { Pace } from './connection-state.ts';
import type { Read } from './connector.ts';
import type { Asked, ClaimStatusCheckResult, EligibilityCheckResult } from './payer-operations.ts';
import { fhirEffects } from './fhir/effects.ts';
import { janeAppConfigSchema, janeAppPace } from './jane-app/config.ts';
import { janeAppOperations } from './jane-app/operations.ts';
import { klaraConfigSchema } from './klara/config.ts';
import { klaraOperations } from './klara/operations.ts';
import { languageModelConfigSchema } from './language-model/config.ts';
import { languageModelOperations } from './language-model/operations.ts';
import { lumaHealthConfigSchema, lumaHealthPace } from './luma-health/config.ts';
import { lumaHealthOperations } from './luma-health/operations.ts';
import { noteFilings } from './note-filing/operations.ts';
import { ptSystems, systemSchemas } from './pt-systems.ts';
import { hasRestSettings, restPace } from './partner-api/settings.ts';
import { smtpConfigSchema, smtpPace } from './smtp/config.ts';
import { smtpOperations } from './smtp/operations.ts';
import { stediConfigSchema, stediPace } from './stedi/config.ts';
import { stediOperations } from './stedi/operations.ts';
import { therabillConfigSchema } from './therabill/config.ts';
import { therabillOperations } from './therabill/operations.ts';
import { twilioConfigSchema, twilioPace } from './twilio/config.ts';
import { twilioOperations } from './twilio/operations.ts';
import { webptOperations } from './webpt/operations.ts';
import { x12FilesConfigSchema } from './x12-files/config.ts';
import { x12FilesOperations } from './x12-files/operations.ts';

/** The fetching of records and the tests of the systems with several ways in. */
const ptOperations = {
  'webpt.records.fetch': ptSystems.webpt.records,
  'webpt.connection.test': ptSystems.webpt.test,
  'clinicient.records.fetch': ptSystems.clinicient.records,
  'clinicient.connection.test': ptSystems.clinicient.test,
  'raintree.records.fetch': ptSystems.raintree.records,
  'raintree.connection.test': ptSystems.raintree.test,
  'raintree.patient.create': fhirEffects('raintree').createPatient,
  'prompt.records.fetch': ptSystems.prompt.records,
  'prompt.connection.test': ptSystems.prompt.test,
  'breezyNotes.records.fetch': ptSystems.breezyNotes.records,
  'breezyNotes.connection.test': ptSystems.breezyNotes.test,
  'janeApp.records.fetch': ptSystems.janeApp.records,
  'lumaHealth.records.fetch': ptSystems.lumaHealth.records,
} as const;

/** All operations with their own request and result types: `operations['availity.serviceReview.get'].run(…)`. */
export const operations = {
  ...availityOperations,
  ...changeHealthcareOperations,
  ...stediOperations,
  ...therabillOperations,
  ...janeAppOperations,
  ...klaraOperations,
  ...lumaHealthOperations,
  ...smtpOperations,
  ...languageModelOperations,
  ...twilioOperations,
  ...webptOperations,
  ...ptOperations,
  ...noteFilings,
  ...x12FilesOperations,
} as const;

export type OperationName = keyof typeof operations;

/** The coverage checks of all clearinghouses, by operation name: asked in one shape, answered in one shape. */
export const eligibilityChecks: ReadonlyMap<string, Read<Asked<EligibilityRequest>, EligibilityCheckResult>> = new Map(
  [
    availityOperations['availity.eligibility.check'],
    changeHealthcareOperations['changeHealthcare.eligibility.check'],
    stediOperations['stedi.eligibility.check'],
    x12FilesOperations['x12Files.eligibility.check'],
  ].map((operation) => [operation.name, operation]),
);

/** The questions how a claim stands, of all clearinghouses, by operation name. */
export const claimStatusChecks: ReadonlyMap<string, Read<Asked<ClaimStatusRequest>, ClaimStatusCheckResult>> = new Map(
  [
    availityOperations['availity.claimStatus.check'],
    changeHealthcareOperations['changeHealthcare.claimStatus.check'],
    stediOperations['stedi.claimStatus.check'],
    x12FilesOperations['x12Files.claimStatus.check'],
  ].map((operation) => [operation.name, operation]),
);

/** A system a clinic can connect: the form of its settings, the secrets it needs and the operation that tests it. */
export interface ConnectorSystem {
  readonly id: string;
  readonly title: string;
  readonly configSchema: Readonly<Record<string, unknown>>;
  /** An optional one may be left out: which of them are needed the settings decide. */
  readonly secrets: readonly { readonly name: string; readonly title: string; readonly optional?: true }[];
  readonly test: OperationName;
  /** What its settings say of the pace; without it the usual one. */
  pace?(config: Readonly<Record<string, unknown>>): Pace;
}

/** What a partner's API is opened with: which of them the settings under `rest` decide. */
const partnerSecrets = [
  { name: 'apiKey', title: 'API key of the partner contract', optional: true },
  { name: 'username', title: 'User name of the partner contract', optional: true },
  { name: 'password', title: 'Password of the partner contract', optional: true },
  { name: 'clientId', title: 'Client id of the partner contract', optional: true },
  { name: 'clientSecret', title: 'Client secret of the partner contract', optional: true },
] as const;

/** What the SFTP place of reports or messages is opened with. */
const placeSecrets = [
  { name: 'sftpPassword', title: 'SFTP password', optional: true },
  { name: 'sftpPrivateKey', title: 'SFTP private key (OpenSSH or PEM)', optional: true },
  { name: 'sftpPassphrase', title: 'Passphrase of the SFTP private key', optional: true },
] as const;

const partnerPace = (config: Readonly<Record<string, unknown>>): Pace =>
  hasRestSettings(config) ? restPace(config) : usualPace;

export const systems = {
  webpt: {
    id: 'webpt',
    title: 'WebPT (exported reports, HL7)',
    configSchema: systemSchemas.webpt,
    secrets: placeSecrets,
    test: 'webpt.connection.test',
  },
  clinicient: {
    id: 'clinicient',
    title: 'Clinicient (Net Health)',
    configSchema: systemSchemas.clinicient,
    secrets: [...placeSecrets, ...partnerSecrets],
    test: 'clinicient.connection.test',
    pace: partnerPace,
  },
  raintree: {
    id: 'raintree',
    title: 'Raintree',
    configSchema: systemSchemas.raintree,
    secrets: [
      ...placeSecrets,
      { name: 'privateKey', title: 'Private key of the FHIR client (PEM or JWK)', optional: true },
      { name: 'token', title: 'Bearer token of the FHIR endpoint', optional: true },
      ...partnerSecrets,
    ],
    test: 'raintree.connection.test',
    pace: partnerPace,
  },
  prompt: {
    id: 'prompt',
    title: 'Prompt',
    configSchema: systemSchemas.prompt,
    secrets: [...placeSecrets, ...partnerSecrets],
    test: 'prompt.connection.test',
    pace: partnerPace,
  },
  breezyNotes: {
    id: 'breezyNotes',
    title: 'BreezyNotes (exported tables)',
    configSchema: systemSchemas.breezyNotes,
    secrets: placeSecrets,
    test: 'breezyNotes.connection.test',
  },
  janeApp: {
    id: 'janeApp',
    title: 'Jane App',
    configSchema: janeAppConfigSchema,
    secrets: [
      { name: 'clientId', title: 'Client id' },
      { name: 'clientSecret', title: 'Client secret' },
      { name: 'webhookSecret', title: 'Secret of webhooks', optional: true },
    ],
    test: 'janeApp.connection.test',
    pace: janeAppPace,
  },
  lumaHealth: {
    id: 'lumaHealth',
    title: 'Luma Health',
    configSchema: lumaHealthConfigSchema,
    secrets: [
      { name: 'clientId', title: 'Client id' },
      { name: 'clientSecret', title: 'Client secret' },
    ],
    test: 'lumaHealth.connection.test',
    pace: lumaHealthPace,
  },
  klara: {
    id: 'klara',
    title: 'Klara (tables for staff or a bridge)',
    configSchema: klaraConfigSchema,
    secrets: [],
    test: 'klara.connection.test',
  },
  twilio: {
    id: 'twilio',
    title: 'Twilio (text messages, calls)',
    configSchema: twilioConfigSchema,
    secrets: [
      { name: 'apiKeySid', title: 'API key SID' },
      { name: 'apiKeySecret', title: 'API key secret' },
      { name: 'authToken', title: 'Auth token of the account (it signs webhooks)', optional: true },
    ],
    test: 'twilio.connection.test',
    pace: twilioPace,
  },
  smtp: {
    id: 'smtp',
    title: 'E-mail (SMTP)',
    configSchema: smtpConfigSchema,
    secrets: [{ name: 'password', title: 'Password', optional: true }],
    test: 'smtp.connection.test',
    pace: smtpPace,
  },
  languageModel: {
    id: 'languageModel',
    title: 'Language model (OpenAI-compatible)',
    configSchema: languageModelConfigSchema,
    secrets: [{ name: 'apiKey', title: 'API key', optional: true }],
    test: 'languageModel.connection.test',
  },
  therabill: {
    id: 'therabill',
    title: 'Therabill (files)',
    configSchema: therabillConfigSchema,
    secrets: [],
    test: 'therabill.connection.test',
  },
  availity: {
    id: 'availity',
    title: 'Availity',
    configSchema: availityConfigSchema,
    secrets: [
      { name: 'clientId', title: 'Client id' },
      { name: 'clientSecret', title: 'Client secret' },
    ],
    test: 'availity.connection.test',
    pace: availityPace,
  },
  changeHealthcare: {
    id: 'changeHealthcare',
    title: 'Change Healthcare (Optum)',
    configSchema: changeHealthcareConfigSchema,
    secrets: [
      { name: 'clientId', title: 'Client id' },
      { name: 'clientSecret', title: 'Client secret' },
    ],
    test: 'changeHealthcare.connection.test',
    pace: changeHealthcarePace,
  },
  stedi: {
    id: 'stedi',
    title: 'Stedi',
    configSchema: stediConfigSchema,
    secrets: [
      { name: 'apiKey', title: 'API key' },
      { name: 'webhookSecret', title: 'Secret of webhooks (any long random text)', optional: true },
    ],
    test: 'stedi.connection.test',
    pace: stediPace,
  },
  x12Files: {
    id: 'x12Files',
    title: 'X12 files (drop folder or SFTP)',
    configSchema: x12FilesConfigSchema,
    secrets: [
      { name: 'password', title: 'SFTP password', optional: true },
      { name: 'privateKey', title: 'SFTP private key (OpenSSH or PEM)', optional: true },
      { name: 'passphrase', title: 'Passphrase of the private key', optional: true },
    ],
    test: 'x12Files.connection.test',
  },
} as const satisfies Record<string, ConnectorSystem>;

export type SystemId = keyof typeof systems;
