// One authorization from the export file of a PT system to the recorded approval, link by link, through public surfaces only.
import {
  type Json,
  type Person,
  type SurfaceSettings,
  asFlow,
  awaited,
  json,
  list,
  sandbox,
  signIn,
  text,
} from './surfaces.ts';

/** One link with what proves it; `evidence` holds references and structure, no direct identifier. */
export interface Link {
  readonly name: string;
  readonly at: string;
  readonly evidence: Json;
}

/** What `npm run demo -- --json` prints. */
export interface DemoResult {
  readonly ok: boolean;
  readonly authorization: string | null;
  readonly links: readonly Link[];
  readonly payerJournal: readonly Json[];
  readonly seconds: number;
  /** The link that is missing and why; absent when all are there. */
  readonly missing?: string;
}

/** The links in their order. */
export const linkNames = [
  'export read',
  'workflow started',
  'work item opened',
  'item edited',
  'approved by',
  'submitted',
  'pended',
  'decided',
  'recorded',
  'morning report',
] as const;

/** The visits the payer approves: fewer than asked for. */
const visitsApproved = 8;

interface Chain {
  readonly settings: SurfaceSettings;
  readonly person: Person;
  readonly today: string;
  readonly mark: string;
  readonly link: (name: (typeof linkNames)[number], evidence: Json) => void;
}

/**
 * Runs the chain.
 * @param today the clinic's day, `YYYY-MM-DD`
 * @param mark letters and digits that make this run's synthetic patient unique
 */
export async function runChain(
  settings: SurfaceSettings,
  today: string,
  mark: string,
  say: (line: string) => void,
): Promise<DemoResult> {
  const started = Date.now();
  const links: Link[] = [];
  const link: Chain['link'] = (name, evidence) => {
    links.push({ name, at: new Date().toISOString(), evidence });
    say(`${name} (${((Date.now() - started) / 1_000).toFixed(0)} s)`);
  };
  let authorization: string | null = null;
  let payerJournal: readonly Json[] = [];
  const result = (missing?: string): DemoResult => ({
    ok: missing === undefined,
    authorization,
    links,
    payerJournal,
    seconds: Math.round((Date.now() - started) / 100) / 10,
    ...(missing === undefined ? {} : { missing }),
  });
  try {
    const person = await signIn(settings, 'frontdesk@example.org');
    const chain: Chain = { settings, person, today, mark, link };
    const before = await posted(settings);
    const item = await fromFileToItem(chain);
    authorization = item.authorization;
    await editAndApprove(chain, item.workItem);
    const post = await submittedOnce(chain, before);
    payerJournal = [post];
    await payerDecides(chain, authorization, text(post['id'], 'id of the posted request'));
    await recordAndReport(chain, authorization);
    payerJournal = (await posted(settings)).slice(before.length);
    if (payerJournal.length !== 1)
      return result(`submitted: the payer's journal holds ${payerJournal.length} requests instead of one`);
    return result();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return result(`${linkNames[links.length] ?? 'payer journal'}: ${reason}`);
  }
}

async function posted(settings: SurfaceSettings): Promise<readonly Json[]> {
  return list((await sandbox(settings, '/availity/journal'))['entries']);
}

/** The PT system writes its reports; the flow reads them, the workflow starts and opens an item. */
async function fromFileToItem({
  settings,
  person,
  today,
  mark,
  link,
}: Chain): Promise<{ authorization: string; workItem: string }> {
  const only = { condition: 'visitsBeforeDate', payer: 'harbor-health', mark };
  const written = await sandbox(settings, '/webpt/export', { folder: settings.dropFolder, today, only });
  const found = await awaited('authorization of the exported patient', 150, async () => {
    const { items } = await person.get('/v1/console/authorizations');
    return list(items).find((line) => String(line['patientName']).includes(mark)) ?? null;
  });
  const authorization = text(found['ref'], 'reference of the authorization');
  link('export read', { files: list(written['files']).length || written['files'], authorization });
  const page = await awaited('tracking by the workflow', 60, async () => {
    const one = await person.get(`/v1/console/authorizations/${authorization}`);
    return one['state'] === 'none' ? null : one;
  });
  link('workflow started', { state: page['state'], projection: json(page['projection'])['reason'] ?? null });
  const item = await awaited('work item for the renewal', 60, async () =>
    itemOf(person, authorization, 'authorization.request'),
  );
  const workItem = text(item['id'], 'id of the work item');
  link('work item opened', { workItem, priority: item['priority'], reason: item['priorityReason'] });
  return { authorization, workItem };
}

