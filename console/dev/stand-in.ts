// A small server that speaks the console's contract over synthetic data: for working on the console without a stack.
import { CareDesk } from './care.ts';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import type { Json, Session, WorkItemPage } from '../api.ts';
import type { RuleRecord } from '../claims.ts';
import { ok, refused } from './answers.ts';
import type { Answer, Body } from './answers.ts';
import { linesOf, makeBenefits } from './benefits.ts';
import { claimDeed } from './claim-deeds.ts';
import type { EnteredPayment } from './claim-deeds.ts';
import { chargesOf, draftFiguresOf } from './charges.ts';
import { boardOf, denialsOf, makeClaims } from './claims.ts';
import { comparedVisits, comparisonOf, findingsOf, makeDataAudit, pairPage } from './data-audit.ts';
import { figuresOf } from './figures.ts';
import { NoteDesk } from './notes.ts';
import { TreatmentDesk } from './treatment.ts';
import { importRunsOf } from './imports.ts';
import { onboardingPages } from './onboarding.ts';
import { callItems, callPages, makeWishes, outreachAnswer, outreachDeed } from './outreach.ts';
import { password, users, zone } from './people.ts';
import { ledgerOf, makeRemittances, remittanceListOf } from './remittances.ts';
import { hashOf, isPlaceholder, makeSeed, stillMissing } from './seed.ts';
import type { Seed } from './seed.ts';
import { makeSchedule } from './schedule.ts';
import { todayOf, visitsOf } from './today.ts';

export interface StandIn {
  readonly url: string;
  /** Every change that was accepted, in order: method, path, body. */
  readonly changes: readonly { readonly path: string; readonly body: unknown }[];
  readonly seed: Seed;
  close(): Promise<void>;
}

// The policy of the real server, so that nothing works here that would not work there.
const csp =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const consolePath = '/v1/console/';
const eligibilityPath = `${consolePath}eligibility/`;

