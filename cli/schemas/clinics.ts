// What `gait clinics`, `gait users`, `gait keys`, `gait connections` and `gait effects` print.
import { agreementSchema } from '../../server/connections/agreement.ts';
import { clinicSettingsSchema } from '../../server/clinics/settings.ts';
import { capabilities, roles } from '../../server/http/principal.ts';
import { userCredentials } from '../../server/sessions/credentials.ts';
import type { Output } from './output.ts';
import { count, document, fields, instant, listOf, nullableInstant, nullableText, text } from './output.ts';

const clinic = { id: text, name: text, displayName: text, timezone: text } as const;
const { $schema: _dialect, ...settings } = clinicSettingsSchema;

const key = {
  id: text,
  name: text,
  clinic: nullableText,
  capabilities: listOf({ enum: capabilities }),
  createdAt: instant,
  expiresAt: nullableInstant,
  revokedAt: nullableInstant,
  lastUsedAt: nullableInstant,
} as const;

const connection = {
  id: text,
  clinic: text,
  name: text,
  system: text,
  mode: { enum: ['live', 'shadow'] },
  agreement: { anyOf: [{ type: 'null' }, agreementSchema] },
  testedAt: nullableInstant,
  testOutcome: nullableText,
} as const;

const changedUser = {
  id: text,
  roles: listOf({ enum: roles }),
  disabledAt: nullableInstant,
  sessionsEnded: count,
} as const;

/** In an order in which the examples can be typed one after the other. */
export const clinicOutputs: readonly Output[] = [
  {
    name: 'clinics.create',
    example: './gait clinics create riverside --timezone America/Chicago --json',
    schema: document('A clinic that was made', clinic),
  },
  {
    name: 'clinics.set',
    example: './gait clinics set riverside --settings docs/examples/clinic-settings.json --json',
    schema: document('A clinic with its settings', { ...clinic, settings }),
  },
  {
    name: 'clinics.show',
    example: './gait clinics show riverside --json',
    schema: document('A clinic with its settings', { ...clinic, settings }),
  },
  {
    name: 'clinics.list',
    example: './gait clinics list --json',
    schema: document('The clinics', { clinics: listOf(fields(clinic)) }),
  },
  {
    name: 'users.create',
    example:
      'echo "correct horse battery" | ./gait users create pat@example.org --clinic riverside --roles frontDesk --password-stdin --json',
    schema: document('A user who was made', { id: text }),
  },
  {
    name: 'users.list',
    example: './gait users list --clinic riverside --json',
    schema: document('The users of a clinic', {
      users: listOf(
        fields({
          id: text,
          email: text,
          displayName: text,
          roles: listOf({ enum: roles }),
          disabledAt: nullableInstant,
          credential: { enum: [...userCredentials, null] },
          license: { type: ['string', 'null'] },
          licenseState: { type: ['string', 'null'] },
          licenseExpires: { type: ['string', 'null'], format: 'date' },
        }),
      ),
    }),
  },
  {
    name: 'users.set-credential',
    example:
      './gait users set-credential pat@example.org --clinic riverside --credential PT --license PT-12345 --state IL --license-expires 2030-09-30 --json',
    schema: document('A user with a license on file', { id: text, credential: { enum: userCredentials } }),
  },
  {
    name: 'users.set-password',
    example:
      'echo "another horse battery" | ./gait users set-password pat@example.org --clinic riverside --password-stdin --json',
    schema: document('A user with a new password', changedUser),
  },
  {
    name: 'users.set-roles',
    example: './gait users set-roles pat@example.org --clinic riverside --roles frontDesk,biller --json',
    schema: document('A user with other roles', changedUser),
  },
  {
    name: 'users.disable',
    example: './gait users disable pat@example.org --clinic riverside --json',
    schema: document('A user who may not sign in any more', changedUser),
  },
  {
    name: 'users.enable',
    example: './gait users enable pat@example.org --clinic riverside --json',
    schema: document('A user who may sign in again', changedUser),
  },
  {
    name: 'keys.create',
    example: './gait keys create n8n --clinic riverside --capability flows --json',
    schema: document('A key, printed this once', { id: text, key: text }),
  },
  {
    name: 'keys.list',
    example: './gait keys list --clinic riverside --json',
    schema: document('The keys of a clinic', { keys: listOf(fields(key)) }),
  },
  {
    name: 'keys.revoke',
    example: './gait keys revoke KEY-ID --clinic riverside --json',
    schema: document('A key that opens nothing any more', { id: text, revoked: { const: true } }),
  },
  {
    name: 'keys.rotate-vault',
    example: './gait keys rotate-vault --json',
    schema: document('What lies under new keys', { clinics: count, records: count, dataKeys: count, master: text }),
  },
  {
    name: 'connections.add',
    example:
      './gait connections add WebPT --clinic riverside --system webpt --config dropFolder=/srv/webpt-reports --config profile=webpt-standard --json',
    schema: document('A connection that was added', connection),
  },
  {
    name: 'connections.list',
    example: './gait connections list --clinic riverside --json',
    schema: document('The connections of a clinic', { connections: listOf(fields(connection)) }),
  },
  {
    name: 'connections.test',
    example: './gait connections test WebPT --clinic riverside --json',
    schema: document('What a test of a connection found', {
      outcome: text,
      facts: listOf(fields({ label: text, value: text })),
    }),
  },
  {
    name: 'connections.rotate',
    example: `echo '{}' | ./gait connections rotate WebPT --clinic riverside --secrets-stdin --json`,
    schema: document('New secrets are in place', { rotated: { const: true } }),
  },
  {
    name: 'connections.agreement',
    example: './gait connections agreement WebPT --clinic riverside --agreement docs/examples/agreement.json --json',
    schema: document('The agreement of a connection', { agreement: { anyOf: [{ type: 'null' }, agreementSchema] } }),
  },
  {
    name: 'connections.mode',
    example: './gait connections mode WebPT --clinic riverside --mode live --json',
    schema: document('The mode of a connection', { mode: { enum: ['live', 'shadow'] } }),
  },
  {
    name: 'connections.pause',
    example: './gait connections pause WebPT --clinic riverside --json',
    schema: document('A connection that sends nothing', { paused: { const: true } }),
  },
  {
    name: 'connections.resume',
    example: './gait connections resume WebPT --clinic riverside --json',
    schema: document('A connection that sends again', { paused: { const: false } }),
  },
  {
    name: 'effects.hold',
    example: './gait effects hold --clinic riverside --json',
    schema: document('How many effects of a clinic are held', { clinic: text, held: count }),
  },
  {
    name: 'effects.end-hold',
    example: './gait effects end-hold --clinic riverside --json',
    schema: document('New requests are sent again', { clinic: text, ended: { const: true } }),
  },
];
