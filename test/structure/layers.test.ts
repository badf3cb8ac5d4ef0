// The table of folders on the contributor's page says what the dependency rules enforce.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from './tracked-files.ts';

interface Rule {
  readonly from: { readonly path?: string };
  readonly to: { readonly pathNot?: string };
}

test('what a folder may know stands on the page as it is enforced', () => {
  const load = createRequire(import.meta.url);
  const { forbidden } = load(path.join(root, '.dependency-cruiser.cjs')) as { forbidden: Rule[] };
  const enforced = new Map<string, string[]>();
  for (const { from, to } of forbidden) {
    const folder = /^\^([a-z-]+)\/$/.exec(from.path ?? '')?.[1];
    const known = /^\^\((.*)\)\(\/\|/
      .exec(to.pathNot ?? '')?.[1]
      ?.replace(/\([^)]*\)/g, '')
      .split('|');
    if (folder !== undefined && known !== undefined)
      enforced.set(
        folder,
        known
          .slice(1)
          .map((name) => name.replace(/\/.*/, ''))
          .sort(),
      );
  }
  const page = readFileSync(path.join(root, 'docs/contributor.md'), 'utf8');
  const told = new Map<string, string[]>();
  for (const [, folder = '', known = ''] of page.matchAll(/^\| `([a-z-]+)\/` \|[^|]*\|([^|]*)\|$/gm))
    told.set(
      folder,
      [...enforced.keys()]
        .filter((name) => new RegExp(`\\b${name}\\b`).test(known))
        .concat(/\bruntime\b/.test(known) ? ['runtime'] : [])
        .sort(),
    );
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(enforced));
});
