// `gait templates list` and `gait templates install TEMPLATE --clinic NAME`: the library of flows and a clinic's own copy of one.
import { GaitError } from '../domain/errors.ts';
import { installTemplate } from './templates/install.ts';
import type { Installation } from './templates/install.ts';
import { parameterValues, readTemplate, templateIds } from './templates/library.ts';
import { openN8n } from './templates/n8n-api.ts';
import { readKey } from './templates/key-file.ts';
import { places } from '../runtime/places.mjs';
import { stackNote } from '../runtime/stack-file.ts';
import { parse, unusable } from './shared/command-line.ts';

export const summary = 'list and install the flow templates';

export const usage = `Usage: gait templates list [--json]
       gait templates install TEMPLATE --clinic NAME [--set KEY=VALUE …] [--key-file FILE] [--replace] [--json]

  --set KEY=VALUE      a parameter of the template ("gait templates list" shows them)
  --key-file FILE      an API key of the clinic with the capability "flows", for a credential that n8n does not have yet
  --server-url URL     Gait's server as n8n reaches it        (else: the running stack, http://127.0.0.1:7310)
  --n8n-url URL        n8n                                    (else: the running stack, http://127.0.0.1:7311)
  --n8n-key-file FILE  a file with an API key of n8n          (else: the running stack)
  --replace            put a fresh copy in the place of an earlier one, which is archived`;

const options = {
  clinic: { type: 'string' },
  set: { type: 'string', multiple: true },
  'key-file': { type: 'string' },
  'server-url': { type: 'string' },
  'n8n-url': { type: 'string' },
  'n8n-key-file': { type: 'string' },
  replace: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

type Flags = ReturnType<typeof parse<typeof options>>['values'];

/** `KEY=VALUE` pairs of `--set`; a later one wins. */
export function settings(pairs: readonly string[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const pair of pairs) {
    const [, name, value] = /^([^=]+)=([\s\S]*)$/.exec(pair) ?? [];
    if (name === undefined || value === undefined) {
      throw new GaitError('input.invalid', `"${pair}" is not KEY=VALUE.`, {
        where: '--set',
        fix: 'Write it like --set timezone=America/Chicago.',
      });
    }
    values[name.trim()] = value;
  }
  return values;
}

function list(json: boolean): void {
  const manifests = templateIds().map((id) => readTemplate(id).manifest);
  if (json) {
    process.stdout.write(`${JSON.stringify({ templates: manifests }, null, 2)}\n`);
    return;
  }
  for (const { id, version, summary: line, parameters } of manifests) {
    process.stdout.write(`${id} ${version}\n  ${line}\n`);
    for (const [name, { description, default: fallback }] of Object.entries(parameters.properties)) {
      process.stdout.write(`  --set ${name}=${fallback ?? '…'}  ${description}\n`);
    }
  }
}

function told(done: Installation): string {
  const lines = [
    `${done.template} ${done.version} is live for ${done.clinic}: ${done.flow.name} (${done.flow.id})`,
    `  open it:     ${done.flow.url}`,
    `  credential:  ${done.credential.name}${done.credential.created ? ' (made now)' : ''}`,
    `  answers:     ${done.steps.join(', ')}`,
    `  parameters:  ${Object.entries(done.parameters)
      .map(([name, value]) => `${name}=${value}`)
      .join(', ')}`,
    ...done.replaced.map(({ id, name }) => `  archived:    ${name} (${id})`),
  ];
  return `${lines.join('\n')}\n`;
}

async function install(id: string, flags: Flags): Promise<Installation> {
  const template = readTemplate(id);
  const clinic = flags.clinic?.trim() ?? '';
  if (clinic === '')
    throw new GaitError('input.invalid', 'The clinic is missing.', {
      where: '--clinic',
      fix: 'Add --clinic NAME, e.g. --clinic demo.',
    });
  const values = parameterValues(template.manifest, settings(flags.set ?? []));
  const stack = stackNote(places().home);
  const n8nUrl = flags['n8n-url'] ?? stack?.n8nUrl ?? 'http://127.0.0.1:7311';
  const n8nKeyFile = flags['n8n-key-file'] ?? stack?.n8nApiKeyFile;
  if (n8nKeyFile === undefined) {
    throw new GaitError('input.invalid', 'There is no API key for n8n.', {
      where: '--n8n-key-file',
      fix: 'Start the stack with "npm start", or name a file with a key of n8n.',
    });
  }
  const keyFile = flags['key-file'];
  return installTemplate(openN8n(n8nUrl, readKey(n8nKeyFile, '--n8n-key-file')), template, {
    clinic,
    values,
    n8nUrl,
    gait: {
      serverUrl: flags['server-url'] ?? stack?.serverUrl ?? 'http://127.0.0.1:7310',
      key: keyFile === undefined ? null : readKey(keyFile, '--key-file'),
    },
    replace: flags.replace === true,
  });
}

/** Returns 0. Throws a sentence for arguments or a state it cannot go on with. */
export async function run(args: string[]): Promise<number> {
  const { values: flags, positionals } = parse(args, usage, options);
  const [action, id, ...more] = positionals;
  if (action === 'list' && id === undefined) list(flags.json === true);
  else if (action === 'install' && id !== undefined && more.length === 0) {
    const done = await install(id, flags);
    process.stdout.write(flags.json === true ? `${JSON.stringify(done, null, 2)}\n` : told(done));
  } else throw unusable('Say what to do with templates.', usage);
  return 0;
}
