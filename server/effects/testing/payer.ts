// A payer in miniature for tests, and the effects of a server that sends to it.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { Inquiry, Outcome } from '../../../connectors/connector.ts';
import { classifyThrown } from '../../../connectors/faults.ts';
import type { AuthorizationAnswer } from '../../../domain/authorization/answer-schema.ts';
import type { Followed } from '../../authorizations/testing/followed.ts';
import { systemPrincipal } from '../../http/principal.ts';
import { createVendor } from '../../operations/vendor.ts';
import type { Services } from '../../services.ts';
import { doubtOpener } from '../doubt.ts';
import { createEffects } from '../effects.ts';
import type { Effects } from '../effects.ts';
import type { EffectOperation, EffectPlan, EffectResult } from '../operation.ts';
import { reviewResult, serviceReviewEffects } from '../service-reviews.ts';

/** A payer in miniature over real HTTP: takes requests up, keeps them, answers as it is told. */
export class Payer {
  mode: 'accept' | 'refuse' | 'hang' | 'hangUnseen' | 'error' = 'accept';
  readonly received: string[] = [];
  visible = true;
  #server: Server | null = null;
  url = '';

  async start(): Promise<void> {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        if (request.url === '/inquire') {
          response.end(JSON.stringify({ found: this.visible && this.received.includes(text) }));
          return;
        }
        if (this.mode !== 'hangUnseen' && this.mode !== 'refuse') this.received.push(text);
        if (this.mode === 'hang' || this.mode === 'hangUnseen') return;
        response.statusCode = this.mode === 'accept' ? 202 : this.mode === 'refuse' ? 400 : 504;
        response.end();
      });
    });
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The payer has no port.');
    this.url = `http://127.0.0.1:${address.port}`;
  }

  reset(): void {
    this.mode = 'accept';
    this.visible = true;
    this.received.length = 0;
  }

  stop(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }
}

const pended = (): AuthorizationAnswer => ({
  status: 'pended',
  number: null,
  visitsApproved: null,
  unitsApproved: null,
  from: null,
  to: null,
  reasonCodes: [],
  reasonText: null,
  vendorRequestId: 'V-1',
  receivedAt: new Date().toISOString(),
});

/** The submission with its real plan, over the wire of the payer in miniature. `started` hears of the first byte. */
function submission(
  payer: Payer,
  services: Services,
  followed: Followed,
  seconds: number,
  inquiries = true,
): EffectOperation {
  const shared = { ...services, policies: followed.policies };
  const [real] = serviceReviewEffects(shared);
  if (real === undefined) throw new Error('There is no submission.');
  const answered = (plan: EffectPlan): EffectResult => reviewResult(services, plan, pended());
  const call = { effect: true, inquireAfterSeconds: 120 };
  return {
    ...real,
    requestTimeoutSeconds: seconds,
    inquireAfterSeconds: 120,
    times: () => ({ requestTimeoutSeconds: seconds, inquireAfterSeconds: 120 }),
    async send(context, record, { plan }): Promise<Outcome<EffectResult>> {
      try {
        const response = await fetch(`${payer.url}/submit`, {
          method: 'POST',
          body: JSON.stringify(record),
          signal: context.signal,
        });
        if (response.ok) return { kind: 'done', result: answered(plan) };
        if (response.status === 400)
          return { kind: 'rejected', code: 'vendor.rejected', reasons: [{ code: '33', field: 'diagnoses' }] };
        return { kind: 'uncertain', code: 'vendor.unavailable', inquireAfterSeconds: 120 };
      } catch (error) {
        return classifyThrown(error, call);
      }
    },
    inquire: inquiries
      ? async (_context, record, _sending, { plan }): Promise<Inquiry<EffectResult>> => {
          const response = await fetch(`${payer.url}/inquire`, { method: 'POST', body: JSON.stringify(record) });
          const answer: unknown = await response.json();
          const found = typeof answer === 'object' && answer !== null && 'found' in answer && answer.found === true;
          return found ? { kind: 'found', result: answered(plan) } : { kind: 'notFound' };
        }
      : null,
  };
}

/** The effects of a server over that payer; `seconds` is how long it waits for an answer. */
export function effectsOf(
  payer: Payer,
  services: Services,
  followed: Followed,
  seconds = 5,
  inquiries = true,
): Effects {
  const operation = submission(payer, services, followed, seconds, inquiries);
  return createEffects({
    ...services,
    policies: followed.policies,
    vendor: createVendor(services),
    operations: new Map([[operation.name, operation]]),
    doubt: doubtOpener({ ...services, workItems: followed.workItems, attestations: [] }),
  });
}

/** What a flow hands over for a submission that a person approved. */
export interface Approved {
  readonly workItem: string;
  readonly approval: string;
  readonly effectKey: string;
}

/** Asks for the submission as a flow does. */
export function askSubmission(effects: Effects, { clinic }: Followed, { workItem, approval, effectKey }: Approved) {
  const operation = 'availity.serviceReview.create';
  const asked = { operation, connection: 'Availity', subject: workItem, key: effectKey, approval };
  return effects.ask(clinic, asked, systemPrincipal('test'));
}

/** How the only effect of the clinic stands. */
export async function effectState({ db }: Services, { clinic }: Followed): Promise<string | undefined> {
  const row = await db.selectFrom('effects').select('state').where('clinic', '=', clinic).executeTakeFirst();
  return row?.state;
}
