// Calls to Stedi under its API key: no token to fetch, a cap on calls under way for inquiries and for claims.
import type { ConnectorContext, Failure } from '../connector.ts';
import { sendOnce } from '../http.ts';
import type { HttpAnswer } from '../http.ts';
import type { MedicalNetwork, NetworkRequest } from '../medical-network/network.ts';
import { readStediConfig, readStediKey } from './config.ts';

/** Dated version of the API that a path belongs to. */
export const versions = { change: '/2024-04-01/change', typed: '/2026-06-01' } as const;

/**
 * A 409 says that the same key is under way: the first sending has been taken up. A 422 says that something else went out under this
 * key: what, an inquiry or a person must tell.
 */
export function claimFailure(answer: HttpAnswer, call: { inquireAfterSeconds: number }): Failure | null {
  if (answer.status === 422)
    return { kind: 'uncertain', code: 'state.conflict', inquireAfterSeconds: call.inquireAfterSeconds };
  return null;
}

export function openStedi(context: ConnectorContext): MedicalNetwork {
  const config = readStediConfig(context.config);
  const caps = { inquiries: config.concurrentInquiries, claims: config.concurrentClaims };

  async function call({ method, path, body, headers, effect, inquireAfterSeconds }: NetworkRequest) {
    return sendOnce(context, {
      method,
      effect,
      inquireAfterSeconds,
      url: new URL(`${config.baseUrl.replace(/\/+$/, '')}${path}`),
      headers: {
        authorization: readStediKey(context.secrets),
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      timeoutSeconds: config.requestTimeoutSeconds,
    });
  }

  return {
    payers: config.payers,
    paths: {
      eligibility: `${versions.change}/medicalnetwork/eligibility/v3`,
      claims: `${versions.change}/medicalnetwork/professionalclaims/v3`,
      claimStatus: `${versions.change}/medicalnetwork/claimstatus/v2`,
    },
    inquireAfterSeconds: config.inquireAfterSeconds,
    async send(request) {
      const patience = config.requestTimeoutSeconds / 2;
      const leave = await context.rate.enter(request.pool, caps[request.pool], patience, context.signal);
      if (leave === null) return { kind: 'notSent', code: 'vendor.throttled', retryAfterSeconds: 5 };
      try {
        return await call(request);
      } finally {
        leave();
      }
    },
  };
}
