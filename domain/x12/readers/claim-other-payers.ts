// The other payers of a claim (loops 2320 and 2330 of an 837P) and what they decided.
import type { OtherPayer } from '../../claim/schema.ts';
import type { Loop } from '../loops.ts';
import { loopOf, segmentOf } from '../tree.ts';
import { adjustmentsOf, amountOf, dayOf, References } from './claim-lines.ts';
import { payerOf, subscriberOf } from './claim-parties.ts';
import type { Reading } from './reading.ts';

export function otherPayerOf(reading: Reading, loop: Loop): OtherPayer {
  const insurance = loop.segments[0];
  const terms = segmentOf(loop, 'OI');
  const outpatient = segmentOf(loop, 'MOA');
  const insured = loopOf(loop, '2330A');
  const payer = loopOf(loop, '2330B');
  const references = payer === undefined ? null : new References(reading, payer);
  const [claimNumber = null, priorAuthorizationNumber = null, referralNumber = null] = ['F8', 'G1', '9F'].map(
    (qualifier) => references?.take(qualifier) ?? null,
  );
  return {
    responsibility: reading.text(insurance, 1),
    relationship: reading.text(insurance, 2),
    insuranceType: reading.text(insurance, 5),
    filingCode: reading.text(insurance, 9),
    benefitsAssigned: reading.text(terms, 3),
    patientSignatureSource: reading.text(terms, 4),
    releaseOfInformation: reading.text(terms, 6),
    subscriber: insured === undefined ? null : subscriberOf(reading, insured, insurance, loop),
    payer: payerOf(reading, payer, references?.rest() ?? []),
    claimNumber,
    priorAuthorizationNumber,
    referralNumber,
    paidCents: amountOf(reading, loop, 'D'),
    nonCoveredCents: amountOf(reading, loop, 'A8'),
    patientOwesCents: amountOf(reading, loop, 'EAF'),
    paidOn: payer === undefined ? null : dayOf(reading, payer, '573'),
    adjustments: adjustmentsOf(reading, loop),
    remarkCodes: [3, 4, 5, 6, 7].map((element) => reading.text(outpatient, element)).filter((one) => one !== null),
  };
}
