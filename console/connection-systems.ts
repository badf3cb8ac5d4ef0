// The systems an admin may connect and the form of each: the settings that a clinic decides; the others keep their defaults.
import { ApiError } from './api-error.ts';

export interface Setting {
  /** A name with a dot is a setting within another: `sftp.host`. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value?: string;
  readonly secret?: boolean;
  readonly date?: boolean;
  readonly number?: boolean;
  /** Several settings in one, written as JSON. */
  readonly json?: boolean;
  readonly optional?: boolean;
  readonly choices?: readonly string[];
}

const dropFolder = (system: string): Setting => ({
  name: 'dropFolder',
  label: 'Drop folder',
  hint: `An absolute path on the server, into which the reports of ${system} are exported. Empty: none are read.`,
  optional: true,
});

const way = (name: string, label: string, page: string): Setting => ({
  name,
  label: `${label} (JSON)`,
  hint: `Settings as docs/connectors/${page}.md shows them. Empty: this way in is not used.`,
  optional: true,
  json: true,
});

/** A place on an SFTP server, instead of the drop folder. */
const sftp: readonly Setting[] = [
  {
    name: 'sftp.host',
    label: 'SFTP host',
    optional: true,
    hint: 'Where the reports lie on an SFTP server instead of in a drop folder. Then user, fingerprint and folder are needed too.',
  },
  { name: 'sftp.port', label: 'SFTP port', number: true, optional: true, hint: 'Empty: 22.' },
  { name: 'sftp.username', label: 'SFTP user', optional: true },
  {
    name: 'sftp.hostKey',
    label: 'Fingerprint of the host key',
    optional: true,
    hint: 'As whoever runs the server tells it: SHA256:…; another key is refused.',
  },
  { name: 'sftp.folder', label: 'SFTP folder', optional: true, hint: 'An absolute path on that server.' },
];
const sftpSecrets: readonly Setting[] = [
  { name: 'sftpPassword', label: 'SFTP password', secret: true, optional: true },
  { name: 'sftpPrivateKey', label: 'SFTP private key', secret: true, optional: true },
  { name: 'sftpPassphrase', label: 'Passphrase of the SFTP private key', secret: true, optional: true },
];

const hl7 = way('hl7', 'HL7 v2', 'hl7');
const rest = way('rest', 'API of a partner contract', 'partner-api');
const partnerSecrets: readonly Setting[] = [
  { name: 'apiKey', label: 'API key of the partner contract', secret: true, optional: true },
  { name: 'username', label: 'User name of the partner contract', secret: true, optional: true },
  { name: 'password', label: 'Password of the partner contract', secret: true, optional: true },
  { name: 'clientId', label: 'Client id of the partner contract', secret: true, optional: true },
  { name: 'clientSecret', label: 'Client secret of the partner contract', secret: true, optional: true },
];

