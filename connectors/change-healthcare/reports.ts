// Reports of Change Healthcare (reports v2): a list of names to poll, their content as X12 text, and taking one away once it is kept.
import type { ConnectorContext, Inquiry, Outcome } from '../connector.ts';
import { doubtful, rejected } from '../faults.ts';
import type { Call } from '../faults.ts';
import { at, listAt, textAt } from '../json.ts';
import { failureOf, isFailure, read } from '../medical-network/network.ts';
import type { MedicalNetwork } from '../medical-network/network.ts';
import { transactionSetsIn } from '../medical-network/x12-text.ts';

const path = '/medicalnetwork/reports/v2';

export interface ReportName {
  readonly name: string;
}

/** `transactions` are the X12 types inside (277, 835, 999 …), none for a report in words. `content` is PHI. */
export interface Report extends ReportName {
  readonly transactions: readonly { readonly type: string; readonly version: string }[];
  readonly content: string;
}

export interface ReportList {
  readonly reports: readonly ReportName[];
}

export async function listReports(context: ConnectorContext, network: MedicalNetwork): Promise<Outcome<ReportList>> {
  const answer = await network.send({ ...read, method: 'GET', path: `${path}/`, pool: 'claims' });
  if (isFailure(answer)) return answer;
  if (answer.status !== 200) return failureOf(context, answer, read);
  if (answer.malformed) return doubtful(read, 'vendor.malformed');
  // An empty mailbox has no list at all.
  const names = listAt(answer.json, 'reports').filter((name) => typeof name === 'string');
  return { kind: 'done', result: { reports: names.map((name) => ({ name })) } };
}

/** The whole report as it came. A report that Change Healthcare itself cannot read (422) is `file.unreadable`. */
export async function getReport(
  context: ConnectorContext,
  network: MedicalNetwork,
  { name }: ReportName,
): Promise<Outcome<Report>> {
  const url = `${path}/${encodeURIComponent(name)}`;
  const answer = await network.send({ ...read, method: 'GET', path: url, pool: 'claims' });
  if (isFailure(answer)) return answer;
  if (answer.status === 422) return rejected('file.unreadable', [{ code: '422' }]);
  if (answer.status !== 200) return failureOf(context, answer, read);
  const content = at(answer.json, 'report_content');
  if (typeof content !== 'string') return doubtful(read, 'vendor.malformed');
  const transactions = transactionSetsIn(content).map(({ type, version }) => ({ type, version }));
  return { kind: 'done', result: { name, transactions, content } };
}

/** Takes a report away. Only after it was kept: there is no second copy. */
export async function deleteReport(
  context: ConnectorContext,
  network: MedicalNetwork,
  { name }: ReportName,
): Promise<Outcome<ReportName>> {
  const call: Call = { effect: true, inquireAfterSeconds: 0 };
  const url = `${path}/${encodeURIComponent(name)}`;
  const answer = await network.send({ ...call, method: 'DELETE', path: url, pool: 'claims' });
  if (isFailure(answer)) return answer;
  if (answer.status === 422) return rejected('reference.unknown', [{ code: '422' }]);
  if (answer.status < 200 || answer.status > 299) return failureOf(context, answer, call);
  return textAt(answer.json, 'status') === null && answer.malformed
    ? doubtful(call, 'vendor.malformed')
    : { kind: 'done', result: { name } };
}

/** A report that is no longer listed was taken away. */
export async function findDeletion(
  context: ConnectorContext,
  network: MedicalNetwork,
  { name }: ReportName,
): Promise<Inquiry<ReportName>> {
  const listed = await listReports(context, network);
  if (listed.kind !== 'done') return listed;
  return listed.result.reports.some((report) => report.name === name)
    ? { kind: 'notFound' }
    : { kind: 'found', result: { name } };
}
