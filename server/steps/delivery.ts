// Posts a call to the webhook of a flow: signed, references only, and lost unless n8n takes it at once.
import type { Keyring } from '../vault/keyring.ts';
import { signCall } from './signature.ts';

/** n8n answers a webhook at once (`onReceived`) after the claim; longer means that it is not there. */
const answerWithinSeconds = 15;

interface Needs {
  readonly keyring: Keyring;
  readonly now: () => Date;
  readonly n8nUrl: string | null;
}

/** Posts the body; `lost` when nobody took it: no connection, no such webhook, or a refusal. */
export async function deliver(
  needs: Needs,
  clinic: string,
  url: string,
  body: Readonly<Record<string, unknown>>,
): Promise<'taken' | 'lost'> {
  const answer = await post(needs, { clinic, url, body, signal: AbortSignal.timeout(answerWithinSeconds * 1000) });
  return answer === 'taken' ? 'taken' : 'lost';
}

/**
 * Posts the body and waits as long as `signal` lets it: `refused` is an answer that is none of success, `lost` that there was no answer.
 */
export async function post(
  needs: Needs,
  call: {
    readonly clinic: string;
    readonly url: string;
    readonly body: Readonly<Record<string, unknown>>;
    readonly signal: AbortSignal;
  },
): Promise<'taken' | 'refused' | 'lost'> {
  const { clinic, url, body, signal } = call;
  const text = JSON.stringify(body);
  const timestamp = Math.floor(needs.now().getTime() / 1000);
  try {
    const response = await fetch(reachable(url, needs.n8nUrl), {
      method: 'POST',
      redirect: 'error',
      headers: {
        'content-type': 'application/json',
        'x-gait-timestamp': String(timestamp),
        'x-gait-signature': signCall(needs.keyring, clinic, timestamp, text),
      },
      body: text,
      signal,
    });
    await response.body?.cancel();
    return response.ok ? 'taken' : 'refused';
  } catch {
    return 'lost';
  }
}

/** The webhook's path at the origin where the server knows n8n: a registered address can lead nowhere else. */
function reachable(url: string, n8nUrl: string | null): string {
  if (n8nUrl === null) return url;
  const { pathname, search } = new URL(url);
  return new URL(pathname + search, n8nUrl).href;
}
