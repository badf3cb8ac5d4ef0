// Records from a partner's API by the profile of the connection: asked page by page, read by the rules of reports.
import type { ConnectionTest, ConnectorContext, Failure, Outcome } from '../connector.ts';
import type { HttpAnswer } from '../http.ts';
import { listAt } from '../json.ts';
import { recordKinds } from '../pt-records/rows.ts';
import type { RecordKind, RowsOf } from '../pt-records/rows.ts';
import type { RecordSource } from '../pt-records/source.ts';
import { keys, readers } from '../reports/read-rows.ts';
import type { RowReading } from '../reports/read-rows.ts';
import { isFailure, vendorTime } from '../rest/answer.ts';
import { pointed, readItems } from '../rest/json-cells.ts';
import { fetchPages } from '../rest/pages.ts';
import type { Collection, Page } from '../rest/pages.ts';
import { getFromPartner, ownAddress } from './client.ts';
import { goneOf, partnerCells, wordsOf, writingOf } from './rows.ts';
import { hasRestSettings, readRestSettings } from './settings.ts';
import type { RecordProfile, RestSettings } from './settings.ts';

const malformed: Failure = { kind: 'notSent', code: 'vendor.malformed', retryAfterSeconds: 30 };

/** The last look in the words of the API. */
function sinceText(template: string, since: string): string {
  const seconds = String(Math.floor(Date.parse(since) / 1000));
  return template
    .replaceAll('{instant}', `${since.slice(0, 19)}Z`)
    .replaceAll('{date}', since.slice(0, 10))
    .replaceAll('{seconds}', seconds);
}

function urlOf(settings: RestSettings, profile: RecordProfile, since: string | null, next: string | null): URL | null {
  const { paging } = profile;
  const url = new URL(`${settings.baseUrl.replace(/\/+$/, '')}${profile.path}`);
  if (paging.kind === 'link' && next !== null) return ownAddress(next, url, settings.baseUrl);
  const set = (name: string, value: string): void => {
    url.searchParams.set(name, value);
  };
  for (const [name, value] of Object.entries(profile.query)) set(name, value);
  if (profile.since !== undefined && since !== null)
    set(profile.since.parameter, sinceText(profile.since.value ?? '{instant}', since));
  switch (paging.kind) {
    case 'page':
      set(paging.page ?? 'page', next ?? String(paging.first ?? 1));
      break;
    case 'offset':
      set(paging.offset ?? 'offset', next ?? '0');
      break;
    case 'cursor':
      if (next !== null) set(paging.parameter ?? 'cursor', next);
      break;
    default:
      return url;
  }
  set(paging.size ?? 'limit', String(paging.pageSize ?? 100));
  return url;
}

/** The address of rel="next" in a Link header (RFC 8288). */
function linkHeader(answer: HttpAnswer): string | null {
  const links = (answer.headers.get('link') ?? '').split(/,(?=\s*<)/);
  const next = links.find((link) => /;\s*rel\s*=\s*"?next"?/i.test(link));
  return /<([^>]*)>/.exec(next ?? '')?.[1] ?? null;
}

