// What Availity tells about payers themselves: which it reaches for which transaction, and what each demands of a request. No patient in it.
import type { ConnectorContext, Outcome } from '../connector.ts';
import { doubtful } from '../faults.ts';
import { at, countAt, isObject, listAt, textAt } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { availityUrl, callAvaility, failureOf, isFailure } from './client.ts';
import { readAvailityConfig } from './config.ts';
import { read } from './transaction.ts';

const pageSize = 50;
/** A list longer than this many pages is cut and says so. */
const mostPages = 60;

type Query = Readonly<Record<string, string>>;

/** All entries of a paged list; `complete` is false where its end was not seen. */
interface Listed {
  readonly entries: readonly JsonObject[];
  readonly complete: boolean;
}

async function everyPage(
  context: ConnectorContext,
  path: string,
  query: Query,
  list: string,
): Promise<Outcome<Listed>> {
  const config = readAvailityConfig(context.config);
  const entries: JsonObject[] = [];
  for (let page = 0; page < mostPages; page += 1) {
    const paging = { offset: String(entries.length), limit: String(pageSize) };
    const url = availityUrl(config, path, { ...query, ...paging });
    const answer = await callAvaility(context, { ...read, method: 'GET', url });
    if (isFailure(answer)) return answer;
    if (answer.status !== 200) return failureOf(context, answer, read);
    if (answer.malformed || !Array.isArray(at(answer.json, list))) return doubtful(read, 'vendor.malformed');
    const found = listAt(answer.json, list).filter(isObject);
    // A list that is not paged comes whole, whatever was asked for: the same entry again ends it.
    const again = page > 0 && JSON.stringify(found[0]) === JSON.stringify(entries[0]);
    if (!again) entries.push(...found);
    const total = countAt(answer.json, 'totalCount') ?? entries.length;
    if (again || found.length === 0 || entries.length >= total)
      return { kind: 'done', result: { entries, complete: entries.length >= total } };
  }
  return { kind: 'done', result: { entries, complete: false } };
}

function given(values: Readonly<Record<string, string | undefined>>): Query {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]])),
  );
}

/** A payer by Availity's id of it, as the connection's settings map it. */
function availityId(context: ConnectorContext, payer: string | undefined): string | undefined {
  return payer === undefined ? undefined : (readAvailityConfig(context.config).payers[payer] ?? payer);
}

function truth(holder: unknown, key: string): boolean | null {
  const found = at(holder, key);
  if (typeof found === 'boolean') return found;
  const word = typeof found === 'string' ? found.toLowerCase() : '';
  if (word === 'true' || word === 'available') return true;
  return word === 'false' || word === 'unavailable' ? false : null;
}

/** `payer` is the payer's id in Gait; without it all are listed. */
export interface PayersRequest {
  readonly payer?: string;
}

/** A way to reach a payer. Null is what Availity does not say. */
export interface PayerRoute {
  readonly transaction: string | null;
  readonly submissionMode: string | null;
  readonly available: boolean | null;
  readonly enrollmentRequired: boolean | null;
}

export interface ListedPayer {
  readonly payerId: string;
  readonly name: string | null;
  readonly routes: readonly PayerRoute[];
}

export interface PayersResult {
  readonly payers: readonly ListedPayer[];
  readonly complete: boolean;
}

export async function listPayers(context: ConnectorContext, request: PayersRequest): Promise<Outcome<PayersResult>> {
  const query = given({ payerId: availityId(context, request.payer) });
  const listed = await everyPage(context, '/v1/availity-payer-list', query, 'payers');
  if (listed.kind !== 'done') return listed;
  const payers = listed.result.entries.flatMap((payer) => {
    const payerId = textAt(payer, 'payerId');
    if (payerId === null) return [];
    const routes = listAt(payer, 'processingRoutes')
      .filter(isObject)
      .map((route) => ({
        transaction: textAt(route, 'transactionDescription'),
        submissionMode: textAt(route, 'submissionMode'),
        available: truth(route, 'availability'),
        enrollmentRequired: truth(route, 'enrollmentRequired'),
      }));
    return [{ payerId, name: textAt(payer, 'displayName') ?? textAt(payer, 'name'), routes }];
  });
  return { kind: 'done', result: { payers, complete: listed.result.complete } };
}

