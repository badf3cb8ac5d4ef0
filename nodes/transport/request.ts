// The one place where a node talks HTTP: to Gait's server, with the credential, and back as a value or a refusal.
import type {
  ICredentialDataDecryptedObject,
  IDataObject,
  IExecuteFunctions,
  IHookFunctions,
  IHttpRequestMethods,
  IHttpRequestOptions,
  ILoadOptionsFunctions,
  IWebhookFunctions,
} from 'n8n-workflow';
import { isDataObject } from '../shared/values';
import { forgetCredential, keepCredential, keptCredential } from './credential';
import { readRefusal, refusalOf } from './refusal';
import type { Refusal } from './refusal';

export type Caller = IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IWebhookFunctions;

export type Reply =
  | { readonly ok: true; readonly body: IDataObject }
  | { readonly ok: false; readonly refusal: Refusal };

// An effect waits for a payer inside the server; the server's own limit is shorter, so that it answers first.
const timeoutMs = 120_000;

// n8n refuses to build a request when, for example, the time zone of the flow's settings does not exist.
const notSent = refusalOf('input.invalid', {
  message: 'n8n could not make the request to Gait',
  fix: 'Check the time zone in the settings of this flow, and the Gait API credential.',
});

/** Whether a request ended on the network: only then the error under n8n's own has a system code. */
function isNetwork(error: unknown): boolean {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  return typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string';
}

/**
 * Asks Gait's server.
 * @param path below the credential's server URL, e.g. `/v1/effects`
 * @returns the answer's body, or the refusal; a caught response is never quoted, an unreachable server is `service.unavailable`
 */
export async function gaitRequest(
  this: Caller,
  method: IHttpRequestMethods,
  path: string,
  data: { body?: IDataObject; qs?: IDataObject } = {},
): Promise<Reply> {
  return await send.call(this, await this.getCredentials('gaitApi'), method, path, data);
}

/** The same with a credential that was opened within the last minute, for a trigger; one that is refused is opened anew. */
export async function gaitRequestOfTrigger(
  this: IWebhookFunctions,
  method: IHttpRequestMethods,
  path: string,
  data: { body?: IDataObject } = {},
): Promise<Reply> {
  const node = this.getNode();
  const before = keptCredential(node);
  if (before !== null) {
    const reply = await send.call(this, before, method, path, data);
    if (reply.ok || reply.refusal.status === 403 || reply.refusal.status === 409) return reply;
    forgetCredential(node);
    if (reply.refusal.status !== 401) return reply;
  }
  const credential = await this.getCredentials('gaitApi');
  const reply = await send.call(this, credential, method, path, data);
  if (reply.ok) keepCredential(node, credential);
  return reply;
}

async function send(
  this: Caller,
  credentials: ICredentialDataDecryptedObject,
  method: IHttpRequestMethods,
  path: string,
  data: { body?: IDataObject; qs?: IDataObject },
): Promise<Reply> {
  const options: IHttpRequestOptions = {
    method,
    url: `${String(credentials.serverUrl).replace(/\/+$/, '')}${path}`,
    json: true,
    timeout: timeoutMs,
    disableFollowRedirect: true,
    returnFullResponse: true,
    ignoreHttpStatusErrors: true,
    ...(data.body === undefined ? {} : { body: data.body }),
    ...(data.qs === undefined ? {} : { qs: data.qs }),
  };
  let response: { statusCode: number; body: unknown };
  try {
    response = await this.helpers.httpRequestWithAuthentication.call(this, 'gaitApi', options, {
      // Opened above: n8n would open it a second time, in an expression isolate of its own.
      credentialsDecrypted: { id: '', name: '', type: 'gaitApi', data: credentials },
    });
  } catch (error) {
    return { ok: false, refusal: isNetwork(error) ? refusalOf('service.unavailable') : notSent };
  }
  if (response.statusCode < 200 || response.statusCode > 299) {
    return { ok: false, refusal: readRefusal(response.statusCode, response.body) };
  }
  if (!isDataObject(response.body)) {
    return {
      ok: false,
      refusal: refusalOf('service.unavailable', {
        message: "Something else than Gait's server answers at this address",
        fix: 'Correct the Server URL of the Gait API credential.',
        status: response.statusCode,
      }),
    };
  }
  return { ok: true, body: response.body };
}
