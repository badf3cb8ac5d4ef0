// The demo clinic of a first start: synthetic patients, simulated payers, one user for each role, the templates installed and run once.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { dateInZone, dayNumber, spokenDate } from '../domain/calendar.ts';
import { createClinic, createKey, createUser, findClinic } from '../server/setup.ts';
import type { Services } from '../server/services.ts';
import { benefitsTable, firstNight } from './demo/benefits.ts';
import { claimsTable, dropClaims, firstCheck } from './demo/claims.ts';
import { addDemoConnections } from './demo/connections.ts';
import type { DemoPace } from './demo/connections.ts';
import { firstNotes, notesTable } from './demo/documentation.ts';
import { firstReminders, messagesTable } from './demo/messages.ts';
import { pull } from './demo/pull.ts';
import { firstFreedVisit, waitlistTable } from './demo/waitlist.ts';
import { connectSystems, firstNewPatient, isOfSystems, newPatient, systemsTable } from './demo/systems.ts';
import { checkout } from './places.mjs';
import { Problem } from './problem.ts';
import { writeSecret } from './secrets.ts';
import type { Stack } from './stack.ts';
import { table } from './table.ts';

const run = promisify(execFile);

/** The clinic's short name and zone, and its users; example.org is reserved, so no mail can reach anyone. */
export const demo = {
  clinic: 'demo',
  displayName: 'Demo Physical Therapy',
  timezone: 'America/Chicago',
  /** The templates with what differs from their defaults; the demo looks every minute, so that a first run shows something soon. */
  templates: {
    'prior-authorization': ['webpt=WebPT', 'availity=Availity', 'syncEveryMinutes=1'],
    eligibility: ['clearinghouse=Availity', 'newEveryMinutes=1'],
    'patient-onboarding': ['ptSystem=WebPT', 'billing=Therabill', 'documentation=BreezyNotes'],
    scheduling: ['texts=Twilio', 'mail=E-mail', 'remindEveryMinutes=1'],
    documentation: ['chart=WebPT', 'draftEveryMinutes=1'],
    'billing-qa': ['therabill=Therabill', 'clearinghouse=Change Healthcare', 'reportsEveryMinutes=1'],
  },
  settings: {
    organization: { name: 'Demo Physical Therapy', npi: '1999999984', taxId: '990000000' },
    renderingProvider: { name: 'Demo Therapist PT', npi: '1999999992' },
    outreach: { name: 'Demo Physical Therapy', phone: '(555) 010-0100' },
    care: { videoRoom: 'https://rooms.example.org/demo' },
  },
  users: [
    { email: 'frontdesk@example.org', displayName: 'Demo Front Desk', roles: ['frontDesk'] },
    { email: 'biller@example.org', displayName: 'Demo Biller', roles: ['biller'] },
    {
      email: 'therapist@example.org',
      displayName: 'Demo Therapist',
      roles: ['therapist'],
      credential: { credential: 'PT', license: 'DEMO-1', licenseState: 'TX', licenseExpires: null },
    },
    { email: 'specialist@example.org', displayName: 'Demo Clinical Specialist', roles: ['clinicalSpecialist'] },
    { email: 'admin@example.org', displayName: 'Demo Admin', roles: ['frontDesk', 'biller', 'admin'] },
  ],
} as const;

async function exists(services: Services): Promise<boolean> {
  try {
    await findClinic(services, demo.clinic);
    return true;
  } catch {
    return false;
  }
}

/** Makes the clinic, its users, its connections to the sandbox and the key of its flows. Returns false when it was there. */
export async function createDemoClinic(stack: Stack, pace: DemoPace = {}): Promise<boolean> {
  const services = await stack.openServices();
  try {
    if (await exists(services)) {
      if (existsSync(stack.secrets.flowsKey)) return false;
      throw new Problem(
        'The demo clinic is there, but not its users and keys: an earlier start was interrupted while it made them.',
        `Nothing but the demo is lost: remove ${stack.home}, then start again.`,
      );
    }
    const clinic = await createClinic(services, {
      name: demo.clinic,
      timezone: demo.timezone,
      displayName: demo.displayName,
      settings: demo.settings,
    });
    const password = readFileSync(stack.secrets.demoPassword, 'utf8').trim();
    for (const user of demo.users) await createUser(services, { ...user, clinic: clinic.id, password });
    await addDemoConnections(services, stack, clinic.id, pace);
    const key = await createKey(services, { name: 'n8n flows', clinic: clinic.id, capabilities: ['flows'] });
    writeSecret(stack.secrets.flowsKey, key.secret);
    return true;
  } finally {
    await services.database.close();
  }
}

