// How the simulated endpoint searches: the parameters Gait uses, others are ignored as the standard has it by default.
import { valuesAt } from './resource.ts';
import type { Resource } from './resource.ts';

const pageParameter = '_page';
const usualCount = 50;

/** Where a search parameter looks: references, days, plain codes. */
const references: Readonly<Record<string, readonly string[]>> = {
  patient: ['subject', 'patient', 'beneficiary', 'participant.actor'],
  beneficiary: ['beneficiary'],
};
const days: Readonly<Record<string, readonly string[]>> = {
  date: ['start', 'period.start', 'effectiveDateTime', 'date'],
  created: ['created'],
  occurrence: ['occurrenceDateTime'],
};
const codes: readonly string[] = ['use', 'status'];

type Test = (resource: Resource) => boolean;

/** `ge2026-05-01` and the like; times are compared as instants, days as their text. */
function dateTest(values: (resource: Resource) => readonly unknown[], condition: string): Test {
  const [, prefix = 'eq', wanted = ''] = /^(ge|gt|le|lt|eq)?(.*)$/.exec(condition) ?? [];
  const number = (text: string): number => Date.parse(text);
  return (resource) =>
    values(resource).some((one) => {
      if (typeof one !== 'string') return false;
      const [left, right] = [number(one), number(wanted)];
      return (
        { ge: left >= right, gt: left > right, le: left <= right, lt: left < right, eq: left === right }[prefix] ??
        false
      );
    });
}

/** A token's parts are parted by a bar, alternatives by a comma; either stands for itself behind a backslash. */
function parts(text: string, sign: string): readonly string[] {
  return (text.match(new RegExp(`(?:\\\\.|[^\\\\${sign}])+`, 'g')) ?? []).map(String);
}

function identifierTest(token: string): Test {
  const found = parts(token, '|').map((one) => one.replace(/\\(.)/g, '$1'));
  const [value, system] = found.toReversed();
  return (resource) =>
    valuesAt(resource, 'identifier').some(
      (one) => valuesAt(one, 'value')[0] === value && (system === undefined || valuesAt(one, 'system')[0] === system),
    );
}

function testOf(name: string, text: string): Test | null {
  const options = text.split(',');
  if (name === '_id') return ({ id }) => options.includes(id);
  if (name === '_lastUpdated') return dateTest(({ meta }) => [meta.lastUpdated], text);
  if (name === 'identifier') return (resource) => parts(text, ',').some((one) => identifierTest(one)(resource));
  const paths = references[name];
  if (paths !== undefined)
    return (resource) =>
      paths.some((path) =>
        valuesAt(resource, `${path}.reference`).some(
          (one) => typeof one === 'string' && options.some((id) => one === id || one === `Patient/${id}`),
        ),
      );
  const dated = days[name];
  if (dated !== undefined) return dateTest((resource) => dated.flatMap((path) => valuesAt(resource, path)), text);
  return codes.includes(name) ? (resource) => options.includes(String(resource[name])) : null;
}

export interface Found {
  readonly entries: readonly Resource[];
  readonly total: number;
  /** The query of the next page; null on the last one. */
  readonly next: URLSearchParams | null;
  /** The parameters that were heeded. */
  readonly self: URLSearchParams;
}

function sliced(resource: Resource, elements: readonly string[] | null): Resource {
  if (elements === null) return resource;
  const { resourceType, id, meta } = resource;
  return {
    resourceType,
    id,
    meta,
    ...Object.fromEntries(elements.flatMap((name) => (name in resource ? [[name, resource[name]]] : []))),
  };
}

/** One page of what fits `query`. @param ignores parameters this endpoint pretends not to know */
export function searchIn(
  resources: readonly Resource[],
  query: URLSearchParams,
  largestPage: number,
  ignores: readonly string[],
): Found {
  const self = new URLSearchParams();
  let fitting = [...resources];
  for (const [name, text] of query) {
    const test = ignores.includes(name) ? null : testOf(name, text);
    if (test === null) continue;
    self.append(name, text);
    fitting = fitting.filter(test);
  }
  const sort = ignores.includes('_sort') ? null : query.get('_sort');
  if (sort === '_lastUpdated' || sort === '-_lastUpdated') {
    self.append('_sort', sort);
    const sign = sort.startsWith('-') ? -1 : 1;
    fitting.sort((one, other) => sign * (Date.parse(one.meta.lastUpdated) - Date.parse(other.meta.lastUpdated)));
  }
  const size = Math.min(largestPage, Number(query.get('_count') ?? usualCount) || usualCount);
  const page = Number(query.get(pageParameter) ?? 0);
  const elements = query.get('_elements')?.split(',') ?? null;
  const rest = (page + 1) * size < fitting.length;
  const next = new URLSearchParams(query);
  next.set(pageParameter, String(page + 1));
  return {
    entries: fitting.slice(page * size, (page + 1) * size).map((one) => sliced(one, elements)),
    total: fitting.length,
    next: rest ? next : null,
    self,
  };
}
