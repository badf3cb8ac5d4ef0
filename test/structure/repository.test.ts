// What may never stand in the repository: identifiers that look real, addresses of one machine, dead links, foreign licences.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { places, root, trackedFiles } from './tracked-files.ts';

const files = trackedFiles();
const own = files.filter(({ name }) => !name.endsWith('package-lock.json'));

describe('synthetic data only', () => {
  test('no text looks like a social security number', () => {
    expect(places(own, /(?<![\w-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])/)).toEqual([]);
  });

  test('a row is locked so that others may still name it: only heads and keys, which no row names, are locked whole', () => {
    const files = trackedFiles().filter(({ name }) => name.startsWith('server/') && !name.includes('.test.'));
    expect(places(files, /\.forUpdate\(\)/).map((place) => place.replace(/:\d+:.*/, ''))).toEqual([
      'server/audit/append.ts',
      'server/audit/append.ts',
      'server/vault/data-keys.ts',
    ]);
  });

  test('telephone numbers are of the range kept for fiction, 555-01xx', () => {
    const fictional = (match: string): boolean => /555[-. ]?01\d\d$/.test(match);
    expect(
      places(own, /(?<![\w.-])(?:\+?1[-. ])?\(?[2-9]\d{2}\)?[-. ][2-9]\d{2}[-. ]\d{4}(?![\w-])/, fictional),
    ).toEqual([]);
  });

  test('e-mail addresses are of the domains kept for examples', () => {
    const example = (match: string): boolean =>
      /@([\w.-]+\.)?(example(\.(org|com|net))?|localhost|gait\.invalid)$|@gait\.example$/i.test(match);
    const addresses =
      /(?<![\w/@])[\w.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|io|gov|edu|local|invalid|example)\b/i;
    expect(places(own, addresses, example)).toEqual([]);
  });
});

describe('the repository belongs to no machine', () => {
  test('no path of the machine it was checked out on', () => {
    // The superuser's home is the same everywhere: containers and services name it.
    const parents = [path.dirname(root), ...(userInfo().uid === 0 ? [] : [homedir()])]
      .map((folder) => `${folder}/`)
      .filter((prefix) => prefix.length > 4);
    const found = own.flatMap(({ name, text }) =>
      parents.filter((prefix) => text.includes(prefix)).map((prefix) => `${name}: ${prefix}`),
    );
    expect(found).toEqual([]);
  });

  test('lock files name no download host', () => {
    const locks = files.filter(({ name }) => name.endsWith('package-lock.json'));
    expect(locks.length).toBeGreaterThanOrEqual(3);
    expect(locks.filter(({ text }) => text.includes('"resolved"')).map(({ name }) => name)).toEqual([]);
  });
});

describe('licences', () => {
  test('every package that ships with Gait may be used in a clinic without asking', () => {
    const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { license?: string; dev?: boolean }>;
    };
    const free =
      /^\(?(MIT|MIT-0|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|BlueOak-1\.0\.0|Unlicense|CC0-1\.0|Python-2\.0|CC-BY-4\.0|PostgreSQL)( (OR|AND) .+)?\)?$/;
    // Their package.json names none in npm's form, their LICENSE file does.
    const readByHand: Record<string, string> = {
      'node_modules/unionfs': 'Unlicense',
      'node_modules/ssh2': 'MIT',
      'node_modules/cpu-features': 'MIT',
      'node_modules/buildcheck': 'MIT',
    };
    const shipped = Object.entries(lock.packages).filter(
      ([name, entry]) => name.startsWith('node_modules/') && entry.dev !== true,
    );
    expect(shipped.length).toBeGreaterThan(100);
    const odd = shipped
      .filter(([name, entry]) => !free.test(entry.license ?? readByHand[name] ?? ''))
      .map(([name, entry]) => `${name}: ${entry.license ?? 'none'}`);
    expect(odd).toEqual([]);
  });
});

describe('documents', () => {
  test('every picture is shown on a page', () => {
    const pages = own.filter(({ name }) => name.endsWith('.md')).map(({ text }) => text);
    const pictures = readdirSync(path.join(root, 'docs/images'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.png'),
    );
    expect(pictures.filter((name) => !pages.some((text) => text.includes(`images/${name}`)))).toEqual([]);
  });

  test('every node has an example flow, a place on the page of the nodes and a picture of its panel', () => {
    const page = readFileSync(path.join(root, 'docs/nodes.md'), 'utf8');
    const lacking = readdirSync(path.join(root, 'nodes/nodes')).flatMap((node) => [
      ...(existsSync(path.join(root, 'nodes/nodes', node, 'example.json')) ? [] : [`${node}: example.json`]),
      ...(existsSync(path.join(root, 'docs/images/nodes', `${node}.png`)) ? [] : [`${node}: picture`]),
      ...(page.includes(`(../nodes/nodes/${node}/example.json)`) && page.includes(`(images/nodes/${node}.png)`)
        ? []
        : [`${node}: docs/nodes.md`]),
    ]);
    expect(lacking).toEqual([]);
  });

  test('every link to a file leads somewhere', () => {
    const dead = own
      .filter(({ name }) => name.endsWith('.md'))
      .flatMap(({ name, text }) =>
        [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g)]
          .map((match) => match[1] ?? '')
          .filter((target) => !existsSync(path.join(root, path.dirname(name), decodeURIComponent(target))))
          .map((target) => `${name} → ${target}`),
      );
    expect(dead).toEqual([]);
  });
});