/** The day of a moment in a zone, `YYYY-MM-DD`. */
export function todayIn(timezone: string, now: Date): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone: timezone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(now);
}

/** The time of day in a zone some one to two minutes from now, `HH:MM`: a flow that runs each night at that time runs soon. */
function soonIn(timezone: string, now: Date): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: timezone, hour: '2-digit', minute: '2-digit' }).format(
    new Date(now.getTime() + 90_000),
  );
}

/** What the sandbox's export of the demo clinic is written with. */
const exportOf = (stack: Stack, today: string) => ({ folder: stack.webptDrop, today, medicare: 36 });

/** Lets the sandbox write the three WebPT reports of the synthetic clinic into the drop folder. */
export function dropReports(stack: Stack, now: Date): Promise<void> {
  return pull(stack, 'webpt/export', exportOf(stack, todayIn(demo.timezone, now)));
}

/** Installs and publishes a template through the command line, as a consultant would; a copy an interrupted start left is replaced. */
export async function installTemplate(
  stack: Stack,
  template: keyof typeof demo.templates,
  more: readonly string[] = [],
): Promise<void> {
  const settings = [`timezone=${demo.timezone}`, ...demo.templates[template], ...more];
  const args = ['templates', 'install', template, '--clinic', demo.clinic, '--key-file', stack.secrets.flowsKey];
  args.push('--replace');
  const where = [
    '--n8n-url',
    stack.urls.n8n,
    '--n8n-key-file',
    stack.n8n.apiKeyFile,
    '--server-url',
    stack.urls.server,
  ];
  try {
    await run(
      process.execPath,
      [join(checkout, 'cli', 'main.ts'), ...args, ...where, ...settings.flatMap((pair) => ['--set', pair])],
      {
        cwd: checkout,
        env: { ...process.env, GAIT_HOME: stack.home },
      },
    );
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().replaceAll('\n', ' ') : '';
    throw new Problem(
      `The template ${template} could not be installed: ${said}`,
      `The log of n8n is ${join(stack.logs, 'n8n.log')}.`,
    );
  }
}

