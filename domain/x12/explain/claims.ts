// Professional claims (837P) in sentences: who bills whom for what.
import type { ReadClaim, ReadClaims } from '../readers/claims.ts';
import type { Sentence, Telling } from './words.ts';
import { amount, count, list, organization, person, procedure, record, sentence, when } from './words.ts';

export function claimSentences({ claims, submission }: ReadClaims, telling: Telling): Sentence[] {
  const total = claims.reduce((sum, { claim }) => sum + (claim.chargeCents ?? 0), 0);
  const from = organization(submission.submitter, 'An unnamed submitter');
  return [
    sentence(
      `${from} sends ${count(claims.length, 'claim')} over ${amount(total)} to ${organization(submission.receiver, 'an unnamed receiver')}.`,
    ),
    ...claims.flatMap((one) => oneClaim(one, telling)),
  ];
}

function oneClaim({ claim, source }: ReadClaim, telling: Telling): Sentence[] {
  const patient = claim.patient ?? claim.subscriber;
  const name = { given: patient.given, family: patient.name };
  const kind =
    claim.frequency === '7'
      ? ', replacing an earlier one'
      : claim.frequency === '8'
        ? ', cancelling an earlier one'
        : '';
  const authorization = claim.priorAuthorizationNumber === null ? 'no authorization number' : 'an authorization number';
  const diagnoses = claim.diagnoses.map((diagnosis) => diagnosis.code);
  return [
    sentence(
      `${organization(claim.billingProvider, 'An unnamed provider')} bills ${organization(claim.payer, 'an unnamed payer')} ` +
        `${amount(claim.chargeCents)} for claim${record(telling, claim.patientControlNumber)} of ` +
        `${person(telling, claim.patient === null ? 'the subscriber' : 'a dependent', name, source)}${kind}, with ${authorization}` +
        `${telling.names && diagnoses.length > 0 ? `, for ${list(diagnoses)}` : `, with ${diagnoses.length === 1 ? '1 diagnosis' : `${diagnoses.length} diagnoses`}`}.`,
      source,
    ),
    ...claim.lines.map((line) =>
      sentence(
        `Line ${line.number}: ${procedure(line.procedure)}${line.units === null ? '' : `, ${count(line.units, 'unit')}`}` +
          `${when(line)}, charged ${amount(line.chargeCents)}.`,
        source,
      ),
    ),
  ];
}