/** A named person corrects the draft and approves exactly that revision. */
async function editAndApprove({ person, link }: Chain, workItem: string): Promise<void> {
  const page = await person.get(`/v1/console/work-items/${workItem}`);
  const first = json(page['revision']);
  const draft = structuredClone(json(page['draft']));
  const clinical = {
    ...json(draft['clinical']),
    progress: 'Reviewed at the front desk for this demonstration: walks 200 metres with a cane.',
  };
  const saved = await person.post(`/v1/console/work-items/${workItem}/revisions`, {
    basedOn: text(first['hash'], 'hash of the first revision'),
    draft: { ...draft, clinical },
  });
  const hash = text(saved['hash'], 'hash of the saved revision');
  link('item edited', { revision: saved['number'], hash, before: first['hash'] });
  await person.post(`/v1/console/work-items/${workItem}/decisions`, { decision: 'approve', hash });
  const { user } = await person.get('/v1/session');
  link('approved by', { user: json(user)['id'], hash });
}

/** The flow sends the approved revision; the payer's journal shows one request, which the payer pends. */
async function submittedOnce({ settings, link }: Chain, before: readonly Json[]): Promise<Json> {
  const post = await awaited(
    'request in the journal of the payer',
    60,
    async () => (await posted(settings))[before.length] ?? null,
  );
  link('submitted', { request: post['id'], at: post['at'] ?? null });
  return post;
}

/** The payer first pends, then approves fewer visits than asked for. */
async function payerDecides({ settings, person, link }: Chain, authorization: string, request: string): Promise<void> {
  const pended = await awaited('word that the request is pending', 60, async () => {
    const page = await person.get(`/v1/console/authorizations/${authorization}`);
    return ['pending', 'overdue'].includes(String(page['state'])) ? page : null;
  });
  link('pended', { state: pended['state'] });
  await sandbox(settings, '/availity/decide', { id: request, decision: 'partlyApproved', visits: visitsApproved });
  await asFlow(settings, '/v1/authorizations/check-now', { authorizations: [authorization] });
  const decided = await awaited('decision of the payer', 90, async () => {
    const page = await person.get(`/v1/console/authorizations/${authorization}`);
    return list(page['periods']).find((period) => json(period['approved'])['visits'] === visitsApproved) ?? null;
  });
  link('decided', { status: decided['status'], requested: decided['requested'], approved: decided['approved'] });
}

/** A person enters the approval in the PT system from copy-ready values and says so; the morning report has the rest. */
async function recordAndReport({ person, link }: Chain, authorization: string): Promise<void> {
  const item = await awaited('item for the entry in the PT system', 60, async () =>
    itemOf(person, authorization, 'authorization.record'),
  );
  const workItem = text(item['id'], 'id of the work item');
  const page = await person.get(`/v1/console/work-items/${workItem}`);
  await person.post(`/v1/console/work-items/${workItem}/decisions`, {
    decision: 'recorded',
    hash: text(json(page['revision'])['hash'], 'hash of the revision'),
  });
  const recorded = await awaited('record of the approval', 60, async () => {
    const one = await person.get(`/v1/console/authorizations/${authorization}`);
    return eventOf(one, 'recorded');
  });
  link('recorded', { workItem, event: recorded['event'], at: recorded['at'] });
  const report = await person.post('/v1/console/morning-report', {});
  const lines = list(report['lines']).filter((line) => line['authorization'] === authorization);
  if (lines.length === 0) throw new Error('the morning report says nothing of the partly approved authorization');
  link('morning report', {
    report: report['report'],
    lines: lines.map(({ kind, priority, reason }) => ({ kind, priority, reason })),
  });
}

function eventOf(page: Json, event: string): Json | null {
  return list(page['timeline']).find((one) => one['event'] === event) ?? null;
}

async function itemOf(person: Person, authorization: string, kind: string): Promise<Json | null> {
  const { items } = await person.get('/v1/console/work-items?status=open&role=all');
  return list(items).find((item) => item['subject'] === authorization && item['kind'] === kind) ?? null;
}