interface Listed {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

async function list(stack: Stack, path: string): Promise<Listed> {
  const key = readFileSync(stack.secrets.flowsKey, 'utf8').trim();
  const response = await fetch(`${stack.urls.server}${path}`, {
    headers: { authorization: `Bearer ${key}` },
    signal: AbortSignal.timeout(20_000),
  });
  const body: unknown = await response.json();
  if (!response.ok)
    throw new Problem(`The server answered ${response.status} to ${path}.`, `Read ${join(stack.logs, 'server.log')}.`);
  const items: unknown = typeof body === 'object' && body !== null && 'items' in body ? body.items : [];
  return {
    rows: Array.isArray(items) ? items.map((item: unknown) => Object.fromEntries(Object.entries(item ?? {}))) : [],
  };
}

/** Waits until the flow's first run has tracked authorizations and the number of items that need a person has settled. */
export async function firstRun(stack: Stack, milliseconds: number): Promise<boolean> {
  const until = Date.now() + milliseconds;
  let last = -1;
  let settledAt = 0;
  while (Date.now() < until) {
    const tracked = (await list(stack, '/v1/authorizations?limit=100')).rows.length;
    const open = (await list(stack, '/v1/work-items?status=open&limit=100')).rows.length;
    if (tracked + open !== last) settledAt = Date.now();
    last = tracked + open;
    if (tracked > 0 && open > 0 && Date.now() - settledAt > 5_000) return true;
    await new Promise((done) => setTimeout(done, 1_000));
  }
  return last > 0;
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'object' && 'name' in value ? cell(value.name) : JSON.stringify(value);
}

/** The day an item is due in the clinic's zone, for example "Tue 12 May". */
function dueWords(due: unknown): string {
  if (typeof due !== 'string') return cell(due);
  const today = dayNumber(todayIn(demo.timezone, new Date()));
  return spokenDate(dayNumber(dateInZone(due, demo.timezone)), today);
}

/** Lines of items that are shown; the console has the rest. */
const mostShown = 30;

/** What the newcomer reads: what is tracked, what needs a person and why, where to look, how to sign in. */
export async function summary(stack: Stack): Promise<string> {
  const { rows: tracked } = await list(stack, '/v1/authorizations?limit=100');
  const { rows: open } = await list(stack, '/v1/work-items?status=open&limit=500');
  const items = open.filter((row) => !cell(row['kind']).startsWith('claim.') && !isOfSystems(cell(row['kind'])));
  const states = new Map<string, number>();
  for (const row of tracked) states.set(cell(row['state']), (states.get(cell(row['state'])) ?? 0) + 1);
  const people = [...items]
    .sort((one, other) => cell(one['priority']).localeCompare(cell(other['priority'])))
    .map((row) => [
      cell(row['priority']),
      cell(row['kind']),
      cell(row['role']),
      dueWords(row['dueAt']),
      cell(row['reason'] ?? row['priorityReason']),
    ]);
  const password = readFileSync(stack.secrets.demoPassword, 'utf8').trim();
  return [
    '',
    `Tracked: ${tracked.length} authorizations`,
    table(
      ['state', 'authorizations'],
      [...states].map(([state, count]) => [state, String(count)]),
    ),
    '',
    await benefitsTable(stack),
    await claimsTable(stack),
    await systemsTable(stack),
    await messagesTable(stack, todayIn(demo.timezone, new Date())),
    await waitlistTable(stack, demo.timezone),
    await notesTable(stack),
    `Needs a person besides: ${items.length}`,
    table(['priority', 'what', 'role', 'due', 'why'], people.slice(0, mostShown)),
    ...(people.length > mostShown ? [`… and ${people.length - mostShown} more in the console`] : []),
    '',
    table(
      ['where', 'address', 'sign in'],
      [
        [
          'console',
          `${stack.urls.server}/console/`,
          `${demo.users.map((user) => user.email).join(', ')} / ${password}`,
        ],
        ['n8n editor', stack.urls.n8n, `${stack.n8n.owner} / ${readFileSync(stack.n8n.passwordFile, 'utf8').trim()}`],
        ['Temporal', stack.urls.temporalUi ?? stack.urls.temporal, '–'],
        ['drop folders', dirname(stack.webptDrop), '–'],
        ['logs', stack.logs, '–'],
      ],
    ),
    '',
  ].join('\n');
}

/** Does a part of the set-up once in the life of the demo: a start after an interrupted one goes on behind what was done. */
async function once(stack: Stack, part: string, work: () => Promise<void>): Promise<void> {
  const done = join(stack.home, 'demo-done', part);
  if (existsSync(done)) return;
  await work();
  mkdirSync(dirname(done), { recursive: true });
  writeSecret(done, new Date().toISOString());
}

/** The demo on a running stack: made on the first start, shown on every start. */
export async function showDemo(stack: Stack, say: (line: string) => void): Promise<string> {
  await createDemoClinic(stack);
  await once(stack, 'whole', () => setUpDemo(stack, say));
  return summary(stack);
}

async function setUpDemo(stack: Stack, say: (line: string) => void): Promise<void> {
  const installed = (template: keyof typeof demo.templates, more: readonly string[] = []): Promise<void> =>
    once(stack, template, () => installTemplate(stack, template, more));
  const today = todayIn(demo.timezone, new Date());
  await once(stack, 'reports', () => dropReports(stack, new Date()));
  say('templates: installing and publishing …');
  await installed('prior-authorization');
  await installed('eligibility');
  say('first run: the flow starts at the next full minute, about 1 min …');
  if (!(await firstRun(stack, 150_000))) say(`first run: nothing was tracked yet; the logs are in ${stack.logs}`);
  say('several systems: what BreezyNotes and Clinicient hold comes in and is audited, up to 1 min …');
  if (!(await connectSystems(stack, today, 60_000))) say('several systems: the audit is not over yet');
  await installed('scheduling');
  await installed('patient-onboarding');
  await installed('documentation');
  await once(stack, 'new-patient', () => newPatient(stack, today));
  await once(stack, 'claims', () => dropClaims(stack, today));
  // Interrupted before its first check, it would wait for tomorrow: it is put in place anew with a time to come.
  await installTemplate(stack, 'billing-qa', [`checkAt=${soonIn(demo.timezone, new Date())}`]);
  say('benefits: the first night is checked and delivered now, up to 3 min …');
  const night = await firstNight(stack, { answers: 120_000, deliveries: 60_000 });
  if (night === 'asking') say('benefits: some payers have not answered yet; Gait goes on asking');
  if (night === 'delivering') say('benefits: some answers are not delivered to billing yet; Gait goes on delivering');
  say('claims: the flow checks 150 claims against their charts within the next minutes …');
  if (!(await firstReminders(stack, today, 90_000))) say('messages: no reminder is due yet');
  if (!(await firstFreedVisit(stack, exportOf(stack, today), today, 180_000)))
    say('waitlist: the cancelled visit has not been offered yet');
  if (!(await firstNotes(stack, today, 120_000))) say('documents: not every closed session has been drafted yet');
  if (!(await firstNewPatient(stack, 120_000))) say('onboarding: the new patient has not arrived yet');
  if (!(await firstCheck(stack, 240_000))) say('claims: the check is not over yet; the console shows how far it is');
}
