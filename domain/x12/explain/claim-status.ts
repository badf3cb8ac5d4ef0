// Where claims stand, in sentences: asked (276), answered (277), acknowledged (277CA).
import type { ClaimAcknowledgments } from '../readers/claim-acknowledgment.ts';
import type { ClaimStatusInquiries } from '../readers/claim-status-inquiry.ts';
import type { ClaimResponse, ClaimStatusResponse } from '../readers/claim-status-response.ts';
import { dateIn } from '../readers/parts.ts';
import type { StatusInformation } from '../readers/status-information.ts';
import type { Sentence, Telling } from './words.ts';
import { amount, code, fix, meaning, organization, person, procedure, record, sentence, when } from './words.ts';

export function statusInquirySentences({ values }: ClaimStatusInquiries, telling: Telling): Sentence[] {
  return values.map((asked) => {
    const { informationSource, receiver, providers, subscriber, dependent, source, chargeCents, dates } = asked;
    const who = organization(providers[0] ?? receiver, 'An unnamed provider');
    const patient = dependent === null ? 'the subscriber' : 'a dependent';
    return sentence(
      `${who} asks ${organization(informationSource, 'an unnamed payer')} where the claim` +
        `${record(telling, asked.patientControlNumber)} of ${person(telling, patient, dependent ?? subscriber, source)} stands` +
        `${chargeCents === null ? '' : `, charged ${amount(chargeCents)}`}${when(dateIn(dates, '472'))}.`,
      source,
    );
  });
}

export function statusSentences({ claims, refusals }: ClaimStatusResponse, telling: Telling): Sentence[] {
  return [
    ...refusals.flatMap((refusal) => [
      sentence(
        `${organization(refusal.informationSource, 'The payer')} looked nothing up for the ${refusal.level}.`,
        refusal.source,
      ),
      ...stated(refusal.statuses, telling),
    ]),
    ...claims.flatMap((claim) => [
      sentence(
        `${organization(claim.informationSource, 'The payer')} answers about the claim` +
          `${record(telling, claim.patientControlNumber)} of ${patientOf(claim, telling)}.`,
        claim.source,
      ),
      ...stated(claim.statuses, telling),
      ...claim.lines.flatMap((line) => [
        sentence(
          `Line ${procedure(line.procedure)}: charged ${amount(line.chargeCents)}, paid ${amount(line.paidCents)}.`,
          line.source,
        ),
        ...stated(line.statuses, telling),
      ]),
    ]),
  ];
}

export function acknowledgmentSentences({ levels, claims }: ClaimAcknowledgments, telling: Telling): Sentence[] {
  return [
    ...levels.flatMap((level) => [
      sentence(
        `${organization(level.party, `The ${level.level}`)} is told of all claims together: ${verdict(level.verdict.outcome)}. ` +
          `Claims accepted: ${level.acceptedClaims ?? 'unknown'}, rejected: ${level.rejectedClaims ?? 'unknown'}.`,
        level.source,
      ),
      ...stated(level.statuses, telling),
    ]),
    ...claims.flatMap((claim) => [
      sentence(
        `Claim${record(telling, claim.trace.number)} of ${person(telling, 'a patient', claim.patient, claim.source)}: ` +
          `${verdict(claim.verdict.outcome)}.`,
        claim.source,
      ),
      ...stated(claim.statuses, telling),
      ...claim.lines.flatMap((line) => [
        sentence(`Line ${procedure(line.procedure)}: ${verdict(line.verdict.outcome)}.`, line.source),
        ...stated(line.statuses, telling),
      ]),
    ]),
  ];
}

function patientOf({ dependent, subscriber, source }: ClaimResponse, telling: Telling): string {
  return dependent === null
    ? person(telling, 'the subscriber', subscriber, source)
    : person(telling, 'a dependent', dependent, source);
}

function verdict(outcome: 'accepted' | 'rejected' | 'unknown'): string {
  return outcome === 'unknown' ? 'neither accepted nor rejected' : outcome;
}

function stated(statuses: readonly StatusInformation[], telling: Telling): Sentence[] {
  return statuses.flatMap(({ codes, effectiveOn, chargeCents, paidCents, source }) =>
    codes.map(({ category, code: status, entity, codeList }) => {
      const detail = codeList === null ? code(telling, 'claim-statuses', status) : `${codeList} ${status}`;
      const about = entity === null ? '' : `, about the ${meaning(telling, 'entities', entity)}`;
      const amounts = [
        chargeCents === null ? '' : ` Charged ${amount(chargeCents)}.`,
        paidCents === null ? '' : ` Paid ${amount(paidCents)}.`,
      ].join('');
      return sentence(
        `${code(telling, 'claim-status-categories', category)}: ${detail}${about}` +
          `${effectiveOn === null ? '' : `, since ${effectiveOn}`}.${amounts}` +
          `${fix(telling, 'claim-status-categories', category)}${fix(telling, 'claim-statuses', status)}`,
        source,
      );
    }),
  );
}
