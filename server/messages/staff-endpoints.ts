// Messages as staff see them: confirmations, calls, a patient's history, and what a named person writes down of a patient's wishes.
import { consentSources } from '../../domain/outreach/consent.ts';
import { GaitError } from '../../domain/errors.ts';
import { categories, channels } from '../../domain/outreach/words.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import type { AnswerNeeds } from './answers.ts';
import { callsOf, confirmationsOf } from './confirmations.ts';
import { writeConsent } from './consents.ts';
import { assertPatient, evidenceOfWord, historyOf, wordsOf } from './views.ts';

const staff = { kind: 'session', roles: ['frontDesk', 'therapist', 'biller', 'admin'] } as const;
const desk = { kind: 'session', roles: ['frontDesk', 'admin'] } as const;
const clock = { type: 'string', pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' } as const;

export function staffEndpoints(needs: AnswerNeeds): Endpoint[] {
  return [...readingEndpoints(needs), consentEndpoint(needs), preferenceEndpoint(needs)];
}

function readingEndpoints(needs: AnswerNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/v1/console/confirmations',
      access: staff,
      query: { type: 'object', properties: { day: { type: 'string', format: 'date' } } },
      handle: ({ clinic, query, principal }) => confirmationsOf(needs, clinic, query, principal),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/calls',
      access: staff,
      handle: ({ clinic, principal }) => callsOf(needs, clinic, principal),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/patients/:patient/messages',
      access: staff,
      handle: ({ clinic, params, principal }) => historyOf(needs, clinic, params.patient, principal),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/patients/:patient/consents/:word',
      access: staff,
      handle: ({ clinic, params, principal }) =>
        evidenceOfWord(needs, clinic, params.patient, wordNumber(params.word), principal),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/messages/:message/words',
      access: staff,
      handle: ({ clinic, params, principal }) => wordsOf(needs, clinic, params.message, principal),
    }),
  ];
}

function wordNumber(text: string): number {
  if (/^\d{1,12}$/.test(text)) return Number(text);
  throw new GaitError('input.invalid', 'A word of a patient is named by its number.', { where: 'word' });
}

function consentEndpoint(needs: AnswerNeeds): Endpoint {
  return endpoint({
    method: 'POST',
    path: '/v1/console/patients/:patient/consents',
    access: desk,
    body: {
      type: 'object',
      additionalProperties: false,
      required: ['state'],
      properties: {
        state: { enum: ['granted', 'revoked'] },
        categories: { type: 'array', minItems: 1, uniqueItems: true, items: { enum: categories } },
        channels: { type: 'array', minItems: 1, uniqueItems: true, items: { enum: channels } },
        source: { enum: consentSources.filter((source) => source === 'staff' || source === 'intake') },
        /** How it is known: on the phone with whom, on which form. It is kept in the vault. */
        evidence: { type: 'string', minLength: 1, maxLength: 500 },
      },
    },
    async handle({ clinic, params, body, principal }) {
      const text = (body.evidence ?? '').trim();
      if (body.state === 'granted' && text === '')
        throw new GaitError('input.invalid', 'Say how you know that the patient agreed.', {
          where: 'evidence',
          fix: 'Write when and how they said so, or which form they signed.',
        });
      await needs.db.transaction().execute(async (trx) => {
        await assertPatient(trx, clinic, params.patient);
        await writeConsent(needs, trx, {
          clinic,
          patient: params.patient,
          state: body.state,
          categories: body.categories ?? null,
          channels: body.channels ?? null,
          source: body.source ?? 'staff',
          by: principal,
          evidence: text === '' ? null : await needs.vault.put(clinic, 'consent', { text }, { trx }),
        });
      });
      return { written: true };
    },
  });
}

function preferenceEndpoint(needs: AnswerNeeds): Endpoint {
  return endpoint({
    method: 'POST',
    path: '/v1/console/patients/:patient/contact-preference',
    access: desk,
    body: {
      type: 'object',
      additionalProperties: false,
      required: ['channels', 'zone', 'language'],
      properties: {
        channels: { type: 'array', uniqueItems: true, items: { enum: channels } },
        zone: { type: ['string', 'null'], pattern: '^[A-Za-z_]+(/[A-Za-z_]+)+$' },
        language: { type: ['string', 'null'], pattern: '^[a-z]{2}$' },
        /** In which hours of their own clock they want messages; null or left out: any hour that the rules allow. */
        hours: {
          anyOf: [
            { type: 'null' },
            {
              type: 'object',
              additionalProperties: false,
              required: ['from', 'to'],
              properties: { from: clock, to: clock },
            },
          ],
        },
      },
    },
    async handle({ clinic, params, body, principal }) {
      assertZone(body.zone);
      const hours = body.hours ?? null;
      if (hours !== null && hours.from >= hours.to)
        throw new GaitError('input.invalid', 'The hours end before they begin.', { where: 'hours' });
      await needs.db.transaction().execute(async (trx) => {
        await assertPatient(trx, clinic, params.patient);
        const row = {
          channels: [...body.channels],
          zone: body.zone,
          language: body.language,
          hours: hours === null ? null : JSON.stringify(hours),
          clinic,
          by_actor: principal.user,
          at: needs.now(),
        };
        await trx
          .insertInto('contact_preferences')
          .values({ patient: params.patient, ...row })
          .onConflict((conflict) => conflict.column('patient').doUpdateSet(row))
          .execute();
        await needs.audit.append(trx, {
          clinic,
          actor: principal.user,
          action: 'patient.preferenceSet',
          subject: params.patient,
          purpose: 'outreach.staff',
        });
      });
      return { written: true };
    },
  });
}

function assertZone(zone: string | null): void {
  if (zone === null) return;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
  } catch {
    throw new GaitError('input.invalid', 'There is no such time zone.', {
      where: 'zone',
      fix: 'Write it as America/Chicago.',
    });
  }
}
