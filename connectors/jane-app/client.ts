// Authorised calls to a clinic at Jane: a 401 costs one fresh token, refusals come out of three envelopes as codes.
import type { ConnectorContext, Failure, Reason } from '../connector.ts';
import { sendOnce } from '../http.ts';
import type { HttpAnswer } from '../http.ts';
import { at, isObject, listAt, textAt } from '../json.ts';
import { isFailure, read, shownCode, statusFailure } from '../rest/answer.ts';
import { clinicOf, readJaneAppConfig } from './config.ts';
import type { JaneAppConfig } from './config.ts';
import { accessToken } from './sign-in.ts';

/** Names of members of a request that a refusal may point at. */
const fieldWord = /^[a-z_]{2,30}$/;

/** `{errors:[{id,path,message}]}`, `{error, messages}` and `{object:'error', code, message}`: ids and codes, never the messages. */
export function reasonsOf(json: unknown): Reason[] {
  const listed = listAt(json, 'errors').filter(isObject);
  if (listed.length > 0)
    return listed.slice(0, 50).map((error) => {
      const field = textAt(error, 'path')?.split('/').at(-1);
      return {
        code: shownCode(textAt(error, 'id')),
        ...(field !== undefined && fieldWord.test(field) ? { field } : {}),
      };
    });
  if (at(json, 'object') === 'error') return [{ code: shownCode(textAt(json, 'code')) }];
  return textAt(json, 'error') === null ? [] : [{ code: 'invalid' }];
}

function urlOf(config: JaneAppConfig, path: string, query: Readonly<Record<string, string>>): URL {
  const url = new URL(`${clinicOf(config)}/api/${config.version}${path}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.append(name, value);
  return url;
}

/** The answer to a GET with status 200, or what went wrong. `path` follows the version. */
export async function getFromJane(
  context: ConnectorContext,
  path: string,
  query: Readonly<Record<string, string>> = {},
): Promise<HttpAnswer | Failure> {
  const config = readJaneAppConfig(context.config);
  let refusedToken: string | null = null;
  for (;;) {
    const token = await accessToken(context, refusedToken);
    if (isFailure(token)) return token;
    const answer = await sendOnce(context, {
      ...read,
      method: 'GET',
      url: urlOf(config, path, query),
      headers: {
        authorization: `Bearer ${token.value}`,
        accept: 'application/json',
        'content-type': 'application/json',
      },
      timeoutSeconds: config.requestTimeoutSeconds,
    });
    if (isFailure(answer)) return answer;
    if (answer.status === 401 && refusedToken === null) {
      context.tokens.drop('janeApp', token);
      refusedToken = token.value;
      continue;
    }
    if (answer.status !== 200) return statusFailure(context, answer, read, reasonsOf(answer.json));
    if (!isObject(answer.json)) return { kind: 'notSent', code: 'vendor.malformed', retryAfterSeconds: 30 };
    return answer;
  }
}
