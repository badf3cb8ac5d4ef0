// A search to its last page: the pages follow one another at the same endpoint, in a bounded number and none twice.
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { Element } from '../../domain/fhir/element.ts';
import type { Failure } from '../connector.ts';
import { rejected } from '../faults.ts';
import type { Problem } from '../csv/problems.ts';
import { at, isObject, listAt, textAt } from '../json.ts';
import { isFailure, reading, resourceOf, toldAt } from './client.ts';
import type { FhirClient } from './client.ts';
import { isOutcome, reasonsOf } from './outcome.ts';

/** A resource with the number of its entry, counted from 1. */
export interface Entry {
  readonly resource: Element;
  readonly json: unknown;
  readonly row: number;
  readonly fullUrl: string | null;
  /** It answers the question; false: it came along because another one refers to it. */
  readonly isMatch: boolean;
}

export interface Page {
  readonly entries: readonly Entry[];
  readonly problems: readonly Problem[];
  readonly asOf: string;
}

interface Bundle extends Page {
  readonly next: string | null;
  readonly failure: Failure | null;
}

function entryOf(entry: unknown, row: number, type: string): Entry | null {
  const json = at(entry, 'resource');
  const resource = Element.ofResource(json);
  if (resource === null) return null;
  const mode = textAt(at(entry, 'search'), 'mode');
  return {
    resource,
    json,
    row,
    fullUrl: textAt(entry, 'fullUrl'),
    isMatch: mode !== 'include' && resource.path === type,
  };
}

/** The entries of a Bundle; an entry that is no resource is a problem, an error among them fails the page. */
export function bundleOf(json: unknown, type: string, asOf: string): Bundle {
  const entries: Entry[] = [];
  const problems: Problem[] = [];
  let failure: Failure | null = null;
  listAt(json, 'entry').forEach((raw, index) => {
    const outcome = at(raw, 'resource');
    if (isOutcome(outcome)) {
      const reasons = reasonsOf(outcome);
      if (reasons.length > 0) failure = rejected('vendor.rejected', reasons);
      return;
    }
    const entry = entryOf(raw, index + 1, type);
    if (entry === null)
      problems.push({
        row: index + 1,
        column: 'Bundle.entry.resource',
        reason: 'not in the form expected',
        rejected: true,
      });
    else entries.push(entry);
  });
  const links = listAt(json, 'link').filter(isObject);
  const next = links.find((link) => textAt(link, 'relation') === 'next');
  return { entries, problems, asOf, next: next === undefined ? null : (textAt(next, 'url') ?? ''), failure };
}

/** The SHA-256 (hex) of what was read, whatever the page calls itself. */
export function fingerprint(resources: readonly unknown[]): string {
  return createHash('sha256').update(canonicalJson(resources)).digest('hex');
}

function misled(code: string): Failure {
  return rejected('vendor.malformed', [{ code, field: 'Bundle.link' }]);
}

/** Where the next page lies; a page elsewhere is not followed, because the token would go there. */
function nextUrl(client: FhirClient, next: string, from: URL): URL | Failure {
  const url = URL.canParse(next, from.href) ? new URL(next, from) : null;
  return url !== null && client.owns(url) ? url : misled('next-link-elsewhere');
}

/** Page after page until the last one, or a failure. */
export async function* search(
  client: FhirClient,
  type: string,
  query: Readonly<Record<string, string>>,
): AsyncGenerator<Page | Failure, undefined, undefined> {
  const { pageSize, pagesAtMost } = client.settings;
  const seen = new Set<string>();
  let url = client.url(type, { ...query, _count: String(pageSize) });
  let before = '';
  for (;;) {
    if (seen.has(url.href)) return yield misled('next-link-repeats');
    if (seen.size >= pagesAtMost) return yield misled('too-many-pages');
    seen.add(url.href);
    const answer = await client.send({ ...reading, method: 'GET', url });
    const resource = resourceOf(client, answer, reading);
    if (isFailure(resource)) return yield resource;
    if (isFailure(answer) || resource.path !== 'Bundle')
      return yield rejected('vendor.malformed', [{ code: 'no-bundle' }]);
    const bundle = bundleOf(answer.json, type, toldAt(client.context, answer.headers));
    if (bundle.failure !== null) return yield bundle.failure;
    const print = bundle.entries.length === 0 ? '' : fingerprint(bundle.entries.map(({ json }) => json));
    if (print !== '' && print === before) return yield misled('page-repeats');
    before = print;
    yield { entries: bundle.entries, problems: bundle.problems, asOf: bundle.asOf };
    if (bundle.next === null) return undefined;
    const next = nextUrl(client, bundle.next, url);
    if (isFailure(next)) return yield next;
    url = next;
  }
}

/** All entries of a search that is known to be short. */
export async function searchAll(
  client: FhirClient,
  type: string,
  query: Readonly<Record<string, string>>,
): Promise<readonly Entry[] | Failure> {
  const entries: Entry[] = [];
  for await (const page of search(client, type, query)) {
    if ('kind' in page) return page;
    entries.push(...page.entries);
  }
  return entries;
}
