// The systems an admin may connect and the form of each: the settings that a clinic decides; the others keep their defaults.

export interface Setting {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value?: string;
  readonly secret?: boolean;
  readonly date?: boolean;
  readonly number?: boolean;
  readonly optional?: boolean;
  readonly choices?: readonly string[];
}

export const systems: Record<string, { readonly name: string; readonly settings: readonly Setting[] }> = {
  webpt: {
    name: 'WebPT (exported reports)',
    settings: [
      {
        name: 'dropFolder',
        label: 'Drop folder',
        hint: 'An absolute path on the server, into which the reports are exported.',
      },
      { name: 'profile', label: 'Mapping profile', choices: ['webpt-standard', 'webpt-multisite'] },
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

/** The secrets of a system. */
export const secretsOf = (system: string): readonly Setting[] =>
  (systems[system]?.settings ?? []).filter((setting) => setting.secret === true);
