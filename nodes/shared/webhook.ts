// A webhook of a trigger: what arrived goes to the server as it is, and the flow starts only with what the server gives back.
import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { gaitRequestOfTrigger } from '../transport/request';
import type { Reply } from '../transport/request';
import { refusalOf } from '../transport/refusal';
import type { Refusal } from '../transport/refusal';

function header(this: IWebhookFunctions, name: string): string {
  const value = this.getHeaderData()[name];
  return typeof value === 'string' ? value : '';
}

async function rawBody(this: IWebhookFunctions): Promise<string> {
  const request = this.getRequestObject();
  if (request.rawBody === undefined) await request.readRawBody();
  return request.rawBody?.toString('utf8') ?? '';
}

/** Forwards timestamp, signature and raw body to the server, which checks them and gives the call out once. */
export async function claimAt(this: IWebhookFunctions, path: string): Promise<Reply> {
  const timestamp = header.call(this, 'x-gait-timestamp');
  const signature = header.call(this, 'x-gait-signature');
  if (timestamp === '' || signature === '') {
    return {
      ok: false,
      refusal: refusalOf('access.unauthenticated', {
        message: 'Only Gait may call this address',
        fix: 'Nothing to do.',
        status: 401,
      }),
    };
  }
  try {
    return await gaitRequestOfTrigger.call(this, 'POST', path, {
      body: { timestamp, signature, body: await rawBody.call(this) },
    });
  } catch (error) {
    // A missing credential must not start the flow with an empty item, which is what n8n does when a webhook throws.
    if (error instanceof NodeOperationError)
      return { ok: false, refusal: refusalOf('access.unauthenticated', { status: 503 }) };
    return { ok: false, refusal: refusalOf('service.unavailable', { status: 503 }) };
  }
}

/** Answers with the server's refusing status; nothing is started. */
export function answerRefused(this: IWebhookFunctions, refusal: Refusal): IWebhookResponseData {
  const { code, message, fix } = refusal;
  this.getResponseObject()
    .status(refusal.status ?? 503)
    .json({ error: { code, message, fix } });
  return { noWebhookResponse: true };
}