/** Starts the stand-in on a loopback port; `dist` is the folder of the built console. */
export async function startStandIn(dist: string, port = 0, now: () => Date = () => new Date()): Promise<StandIn> {
  const seed = makeSeed(now());
  const benefits = makeBenefits(now(), hashOf);
  const claims = await makeClaims(now());
  const remittances = makeRemittances(now(), [...claims.pages.values()]);
  let dataAudit = makeDataAudit(now());
  const pair = pairPage(now(), hashOf);
  seed.items.set(pair.item.id, { page: pair });
  for (const page of onboardingPages(now(), hashOf)) seed.items.set(page.item.id, { page });
  for (const page of callPages(now(), hashOf)) seed.items.set(page.item.id, { page });
  const wishes = makeWishes(now());
  for (const page of benefits.items) seed.items.set(page.item.id, { page });
  const schedule = makeSchedule(now());
  const payments = new Map<string, EnteredPayment>();
  const sessions = new Map<string, Session>();
  const changes: { path: string; body: unknown }[] = [];
  const care = new CareDesk(now);
  const notes = new NoteDesk(now);
  const treatment = new TreatmentDesk(now);
  let reportMade = true;

  function post(path: string, body: Body, session: Session): Answer {
    const planned = path.startsWith(consolePath) ? schedule.post(path.slice(consolePath.length), body) : null;
    if (planned !== null) return planned;
    const item = /^\/v1\/console\/work-items\/(\w+)\/(revisions|decisions)$/.exec(path);
    const stored = item ? seed.items.get(item[1] ?? '') : undefined;
    if (item && !stored) return refused(404, 'reference.unknown', 'There is no such work item.');
    if (stored) return item?.[2] === 'revisions' ? revise(stored, body, session) : decide(stored, body, session);
    const finding = /^\/v1\/console\/claims\/(\w+)\/findings\/([\w-]+)\/override$/.exec(path);
    if (finding) return letStand(finding[1] ?? '', finding[2] ?? '', body, session);
    const deed = claimDeed(path, body, { session, now: now() }, { claims, payments });
    if (deed !== null) return deed;
    const written = outreachDeed(path, body, wishes, now());
    if (written !== null) return written;
    const cared = care.post(path, body);
    if (cared !== null) return cared;
    const documented = notes.post(path, body, session) ?? treatment.post(path, body, session);
    if (documented !== null) return documented;
    if (path === '/v1/console/scrub/rules/decisions') return decideRule(body, session);
    if (path === '/v1/console/morning-report') {
      reportMade = true;
      return ok(seed.report);
    }
    if (path === `${consolePath}data-audit`) return ok({ audit: dataAudit.newest?.audit ?? '', created: true });
    if (path === '/v1/reconciliation') return ok(comparedVisits);
    const link = /^\/v1\/console\/patient-links\/(\w+)\/undo$/.exec(path)?.[1];
    if (link !== undefined) {
      dataAudit = { ...dataAudit, links: dataAudit.links.filter(({ id }) => id !== link) };
      return ok({ undone: true });
    }
    if (path === '/v1/admin/imports') return ok({ run: 'rec_run1', created: false });
    if (path === '/v1/admin/audit/verify') return ok({ entries: 1284, broken: null });
    if (/^\/v1\/admin\/connections\/\w+\/test$/.test(path))
      return ok({ outcome: 'ok', facts: [{ label: 'Environment', value: 'demo' }] });
    if (/^\/v1\/admin\/connections\/\w+\/sign-in$/.test(path))
      return ok({ url: '/console/signed-in#state=demo&code=demo' });
    if (path === '/v1/signed-in') return ok({ connection: { id: 'conn_3', name: 'Jane' }, lastsUntil: null });
    if (path === '/v1/admin/keys') return ok({ id: 'key_demo', key: 'gait_key_demo_shown-once' });
    return path.startsWith('/v1/admin/') ? ok({}) : refused(404, 'reference.unknown', 'There is no such address.');
  }

  function letStand(ref: string, key: string, body: Body, session: Session): Answer {
    const page = claims.pages.get(ref);
    if (page === undefined) return refused(404, 'reference.unknown', 'There is no such claim.');
    const reason = typeof body['reason'] === 'string' ? body['reason'].trim() : '';
    if (reason === '') return refused(400, 'input.invalid', 'Say why the finding may stand.');
    const overridden = { at: now().toISOString(), by: session.user.id, reason };
    const findings = page.findings.map((one) => (one.key === key ? { ...one, overridden } : one));
    claims.pages.set(ref, { ...page, findings });
    return ok({});
  }

  function decideRule(body: Body, session: Session): Answer {
    const reason = typeof body['reason'] === 'string' ? body['reason'].trim() : '';
    if (reason === '') return refused(400, 'input.invalid', 'Say why.');
    const { decision } = body;
    if (decision !== 'lower' && decision !== 'keep' && decision !== 'restore')
      return refused(400, 'input.invalid', 'This is no decision.');
    const items = claims.rules.items.map((one): RuleRecord => {
      if (one.rule !== body['rule'] || one.variant !== body['variant']) return one;
      const lowered = decision === 'lower' ? true : decision === 'restore' ? false : one.lowered;
      const severity = decision === 'lower' ? one.proposed : decision === 'restore' ? one.ownSeverity : one.severity;
      const on = now().toISOString().slice(0, 10);
      return { ...one, lowered, severity, proposed: null, decided: { decision, on, by: session.user, reason } };
    });
    claims.rules = { ...claims.rules, items };
    return ok({});
  }

  function auditing(path: string, url: URL): Answer | null {
    if (path === 'data-audit') return ok(dataAudit);
    if (path === 'data-audit/findings') return ok({ findings: findingsOf(url.searchParams.get('code')) });
    return path === 'data-audit/export' ? ok({ csv: 'severity,code\r\n' }) : null;
  }

  function billing(path: string, url: URL): Answer | null {
    if (path === 'scrub/rules') return ok(claims.rules);
    if (path === 'claims/statistics') return ok(figuresOf(now(), url.searchParams.get('from')));
    if (path === 'claims') return ok(boardOf(claims, url.searchParams.get('state') ?? 'open'));
    if (path === 'documentation/figures') return ok(draftFiguresOf());
    if (path === 'charge-proposals') return ok({ proposals: chargesOf(url.searchParams.get('state')) });
    if (path === 'denials') return ok({ items: denialsOf(claims) });
    if (path === 'remittances')
      return ok({ remittances: remittanceListOf(remittances, url.searchParams.get('state')), next: null });
    const [, kind, ref = '', ledger] = /^(claims|remittances)\/(\w+)(\/ledger)?$/.exec(path) ?? [];
    const claim = kind === 'claims' ? claims.pages.get(ref) : undefined;
    if (claim !== undefined)
      return ok(ledger === undefined ? claim : ledgerOf(remittances, claim, [...payments.values()]));
    const remittance = kind === 'remittances' ? remittances.get(ref) : undefined;
    return remittance === undefined ? null : ok(remittance);
  }

  function revise(stored: { page: WorkItemPage }, body: Body, session: Session): Answer {
    const { page } = stored;
    if (page.revision === null || page.revision.hash !== body['basedOn'])
      return refused(409, 'state.conflict', 'The draft has a newer revision.');
    const draft = body['draft'] ?? null;
    const revision = {
      number: page.revision.number + 1,
      hash: hashOf(draft),
      by: session.user,
      at: now().toISOString(),
    };
    stored.page = { ...page, draft, revision, missing: stillMissing(page, draft) };
    return ok({ number: revision.number, hash: revision.hash });
  }

  function decide(stored: { page: WorkItemPage }, body: Body, session: Session): Answer {
    const { page } = stored;
    const decision = typeof body['decision'] === 'string' ? body['decision'] : '';
    const outcome = body['outcome'];
    if (page.item.decision !== null) return refused(409, 'decision.refused', 'This item is already decided.');
    if (page.revision !== null && body['hash'] !== page.revision.hash)
      return refused(409, 'state.conflict', 'The draft has a newer revision.', 'Load it, read it, then decide.');
    if (decision === 'reject' && !body['reason']) return refused(400, 'input.invalid', 'A rejection needs its reason.');
    if (decision === 'approve' && page.missing !== null)
      return refused(
        409,
        'decision.refused',
        `Missing: ${page.missing.label}.`,
        'Fill it in and save the draft first.',
      );
    if (decision === 'notNeeded' && !body['reason'])
      return refused(400, 'input.invalid', 'Say why nobody needs to call or to correct anything.');
    if (decision === 'called' && liesAhead(outcome ?? null))
      return refused(
        400,
        'input.invalid',
        'This time lies in the future.',
        'Enter when it happened, by the clinic’s clock.',
      );
    const number =
      outcome !== null && typeof outcome === 'object' && !Array.isArray(outcome) ? outcome['number'] : undefined;
    if (decision === 'corrected' && isPlaceholder(number ?? null))
      return refused(
        400,
        'input.invalid',
        'This is a placeholder, not an authorization number.',
        'Enter the number the payer gave.',
      );
    stored.page = {
      ...page,
      item: {
        ...page.item,
        status: 'decided',
        decision: {
          decision,
          by: session.user,
          at: now().toISOString(),
          hash: page.revision?.hash ?? null,
          reason: typeof body['reason'] === 'string' ? body['reason'] : null,
        },
      },
      timeline: [...page.timeline, { at: now().toISOString(), event: 'Decided', by: session.user, detail: null }],
    };
    return ok({ decision });
  }

  function liesAhead(outcome: Json): boolean {
    const at = outcome !== null && typeof outcome === 'object' && !Array.isArray(outcome) ? outcome['at'] : null;
    return typeof at === 'string' && Date.parse(at) > now().getTime();
  }

  function eligibility(path: string, url: URL): Answer | null {
    if (path === 'batches') return ok({ items: benefits.batches });
    if (path === 'words') return ok(benefits.words);
    if (path !== 'checks') {
      const check = benefits.checks.get(path.replace('checks/', ''));
      return check === undefined ? null : ok(check);
    }
    const state = url.searchParams.get('state') ?? 'all';
    const items = linesOf(benefits).filter(
      (line) =>
        state === 'all' ||
        (state === 'exception'
          ? line.workItem !== null
          : state === 'waiting'
            ? line.state === 'pending'
            : line.state === state),
    );
    return ok({ items });
  }

  function get(url: URL, session: Session): Answer {
    const path = url.pathname;
    if (path === '/v1/session') return ok({ ...session, inactiveAfterMinutes: 15 });
    if (path === '/v1/console/work-items') {
      const open = [...seed.items.values()].map(({ page }) => page.item).filter((item) => item.status === 'open');
      const mine = url.searchParams.get('role') === 'mine';
      const roles: readonly string[] = session.user.roles;
      return ok({ items: open.filter((item) => !mine || roles.includes(item.role)) });
    }
    const asked = path.startsWith(eligibilityPath) ? eligibility(path.slice(eligibilityPath.length), url) : null;
    if (asked !== null) return asked;
    const audited = path.startsWith(consolePath) ? auditing(path.slice(consolePath.length), url) : null;
    if (audited !== null) return audited;
    const billed = path.startsWith(consolePath) ? billing(path.slice(consolePath.length), url) : null;
    if (billed !== null) return billed;
    const planned = path.startsWith(consolePath) ? schedule.get(path.slice(consolePath.length), url) : null;
    if (planned !== null) return planned;
    const cared = care.get(path, session.user.roles);
    if (cared !== null) return cared;
    const documented = notes.get(path, session) ?? treatment.get(path);
    if (documented !== null) return documented;
    if (path === '/v1/console/today') return ok(todayOf(now(), session.user.roles));
    if (path === '/v1/console/confirmations') return ok(visitsOf(now(), url.searchParams.get('day') ?? undefined));
    const calls = callItems.flatMap((id) => seed.items.get(id)?.page ?? []);
    const told = path.startsWith(consolePath)
      ? outreachAnswer(path.slice(consolePath.length), { now: now(), calls, wishes })
      : null;
    if (told !== null) return told;
    if (path === '/v1/console/authorizations') return ok({ items: [...seed.authorizations.values()], next: null });
    if (path === '/v1/console/morning-report')
      return reportMade ? ok(seed.report) : refused(404, 'reference.unknown', 'No report yet.');
    const [, kind, id = ''] = /^\/v1\/console\/(work-items|authorizations)\/(\w+)$/.exec(path) ?? [];
    const found = kind === 'work-items' ? seed.items.get(id)?.page : kind ? seed.authorizations.get(id) : undefined;
    if (found) return ok(found);
    if (path === '/v1/admin/imports')
      return ok({
        runs: importRunsOf(now()),
        imports: [
          {
            id: 'rec_import1',
            connection: 'con_1',
            kind: 'authorizations',
            at: now().toISOString(),
            counts: { added: 3, changed: 2, same: 51, unmatched: 0, cancelled: 0, unknownPayers: 1 },
            refused: 2,
            rejected: [
              { row: 14, column: 'Effective Date', reason: 'not a date' },
              { row: 31, column: 'Status', reason: 'unknown word' },
            ],
          },
        ],
      });
    if (path === '/v1/admin/imports/export') return ok({ csv: 'imported at,connection\r\n' });
    if (path === '/v1/reconciliation') return ok(comparisonOf(now()));
    if (path === '/v1/admin/connections')
      return ok({
        connections: [
          {
            id: 'conn_1',
            name: 'WebPT drop folder',
            system: 'webpt',
            mode: 'live',
            testedAt: now().toISOString(),
            testOutcome: 'ok',
          },
          { id: 'conn_2', name: 'Availity', system: 'availity', mode: 'shadow', testedAt: null, testOutcome: null },
          {
            id: 'conn_3',
            name: 'Jane',
            system: 'janeApp',
            mode: 'live',
            testedAt: null,
            testOutcome: null,
            signIn: { signedInAt: null, lastsUntil: null, lapsed: false },
          },
        ],
      });
    if (path === '/v1/admin/keys')
      return ok({
        keys: [
          {
            id: 'key_1',
            name: 'n8n',
            capabilities: ['flows'],
            createdAt: now().toISOString(),
            expiresAt: null,
            revokedAt: null,
            lastUsedAt: now().toISOString(),
          },
        ],
      });
    return refused(404, 'reference.unknown', 'There is no such record.', 'Go back to the list.');
  }

  async function api(request: IncomingMessage, url: URL): Promise<Answer> {
    const token = /gait_session=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
    const session = sessions.get(token);
    if (request.method === 'GET') {
      return session ? get(url, session) : refused(401, 'access.unauthenticated', 'Sign in first.');
    }
    if (request.method !== 'POST') return refused(405, 'input.invalid', 'This method is not allowed.');
    if (request.headers['x-gait-console'] !== '1')
      return refused(403, 'access.forbidden', 'The console header is missing.');
    const body = await bodyOf(request);
    if (url.pathname === '/v1/session') {
      const user = users.find(({ email }) => email === body['email']);
      if (!user || body['password'] !== password)
        return refused(401, 'access.unauthenticated', 'E-mail or password is not right.');
      const made = randomBytes(16).toString('hex');
      const { id, displayName, roles, credential } = user;
      sessions.set(made, {
        user: { id, displayName, roles, credential },
        clinic: { id: 'cl_demo', name: 'demo', displayName: 'Lakeside Physical Therapy', timezone: zone },
      });
      return {
        ...ok({ user: { id, displayName, roles, credential } }),
        cookie: made,
      };
    }
    if (!session) return refused(401, 'access.unauthenticated', 'Sign in first.');
    if (url.pathname === '/v1/session/end') {
      sessions.delete(token);
      return ok({ ended: true });
    }
    const answer = post(url.pathname, body, session);
    if (answer.status < 300) changes.push({ path: url.pathname, body });
    return answer;
  }

  async function page(path: string, response: ServerResponse): Promise<void> {
    const name = extname(path) === '' ? 'index.html' : path.slice('/console/'.length);
    try {
      const content = await readFile(join(dist, name.replaceAll('..', '')));
      response
        .writeHead(200, { 'content-type': types[extname(name)] ?? 'text/plain', 'content-security-policy': csp })
        .end(content);
    } catch {
      response.writeHead(404).end('There is no such file.');
    }
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (!url.pathname.startsWith('/v1/')) {
      if (url.pathname.startsWith('/console')) void page(url.pathname, response);
      else response.writeHead(302, { location: '/console/' }).end();
      return;
    }
    void api(request, url).then(({ status, body, cookie }) => {
      response.writeHead(status, {
        'content-type': 'application/json',
        'cache-control': 'no-store',
        ...(cookie === undefined ? {} : { 'set-cookie': `gait_session=${cookie}; Path=/; HttpOnly; SameSite=Strict` }),
      });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const actual = address !== null && typeof address === 'object' ? address.port : port;
  return {
    url: `http://127.0.0.1:${actual}`,
    changes,
    seed,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  const parsed: unknown = text === '' ? {} : JSON.parse(text);
  return parsed !== null && typeof parsed === 'object' && !Array.isArray(parsed) ? (parsed as Body) : {};
}