function textOrNull(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** What the next page is asked with; null at the end. */
function nextOf({ paging }: RecordProfile, answer: HttpAnswer, next: string | null, count: number): string | null {
  switch (paging.kind) {
    case 'page':
      return count < (paging.pageSize ?? 100) ? null : String(Number(next ?? paging.first ?? 1) + 1);
    case 'offset':
      return count < (paging.pageSize ?? 100) ? null : String(Number(next ?? 0) + count);
    case 'cursor':
      return textOrNull(pointed(answer.json, paging.at));
    case 'link':
      return paging.at === undefined ? linkHeader(answer) : textOrNull(pointed(answer.json, paging.at));
    case 'none':
      return null;
  }
}

async function pageOf(
  context: ConnectorContext,
  settings: RestSettings,
  profile: RecordProfile,
  { since, next }: { readonly since: string | null; readonly next: string | null },
): Promise<Page | Failure> {
  const url = urlOf(settings, profile, since, next);
  // A link to another host would carry the credentials there.
  if (url === null) return { kind: 'rejected', code: 'vendor.malformed', reasons: [{ code: 'link-elsewhere' }] };
  const answer = await getFromPartner(context, settings, url);
  if (isFailure(answer)) return answer;
  const found = pointed(answer.json, profile.items);
  if (!Array.isArray(found)) return malformed;
  const items = listAt({ found }, 'found');
  return { items, next: nextOf(profile, answer, next, items.length), asOf: vendorTime(context, answer) };
}

function toldBy<Kind extends RecordKind>(
  kind: Kind,
  profile: RecordProfile,
  words: RowReading,
  items: readonly unknown[],
): RowsOf<Kind> {
  const present = items.filter((item) => goneOf(kind, item, profile).length === 0);
  const read = readItems(
    present,
    writingOf(words),
    partnerCells(profile, words),
    (cells) => readers[kind](cells, words),
    (row) => keys[kind](row),
  );
  return { kind, ...read };
}

function told(kind: RecordKind, profile: RecordProfile, words: RowReading, items: readonly unknown[]) {
  switch (kind) {
    case 'patients':
      return toldBy(kind, profile, words, items);
    case 'authorizations':
      return toldBy(kind, profile, words, items);
    case 'appointments':
      return { ...toldBy(kind, profile, words, items), ...(profile.whole ? { whole: true } : {}) };
    case 'notes':
      return toldBy(kind, profile, words, items);
    case 'charges':
      return toldBy(kind, profile, words, items);
    case 'outcomes':
      return toldBy(kind, profile, words, items);
  }
}

function collectionsOf(context: ConnectorContext, settings: RestSettings, words: RowReading): Collection[] {
  return recordKinds.flatMap((kind): Collection[] => {
    const profile = settings.records[kind];
    if (profile === undefined) return [];
    return [
      {
        kind,
        told: profile.since === undefined ? (profile.stamped ? 'stamps' : 'round') : 'changes',
        page: (ask) => pageOf(context, settings, profile, ask),
        read: (items) => {
          // An instant has no day before the zone is known.
          if (words.zone === undefined && profile.fields['startsAt'] !== undefined)
            return Promise.resolve({
              kind: 'rejected',
              code: 'input.invalid',
              reasons: [{ code: 'missing', field: 'zone' }],
            });
          return Promise.resolve({
            told: told(kind, profile, words, items),
            gone: items.flatMap((item) => goneOf(kind, item, profile)),
          });
        },
      },
    ];
  });
}

/** Asks for one page of each kind of record, and says how many could be read. */
async function test(context: ConnectorContext): Promise<Outcome<ConnectionTest>> {
  const settings = readRestSettings(context.config);
  // Which day it was is not asked here: any zone shows whether the records can be read.
  const words = wordsOf(settings, { zone: settings.zone ?? 'UTC' });
  const facts: { label: string; value: string }[] = [{ label: 'Credentials', value: 'accepted' }];
  for (const kind of recordKinds) {
    const profile = settings.records[kind];
    if (profile === undefined) continue;
    const page = await pageOf(context, settings, profile, { since: null, next: null });
    if (isFailure(page)) return page;
    const { rows, problems } = told(kind, profile, words, page.items);
    const left = problems.filter(({ rejected }) => rejected).length;
    facts.push({ label: `First page of ${kind}`, value: `${rows.length} read, ${left} left out` });
  }
  return { kind: 'done', result: { facts } };
}

export const restSource: RecordSource = {
  kinds: (config) =>
    hasRestSettings(config) ? recordKinds.filter((kind) => readRestSettings(config).records[kind] !== undefined) : [],
  fetch: (context, request) => {
    const settings = readRestSettings(context.config);
    return fetchPages(collectionsOf(context, settings, wordsOf(settings, request.clinic)), request);
  },
  test,
};