export const systems: Record<string, { readonly name: string; readonly settings: readonly Setting[] }> = {
  webpt: {
    name: 'WebPT (exported reports)',
    settings: [
      {
        name: 'dropFolder',
        label: 'Drop folder',
        hint: 'An absolute path on the server, into which the reports are exported. Empty: they lie on an SFTP server, or come over HL7.',
        optional: true,
      },
      ...sftp,
      { name: 'profile', label: 'Mapping profile', choices: ['webpt-standard', 'webpt-multisite'] },
      hl7,
      ...sftpSecrets,
    ],
  },
  janeApp: {
    name: 'Jane',
    settings: [
      { name: 'environment', label: 'Environment', choices: ['partnerSandbox', 'production'] },
      {
        name: 'clinicUrl',
        label: 'Address of the clinic at Jane',
        hint: 'As staff sees it in the browser: https://your-clinic.janeapp.com. A sign-in holds for this clinic only.',
      },
      {
        name: 'loginUrl',
        label: 'Address of the sign-in',
        value: 'https://login.id.janeapp.com',
        hint: 'Of the partner agreement. After adding, choose Sign in at Jane.',
      },
      { name: 'clientId', label: 'Client id', secret: true },
      { name: 'clientSecret', label: 'Client secret', secret: true },
      {
        name: 'webhookSecret',
        label: 'Secret of webhooks',
        secret: true,
        optional: true,
        hint: 'The secrets of the subscriptions, with blanks between. Empty: webhooks are refused.',
      },
    ],
  },
  therabill: {
    name: 'Therabill (files)',
    settings: [
      {
        name: 'dropFolder',
        label: 'Drop folder',
        hint: 'An absolute path on the server; exports go into its folders claims, remittances, payments and clients.',
      },
    ],
  },
  availity: {
    name: 'Availity',
    settings: [
      { name: 'environment', label: 'Environment', choices: ['demo', 'production'] },
      { name: 'scope', label: 'Scope', hint: 'As Availity granted it.' },
      { name: 'baseUrl', label: 'Base address', value: 'https://api.availity.com' },
      {
        name: 'requestsPerSecond',
        label: 'Requests a second',
        number: true,
        value: '5',
        hint: 'What the plan allows: 5 was seen with demo, 100 is the Standard plan.',
      },
      { name: 'clientId', label: 'Client id', secret: true },
      { name: 'clientSecret', label: 'Client secret', secret: true },
    ],
  },
  changeHealthcare: {
    name: 'Change Healthcare (Optum)',
    settings: [
      { name: 'environment', label: 'Environment', choices: ['sandbox', 'production'] },
      { name: 'requestsPerSecond', label: 'Requests a second', number: true, value: '5' },
      { name: 'concurrentCalls', label: 'Calls at once', number: true, value: '10' },
      { name: 'clientId', label: 'Client id', secret: true },
      { name: 'clientSecret', label: 'Client secret', secret: true },
    ],
  },
  stedi: {
    name: 'Stedi',
    settings: [
      { name: 'environment', label: 'Environment', choices: ['test', 'production'], hint: 'What the API key is for.' },
      { name: 'apiKey', label: 'API key', secret: true },
      {
        name: 'webhookSecret',
        label: 'Secret of webhooks',
        secret: true,
        optional: true,
        hint: 'Any long random text; the same stands in the credential set at Stedi. Empty: webhooks are refused.',
      },
    ],
  },
  clinicient: {
    name: 'Clinicient (Net Health)',
    settings: [dropFolder('Clinicient'), ...sftp, hl7, rest, ...sftpSecrets, ...partnerSecrets],
  },
  raintree: {
    name: 'Raintree',
    settings: [
      dropFolder('Raintree'),
      ...sftp,
      hl7,
      way('fhir', 'FHIR R4', 'fhir'),
      rest,
      ...sftpSecrets,
      { name: 'privateKey', label: 'Private key of the FHIR client', secret: true, optional: true },
      { name: 'token', label: 'Token of the FHIR endpoint', secret: true, optional: true },
      ...partnerSecrets,
    ],
  },
  prompt: { name: 'Prompt', settings: [dropFolder('Prompt'), ...sftp, rest, ...sftpSecrets, ...partnerSecrets] },
  breezyNotes: {
    name: 'BreezyNotes (exported tables)',
    settings: [dropFolder('BreezyNotes'), ...sftp, ...sftpSecrets],
  },
  lumaHealth: {
    name: 'Luma Health',
    settings: [
      { name: 'baseUrl', label: 'Base address', value: 'https://api.lumahealth.io/api/v2' },
      { name: 'clientId', label: 'Client id', secret: true },
      { name: 'clientSecret', label: 'Client secret', secret: true },
    ],
  },
  klara: {
    name: 'Klara (tables for staff or a bridge)',
    settings: [
      {
        name: 'outbox',
        label: 'Outbox folder',
        hint: 'An absolute path on the server: messages to be sent lie there, for staff or the bridge.',
      },
      {
        name: 'takenBy',
        label: 'Who takes the tables',
        choices: ['staff', 'bridge'],
        hint: 'Staff are asked by a work item for each table; a bridge takes them by itself.',
      },
    ],
  },
  twilio: {
    name: 'Twilio (text messages, calls)',
    settings: [
      {
        name: 'accountSid',
        label: 'Account SID',
        hint: 'Of the account that has signed Twilio’s agreement (BAA): AC….',
      },
      {
        name: 'messagingServiceSid',
        label: 'Messaging service SID',
        optional: true,
        hint: 'MG…; empty where a number sends.',
      },
      {
        name: 'from',
        label: 'Number messages come from',
        optional: true,
        hint: 'Such as +1…; empty where a messaging service sends. Calls come from it too.',
      },
      { name: 'apiKeySid', label: 'API key SID', secret: true },
      { name: 'apiKeySecret', label: 'API key secret', secret: true },
      {
        name: 'authToken',
        label: 'Auth token of the account',
        secret: true,
        optional: true,
        hint: 'Twilio signs statuses and replies with it. Empty: they are refused.',
      },
    ],
  },
  smtp: {
    name: 'E-mail (SMTP)',
    settings: [
      { name: 'host', label: 'Mail server' },
      { name: 'security', label: 'Encryption', choices: ['starttls', 'implicit', 'none'] },
      { name: 'port', label: 'Port', number: true, optional: true, hint: 'Empty: 587, with implicit encryption 465.' },
      { name: 'username', label: 'User name', optional: true },
      { name: 'password', label: 'Password', secret: true, optional: true },
      { name: 'from', label: 'Sender’s address' },
      { name: 'fromName', label: 'Sender’s name', optional: true },
      { name: 'replyTo', label: 'Address for answers', optional: true, hint: 'Empty: the sender’s.' },
      {
        name: 'unsubscribe',
        label: 'Where one unsubscribes',
        optional: true,
        hint: 'mailto:… or https://…; mail programs show it as a button.',
      },
    ],
  },
  languageModel: {
    name: 'Language model (OpenAI-compatible)',
    settings: [
      {
        name: 'place',
        label: 'Where it runs',
        choices: ['agreement', 'selfHosted'],
        hint: 'A vendor needs an agreement (BAA) at this connection. Self-hosted: this machine or the clinic’s network.',
      },
      { name: 'baseUrl', label: 'Base address', hint: 'With the version, such as https://…/v1.' },
      { name: 'model', label: 'Model that words sentences', optional: true },
      { name: 'transcriptionModel', label: 'Model that writes down speech', optional: true },
      { name: 'apiKey', label: 'API key', secret: true, optional: true },
    ],
  },
  x12Files: {
    name: 'X12 files (drop folder or SFTP)',
    settings: [
      { name: 'transport', label: 'Transport', choices: ['folder', 'sftp'] },
      { name: 'outbox', label: 'Outbox', hint: 'Where the clearinghouse picks up what we send.' },
      { name: 'inbox', label: 'Inbox', hint: 'Where it leaves what it answers.' },
      { name: 'archive', label: 'Archive', hint: 'A folder of our own beside them; what was read is moved there.' },
      {
        name: 'claims',
        label: 'Folder of claim files',
        optional: true,
        hint: 'Where the billing software leaves its 837 files, if claims come that way.',
      },
      { name: 'senderId', label: 'Our id (ISA06)' },
      { name: 'receiverId', label: 'Their id (ISA08)' },
      { name: 'usage', label: 'Usage (ISA15)', choices: ['test', 'production'] },
      { name: 'host', label: 'SFTP host', optional: true },
      { name: 'port', label: 'SFTP port', number: true, optional: true },
      { name: 'username', label: 'SFTP user', optional: true },
      {
        name: 'hostKey',
        label: 'Fingerprint of the host key',
        optional: true,
        hint: 'As the clearinghouse tells it: SHA256:…; without it nothing is sent over SFTP.',
      },
      { name: 'password', label: 'SFTP password', secret: true, optional: true },
      { name: 'privateKey', label: 'SFTP private key', secret: true, optional: true },
      { name: 'passphrase', label: 'Passphrase of the private key', secret: true, optional: true },
    ],
  },
};

