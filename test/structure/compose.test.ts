// The production shape: the compose file reads, every image is pinned, every variable and every secret is documented.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readServerConfig } from '../../server/config.ts';
import { root } from './tracked-files.ts';

interface Service {
  image?: string;
  ports?: string[];
  volumes?: string[];
  depends_on?: Record<string, unknown>;
  networks?: string[];
  secrets?: string[];
  environment?: Record<string, string>;
}

const text = readFileSync(path.join(root, 'docker-compose.yml'), 'utf8');
const readme = readFileSync(path.join(root, 'deploy/README.md'), 'utf8');
const compose = parse(text, { merge: true }) as {
  services: Record<string, Service>;
  secrets: Record<string, { file: string }>;
  volumes: Record<string, unknown>;
  networks: Record<string, unknown>;
};

test('every image carries an exact version', () => {
  const images = Object.values(compose.services).map((service) => service.image ?? 'none');
  expect(images.filter((image) => !/:\d+\.\d+(\.\d+)?/.test(image))).toEqual([]);
});

test('every variable is documented and has an example or a default', () => {
  const used = new Set([...text.matchAll(/\$\{(\w+)/g)].map((match) => match[1] ?? ''));
  const documented = new Set([...readme.matchAll(/^\| `([A-Z]\w+)` \|/gm)].map((match) => match[1] ?? ''));
  expect([...used].sort()).toEqual([...documented].sort());
  const example = readFileSync(path.join(root, 'deploy/env.example'), 'utf8');
  expect([...used].filter((name) => !example.includes(`${name}=`))).toEqual([]);
});

test('a process is given no setting of Gait that it does not read', () => {
  const readers = { server: 'server/config.ts', worker: 'workers/config.ts' };
  for (const [name, file] of Object.entries(readers)) {
    const source = readFileSync(path.join(root, file), 'utf8');
    const read = new Set([...source.matchAll(/'(GAIT_\w+)'/g)].map((match) => match[1]));
    for (const [, secret] of source.matchAll(/OrFile\(\w+, '(GAIT_\w+)'/g)) read.add(`${secret}_FILE`);
    const set = Object.keys(compose.services[name]?.environment ?? {}).filter((key) => key.startsWith('GAIT_'));
    expect(set.length, name).toBeGreaterThan(3);
    expect(
      set.filter((key) => !read.has(key)),
      name,
    ).toEqual([]);
  }
});

test('the server starts with what the compose file gives it', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gait-compose-'));
  const file = path.join(folder, 'url');
  writeFileSync(file, 'postgres://gait@postgres:5432/gait');
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(compose.services['server']?.environment ?? {}))
    given[name] = name === 'GAIT_DATABASE_URL_FILE' ? file : value.replaceAll(/\$\{\w+:-(\w+)\}/g, '$1');
  // One proxy stands before it, and the people behind that proxy do not share one address.
  expect(readServerConfig(given)).toMatchObject({
    databaseUrl: 'postgres://gait@postgres:5432/gait',
    host: '0.0.0.0',
    secureCookies: true,
    trustedProxies: 1,
  });
  rmSync(folder, { recursive: true });
});

test('secrets are files, each described; no password stands in the environment', () => {
  for (const [name, secret] of Object.entries(compose.secrets)) {
    expect(secret.file, name).toMatch(/^\$\{GAIT_SECRETS:-\.\/secrets\}\//);
    expect(readme, name).toContain(path.basename(secret.file));
  }
  const named = Object.values(compose.services).flatMap((service) => service.secrets ?? []);
  expect(named.filter((name) => !(name in compose.secrets))).toEqual([]);
  const plain = Object.entries(compose.services).flatMap(([name, service]) =>
    Object.keys(service.environment ?? {})
      .filter((key) => /PASSWORD|SECRET|(?<!KEYRING|WORKER)_KEY$/.test(key) && !key.endsWith('_FILE'))
      .map((key) => `${name}.${key}`),
  );
  expect(plain).toEqual([]);
});

test('the server has the database, the worker its own key, and neither what is the other one’s', () => {
  const { server, worker } = compose.services;
  expect(server?.secrets).toEqual(['gait_keyring', 'gait_database_url']);
  expect(server?.environment).not.toHaveProperty('GAIT_WORKER_KEY_FILE');
  expect(worker?.secrets).toEqual(['gait_keyring', 'gait_worker_key']);
  expect(Object.keys(worker?.environment ?? {}).filter((name) => name.includes('DATABASE'))).toEqual([]);
});

test('secrets, settings and the history of the source enter neither an image nor the repository', () => {
  const kept = new Set(readFileSync(path.join(root, '.dockerignore'), 'utf8').split('\n'));
  expect(['.git', '.gait', '.env', 'secrets', '**/node_modules', '**/dist'].filter((name) => !kept.has(name))).toEqual(
    [],
  );
  const ignored = execFileSync('git', ['check-ignore', '.env', 'secrets/gait_keyring.json'], { cwd: root });
  expect(ignored.toString().trim().split('\n')).toEqual(['.env', 'secrets/gait_keyring.json']);
});

test('only the proxy is reachable from outside', () => {
  expect(
    Object.entries(compose.services)
      .filter(([, service]) => service.ports !== undefined)
      .map(([name]) => name),
  ).toEqual(['proxy']);
  expect(
    Object.entries(compose.services)
      .filter(([, service]) => service.networks?.includes('edge'))
      .map(([name]) => name),
  ).toEqual(['server', 'n8n', 'proxy']);
});

test('what a service waits for, mounts and joins exists', () => {
  for (const [name, service] of Object.entries(compose.services)) {
    for (const other of Object.keys(service.depends_on ?? {}))
      expect(compose.services, `${name} → ${other}`).toHaveProperty(other);
    for (const network of service.networks ?? [])
      expect(compose.networks, `${name} → ${network}`).toHaveProperty(network);
    for (const volume of service.volumes ?? []) {
      const source = volume.split(':')[0] ?? '';
      if (source.startsWith('./')) expect(existsSync(path.join(root, source)), `${name} → ${source}`).toBe(true);
      else expect(compose.volumes, `${name} → ${source}`).toHaveProperty(source);
    }
  }
});

test('the image installs as one machine does: what npm brought is compared with the lock file', () => {
  const dockerfile = readFileSync(path.join(root, 'deploy/Dockerfile'), 'utf8');
  expect(dockerfile).not.toMatch(/^RUN npm ci/m);
  expect(dockerfile).toContain('hasOwnModules');
});

test('n8n has its owner from the first start', () => {
  for (const name of ['n8n', 'n8n-worker', 'n8n-webhook'])
    expect(compose.services[name]?.environment?.['N8N_INSTANCE_OWNER_MANAGED_BY_ENV'], name).toBe('true');
});

test('the versions of production are the versions of one machine', () => {
  const runtime = JSON.parse(readFileSync(path.join(root, 'runtime/n8n/package.json'), 'utf8')) as {
    dependencies: { n8n: string };
  };
  expect(readFileSync(path.join(root, 'deploy/Dockerfile'), 'utf8')).toContain(
    `FROM n8nio/n8n:${runtime.dependencies.n8n} `,
  );
});