/** Availity's names of the transactions it has configurations for; HS is an outpatient review. */
const transactions = {
  eligibility: { type: '270' },
  claimStatus: { type: 'claim-statuses-inquiry' },
  serviceReview: { type: 'service-reviews', subtypeId: 'HS' },
} as const;

export type ConfiguredTransaction = keyof typeof transactions;

export function isConfiguredTransaction(name: string): name is ConfiguredTransaction {
  return Object.hasOwn(transactions, name);
}

/** `payer` is the payer's id in Gait; without it the configurations of all payers are read. */
export interface ConfigurationsRequest {
  readonly transaction: ConfiguredTransaction;
  readonly payer?: string;
}

/** What a payer wants of one field. Conditions are kept as they came: they are for a person to read. */
export interface FieldRule {
  readonly field: string;
  readonly required: boolean;
  readonly allowed: boolean | null;
  readonly pattern: string | null;
  readonly minLength: number | null;
  readonly maxLength: number | null;
  readonly min: string | null;
  readonly max: string | null;
  readonly values: readonly string[];
  readonly requiredWhen: unknown;
  readonly notAllowedWhen: unknown;
}

export interface PayerConfiguration {
  readonly type: string | null;
  readonly subtypeId: string | null;
  readonly payerId: string | null;
  readonly payerName: string | null;
  readonly version: string | null;
  readonly fields: readonly FieldRule[];
  /** Of each group, one of the combinations must be filled: `{"patient": [["memberId", "patientBirthDate"], …]}`. */
  readonly requiredFieldCombinations: Readonly<Record<string, readonly (readonly string[])[]>>;
}

export interface ConfigurationsResult {
  readonly configurations: readonly PayerConfiguration[];
  readonly complete: boolean;
}

function fieldRule(field: string, element: unknown): FieldRule {
  return {
    field,
    required: truth(element, 'required') === true,
    allowed: truth(element, 'allowed'),
    pattern: textAt(element, 'pattern'),
    minLength: countAt(element, 'minLength'),
    maxLength: countAt(element, 'maxLength'),
    min: textAt(element, 'min'),
    max: textAt(element, 'max'),
    values: listAt(element, 'values').flatMap(
      (value) => textAt(value, 'code') ?? (typeof value === 'string' ? value : []),
    ),
    requiredWhen: at(element, 'requiredWhen') ?? null,
    notAllowedWhen: at(element, 'notAllowedWhen') ?? null,
  };
}

/** Elements with elements of their own ("patient") give dotted names, as the requests have them. */
function fieldRules(elements: unknown, prefix = ''): FieldRule[] {
  if (!isObject(elements) || prefix.split('.').length > 4) return [];
  return Object.entries(elements).flatMap(([name, element]) => [
    fieldRule(`${prefix}${name}`, element),
    ...fieldRules(at(element, 'elements'), `${prefix}${name}.`),
  ]);
}

function combinations(found: unknown): PayerConfiguration['requiredFieldCombinations'] {
  if (!isObject(found)) return {};
  return Object.fromEntries(
    Object.entries(found).map(([group, list]) => [
      group,
      (Array.isArray(list) ? list : []).map((names: unknown) =>
        (Array.isArray(names) ? names : []).filter((name) => typeof name === 'string'),
      ),
    ]),
  );
}

export async function getConfigurations(
  context: ConnectorContext,
  request: ConfigurationsRequest,
): Promise<Outcome<ConfigurationsResult>> {
  const query = given({ ...transactions[request.transaction], payerId: availityId(context, request.payer) });
  const listed = await everyPage(context, '/v1/configurations', query, 'configurations');
  if (listed.kind !== 'done') return listed;
  const configurations = listed.result.entries.map((one) => ({
    type: textAt(one, 'type'),
    subtypeId: textAt(one, 'subtypeId'),
    payerId: textAt(one, 'payerId'),
    payerName: textAt(one, 'payerName'),
    version: textAt(one, 'version'),
    fields: fieldRules(at(one, 'elements')),
    requiredFieldCombinations: combinations(at(one, 'requiredFieldCombinations')),
  }));
  return { kind: 'done', result: { configurations, complete: listed.result.complete } };
}
