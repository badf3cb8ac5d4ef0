// Takes a call: hands what arrived to the server as it is, and starts the flow only with what the server gives back.
import type { IDataObject, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { listOf } from '../../shared/values';
import { gaitRequestOfTrigger } from '../../transport/request';
import type { Reply } from '../../transport/request';
import { refusalOf } from '../../transport/refusal';
import type { Refusal } from '../../transport/refusal';

function header(this: IWebhookFunctions, name: string): string {
  const value = this.getHeaderData()[name];
  return typeof value === 'string' ? value : '';
}

async function rawBody(this: IWebhookFunctions): Promise<string> {
  const request = this.getRequestObject();
  if (request.rawBody === undefined) await request.readRawBody();
  return request.rawBody?.toString('utf8') ?? '';
}

async function claim(this: IWebhookFunctions): Promise<Reply> {
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
    return await gaitRequestOfTrigger.call(this, 'POST', '/v1/steps/claim', {
      body: { timestamp, signature, body: await rawBody.call(this) },
    });
  } catch (error) {
    // A missing credential must not start the flow with an empty item, which is what n8n does when a webhook throws.
    if (error instanceof NodeOperationError)
      return { ok: false, refusal: refusalOf('access.unauthenticated', { status: 503 }) };
    return { ok: false, refusal: refusalOf('service.unavailable', { status: 503 }) };
  }
}

function answerRefused(this: IWebhookFunctions, refusal: Refusal): IWebhookResponseData {
  const { code, message, fix } = refusal;
  this.getResponseObject()
    .status(refusal.status ?? 503)
    .json({ error: { code, message, fix } });
  return { noWebhookResponse: true };
}

/** The items the flow starts with: one per claimed reference. */
export function startItems(call: IDataObject): INodeExecutionData[] {
  return listOf(call, 'items').map((entry) => ({
    json: {
      call: call.call ?? null,
      attempt: call.attempt ?? null,
      step: call.step ?? null,
      clinic: call.clinic ?? null,
      deadline: call.deadline ?? null,
      item: entry.item ?? null,
      structure: entry.structure ?? {},
    },
  }));
}

/**
 * Forwards timestamp, signature and raw body to the server, which checks them and gives the call out once.
 * @returns the start items with a 200 answered at once, or the server's refusing status with nothing started
 */
export async function claimCall(this: IWebhookFunctions): Promise<IWebhookResponseData> {
  const reply = await claim.call(this);
  if (!reply.ok) return answerRefused.call(this, reply.refusal);
  return { webhookResponse: { claimed: true }, workflowData: [startItems(reply.body)] };
}
