// A clinic with claims, and the payers' files as they arrive, for the tests of posting.
import { randomUUID } from 'node:crypto';
import { expect, vi } from 'vitest';
import { canonicalJson } from '../../../domain/canonical-json.ts';
import { claimIdentity, serviceDays } from '../../../domain/claim/facts.ts';
import type { Claim } from '../../../domain/claim/schema.ts';
import { createPolicies, readRuleBook } from '../../authorizations/policies.ts';
import { createClinic, createUser } from '../../setup.ts';
import { testZone } from '../../testing/days.ts';
import type { Answer, TestServer } from '../../testing/server.ts';
import { newReference } from '../../vault/reference.ts';
import { createWorkItems } from '../../work-items/items.ts';
import { readPostingCodes } from '../codes.ts';
import { readArrived, remittancesArrived } from '../files.ts';
import type { PostingNeeds } from '../needs.ts';

const password = 'correct horse battery';

export interface BookClinic {
  readonly clinic: string;
  readonly needs: PostingNeeds;
  /** Takes in a claim as a claim file would. */
  claim(claim: Claim): Promise<string>;
  /** Keeps a file as a received document and reads it. */
  receive(text: string, needs?: PostingNeeds): Promise<string>;
  /** Reads what a fault left unread or a decision gave free, until nothing is unread. */
  readOn(): Promise<void>;
  get(path: string, role?: 'biller' | 'frontDesk' | 'therapist'): Promise<Answer>;
  page(workItem: string): Promise<Answer>;
  decide(workItem: string, decision: string, more?: Readonly<Record<string, unknown>>): Promise<Answer>;
  /** Ids of the open items of a kind, the first one opened in front. */
  items(kind: string): Promise<string[]>;
}

export async function bookClinic(server: TestServer): Promise<BookClinic> {
  const { services } = server;
  const { db, vault } = services;
  const { id: clinic } = await createClinic(services, { name: `c${randomUUID().slice(0, 8)}`, timezone: testZone });
  const policies = createPolicies({ ...services, book: await readRuleBook(services.validator) });
  const codes = await readPostingCodes(services.validator);
  const needs = { ...services, codes, workItems: createWorkItems({ ...services, policies }) };
  const cookies = new Map<string, string>();
  for (const role of ['biller', 'frontDesk', 'therapist'] as const) {
    const email = `${role}-${clinic.slice(3, 9).toLowerCase()}@example.org`;
    await createUser(services, { clinic, email, displayName: role, roles: [role], password });
    const answer = await server.call('POST', '/v1/session', { body: { email, password } });
    cookies.set(role, (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '');
  }
  const cookie = cookies.get('biller') ?? '';
  // Later than the clock of the server, whose own round must not take what a test reads itself.
  const later = (): Date => new Date(services.now().getTime() + 3_600_000);
  const read = async (by: PostingNeeds): Promise<void> => {
    server.pass(60_000);
    await readArrived({ ...by, now: later, log: services.log });
  };
  const page: BookClinic['page'] = (workItem) => server.call('GET', `/v1/console/work-items/${workItem}`, { cookie });
  return {
    clinic,
    needs,
    async claim(claim) {
      const ref = newReference('clm');
      const days = serviceDays(claim);
      const lookup = {
        identity: claimIdentity(claim) ?? ref,
        content: canonicalJson(claim),
        number: claim.patientControlNumber ?? '',
      };
      await vault.put(clinic, 'claim', { ...claim }, { lookup, ref });
      server.pass(1);
      await db
        .insertInto('claims')
        .values({
          ref,
          clinic,
          payer: claim.payer.id ?? 'unknown',
          service_from: days?.from ?? null,
          service_to: days?.to ?? null,
          charge_cents: claim.chargeCents,
          lines: claim.lines.length,
          frequency: claim.frequency ?? 'unknown',
          version: 1,
          heading: await vault.put(clinic, 'claimHeading', {}),
          imported_at: services.now(),
          changed_at: services.now(),
        })
        .execute();
      return ref;
    },
    async receive(text, by = needs) {
      const file = await db.transaction().execute(async (trx) => {
        const record = await vault.put(clinic, 'receivedDocument', { text }, { trx });
        await remittancesArrived(trx, { clinic, record, kinds: ['835'], at: later() });
        return record;
      });
      await read(by);
      return file;
    },
    async readOn() {
      await read(needs);
      // What a decision gave free the server's own round may have taken up.
      await vi.waitFor(
        async () => {
          const unread = await db
            .selectFrom('remittance_files')
            .select('record')
            .where('clinic', '=', clinic)
            .where('read_at', 'is', null)
            .execute();
          expect(unread).toEqual([]);
        },
        { timeout: 30_000, interval: 100 },
      );
    },
    get: (path, role = 'biller') => server.call('GET', path, { cookie: cookies.get(role) ?? '' }),
    page,
    async decide(workItem, decision, more = {}) {
      const { json } = await page(workItem);
      const revision: unknown = typeof json === 'object' && json !== null && 'revision' in json ? json.revision : null;
      const hash = typeof revision === 'object' && revision !== null && 'hash' in revision ? revision.hash : '';
      return server.call('POST', `/v1/console/work-items/${workItem}/decisions`, {
        cookie,
        headers: { 'x-gait-console': '1' },
        body: { decision, hash, ...more },
      });
    },
    async items(kind) {
      const rows = await db
        .selectFrom('work_items')
        .select('id')
        .where('clinic', '=', clinic)
        .where('kind', '=', kind)
        .where('status', '=', 'open')
        .orderBy('opened_at')
        .orderBy('id')
        .execute();
      return rows.map(({ id }) => id);
    },
  };
}
