// Reads the package's own sources for the tests that look at its shape.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..');

export const manifest: {
  dependencies?: object;
  peerDependencies: object;
  n8n: { nodes: string[]; credentials: string[] };
} = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

export function readText(path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}

export function existing(path: string): boolean {
  return existsSync(join(folder, path));
}

function sourcesIn(path: string): string {
  return readdirSync(join(folder, path), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readText(join(path, name)))
    .join('\n');
}

/** Each node: its name, its folder, its own file and all source of its folder. */
export function nodeSources(): { name: string; folder: string; source: string; all: string }[] {
  return readdirSync(join(folder, 'nodes'))
    .sort()
    .map((name) => ({
      name,
      folder: `nodes/${name}`,
      source: readText(`nodes/${name}/${name}.node.ts`),
      all: sourcesIn(`nodes/${name}`),
    }));
}

/** The operations a node's dispatch table names, by resource: `const operations = { resource: { operation, … } }`. */
export function operationsOf(source: string): { resource: string; operation: string }[] {
  const table = /const operations = \{([\s\S]*?)\};/.exec(source)?.[1] ?? '';
  return [...table.matchAll(/(\w+): \{([^}]*)\}/g)].flatMap(([, resource = '', entries = '']) =>
    entries
      .split(',')
      .map((entry) => entry.split(':')[0]?.trim() ?? '')
      .filter((operation) => operation !== '')
      .map((operation) => ({ resource, operation })),
  );
}
