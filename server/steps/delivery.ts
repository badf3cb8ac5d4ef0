// Posts a call to the webhook of a flow: signed, references only, and lost unless n8n takes it at once.
import type { Keyring } from '../vault/keyring.ts';
import { signCall } from './signature.ts';

/** n8n answers a webhook at once (`onReceived`) after the claim; longer means that it is not there. */
const answerWithinSeconds = 15;

/** Posts the body; `lost` when nobody took it: no connection, no such webhook, or a refusal. */
export async function deliver(
  needs: { readonly keyring: Keyring; readonly now: () => Date; readonly n8nUrl: string | null },
  clinic: string,
  url: string,
  body: Readonly<Record<string, unknown>>,
): Promise<'taken' | 'lost'> {
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
      signal: AbortSignal.timeout(answerWithinSeconds * 1000),
    });
    await response.body?.cancel();
    return response.ok ? 'taken' : 'lost';
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
