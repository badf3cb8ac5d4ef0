// The door of the simulated Availity: tokens of 300 s, the mock mark, the quota, and the faults that strike before or after a request is taken up.
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Request, RequestHandler, Response } from 'express';
import { takeFault } from '../faults/queue.ts';
import { strikesAfter, strikesBefore } from '../faults/transport.ts';
import type { TransportWords } from '../faults/transport.ts';
import type { Fault, FaultyOperation } from './faults.ts';
import type { Inquiries } from './inquiries.ts';
import { dottedText } from './reviews.ts';
import type { AvailityStore } from './store.ts';

const tokenSeconds = 300;
/** Availity's words for what the strikes answer. */
const transportMessages = {
  429: 'Too many requests.',
  500: 'Unexpected error.',
  504: 'The payer did not answer in time.',
} as const;

interface Token {
  readonly demo: boolean;
  readonly expiresAt: number;
}

export interface Session {
  readonly token: Token;
  readonly fault: Fault | null;
}

/** Refuses in the vendor's error body, which quotes what was sent. */
export function refuse(
  request: Request,
  response: Response,
  status: number,
  userMessage: string,
  errors: readonly unknown[] = [],
): void {
  response.status(status).json({
    statusCode: status,
    reasonCode: status,
    userMessage,
    developerMessage: userMessage,
    url: request.originalUrl,
    errors,
  });
}

export interface Gate {
  /** Authorises a call, marks its answer as mock for demo scopes, and lets its fault strike. `null`: the answer is given. */
  admit(operation: FaultyOperation, request: Request, response: Response): Promise<Session | null>;
  /** The faults that lose the answer to a request already taken up. True: nothing is left to be answered. */
  strikesAfter(fault: Fault | null, request: Request, response: Response): Promise<boolean>;
  readonly token: RequestHandler;
}

export function createGate(store: AvailityStore, inquiries: Inquiries, now: () => Date): Gate {
  const tokens = new Map<string, Token>();

  function take(operation: FaultyOperation): Fault | null {
    const { fault, rest } = takeFault(store.faults, ({ on = 'create' }) => on === operation);
    if (fault) store.faults = rest;
    return fault;
  }

  function wordsFor(request: Request, response: Response): TransportWords {
    return {
      refuse: (status) => refuse(request, response, status, transportMessages[status]),
      tellsRetryAfter: true,
      brokenOff: '{"id": "1000',
    };
  }

  /** The faults that strike before a request is taken up. True: the answer has been given, or never will be. */
  async function struckBefore(fault: Fault | null, request: Request, response: Response): Promise<boolean> {
    switch (fault?.fault) {
      case 'tokenExpired':
        refuse(request, response, 401, 'The access token is expired.');
        return true;
      case 'rejected':
        refuse(request, response, 400, `Member ${dottedText(request.body, 'subscriber.memberId')} was refused.`, [
          { field: 'subscriber.memberId', code: '72', errorMessage: 'Invalid/Missing Subscriber/Insured ID' },
        ]);
        return true;
      default:
        return strikesBefore(fault, request, response, wordsFor(request, response));
    }
  }

  async function struckAfter(fault: Fault | null, request: Request, response: Response): Promise<boolean> {
    if (fault?.fault === 'withoutLocation') {
      response.status(202).end();
      return true;
    }
    return strikesAfter(fault, request, response, wordsFor(request, response));
  }

  /** Authorises a call, marks its answer as mock for demo scopes, and lets its fault strike. `null`: the answer is given. */
  async function admit(operation: FaultyOperation, request: Request, response: Response): Promise<Session | null> {
    const fault = take(operation);
    const { latencyMilliseconds } = inquiries.settings;
    if (latencyMilliseconds > 0) await sleep(latencyMilliseconds);
    if (!inquiries.spend()) {
      refuse(request, response, 429, 'The quota of this plan is used up.');
      return null;
    }
    const bearer = /^Bearer (.+)$/.exec(request.get('authorization') ?? '')?.[1];
    const token = bearer === undefined ? undefined : tokens.get(bearer);
    if (!token || token.expiresAt <= now().getTime()) {
      refuse(request, response, 401, 'The access token is missing or expired.');
      return null;
    }
    if (token.demo && fault?.fault !== 'notMarkedMock') response.set('X-Api-Mock-Response', 'true');
    if (fault?.fault === 'tokenExpired' && bearer !== undefined) tokens.delete(bearer);
    return (await struckBefore(fault, request, response)) ? null : { token, fault };
  }

  const token: RequestHandler = async (request, response) => {
    const fault = take('token');
    if (await struckBefore(fault, request, response)) return;
    const body: unknown = request.body;
    const scope = dottedText(body, 'scope');
    const complete = dottedText(body, 'client_id') !== '' && dottedText(body, 'client_secret') !== '';
    if (
      dottedText(body, 'grant_type') !== 'client_credentials' ||
      !complete ||
      dottedText(body, 'client_secret') === 'wrong'
    ) {
      response.status(401).json({ error: 'invalid_client', error_description: 'Client authentication failed.' });
      return;
    }
    if (!scope.includes('healthcare-hipaa-transactions')) {
      response.status(400).json({ error: 'invalid_scope' });
      return;
    }
    if (await struckAfter(fault, request, response)) return;
    const value = randomBytes(24).toString('base64url');
    tokens.set(value, { demo: scope.includes('demo'), expiresAt: now().getTime() + tokenSeconds * 1000 });
    response.json({
      access_token: value,
      token_type: 'Bearer',
      expires_in: tokenSeconds,
      scope,
      consented_on: Math.floor(now().getTime() / 1000),
    });
  };

  return { admit, strikesAfter: struckAfter, token };
}