const withRecords: readonly string[] = [
  'webpt',
  'clinicient',
  'raintree',
  'prompt',
  'breezyNotes',
  'janeApp',
  'lumaHealth',
];

/** Whether patients and visits can be imported from it. */
export const handsOverRecords = (system: string): boolean => withRecords.includes(system);

/** The secrets of a system. */
export const secretsOf = (system: string): readonly Setting[] =>
  (systems[system]?.settings ?? []).filter((setting) => setting.secret === true);

/** What a field holds as the server expects it. Throws `ApiError` saying which field is no JSON. */
export function settingValue({ label, number, json }: Setting, text: string): unknown {
  if (number === true) return Number(text);
  if (json !== true) return text;
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    const fix = 'Compare it with the example on the page it names.';
    throw new ApiError(0, 'input.invalid', `What stands under ${label} is not JSON.`, fix, null);
  }
}

/** The settings of a form as the server expects them; what was left empty is not among them. Throws as `settingValue`. */
export function configOf(
  settings: readonly Setting[],
  texts: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const config: Record<string, unknown> = {};
  const groups = new Map<string, Record<string, unknown>>();
  for (const setting of settings) {
    const text = texts[setting.name];
    if (text === undefined || text === '' || setting.secret === true) continue;
    const [name = '', within] = setting.name.split('.');
    if (within === undefined) {
      config[name] = settingValue(setting, text);
      continue;
    }
    const group = groups.get(name) ?? {};
    group[within] = settingValue(setting, text);
    groups.set(name, group);
    config[name] = group;
  }
  return config;
}
