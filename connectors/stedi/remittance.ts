// An 835 as Stedi tells it in JSON, read into the one Remittance: nothing is added up, what is missing stays unknown.
import type { Remittance, RemittanceParty } from '../../domain/claim/remittance.ts';
import { reversalsIn } from '../../domain/x12/readers/remittance.ts';
import { at, dateAt, listAt, textAt } from '../json.ts';
import { centsIn, contactIn, referencesIn } from './remittance-parts.ts';
import { claimIn } from './remittance-claim.ts';

/** REF01 of loop 1000A (005010X221A1) by the vendor's name; the plan id of N104 is no longer given out by anybody. */
const payerReferences: Readonly<Record<string, string>> = {
  payerIdentificationNumber: '2U',
  submitterIdentificationNumber: 'EO',
  healthIndustryNumber: 'HI',
  nationalAssociationOfInsuranceCommissioners: 'NF',
};

/** REF01 of loop 1000B. */
const payeeReferences: Readonly<Record<string, string>> = {
  stateLicenseNumber: '0B',
  nationalCouncilForPrescriptionDrugProgramsPharmacyNumber: 'D3',
  payeeIdentification: 'PQ',
  taxId: 'TJ',
};

/**
 * The payments of a report (`GET …/reports/v2/{transactionId}/835`), each with its claims. Amounts and dates that cannot be read are
 * null: such a remittance does not balance, and whoever posts it sees that.
 */
export function readRemittances(report: unknown): Remittance[] {
  return listAt(report, 'transactions').map((one, index) => remittanceIn(one, `transactions[${index}]`));
}

function remittanceIn(transaction: unknown, source: string): Remittance {
  const money = at(transaction, 'financialInformation');
  const trace = at(transaction, 'paymentAndRemitReassociationDetails');
  const producedOn = dateAt(transaction, 'productionDate');
  const receiver = textAt(transaction, 'receiverIdentifier');
  const version = textAt(transaction, 'versionIdentification');
  const claims = listAt(transaction, 'detailInfo').flatMap((info, outer) =>
    listAt(info, 'paymentInfo').map((one, inner) =>
      claimIn(one, `${source}.detailInfo[${outer}].paymentInfo[${inner}]`),
    ),
  );
  return {
    payment: {
      handling: textAt(money, 'transactionHandlingCode'),
      amountCents: centsIn(money, 'totalActualProviderPaymentAmount'),
      direction: textAt(money, 'creditOrDebitFlagCode'),
      method: textAt(money, 'paymentMethodCode'),
      on: dateAt(money, 'checkIssueOrEFTEffectiveDate'),
      trace: textAt(trace, 'checkOrEFTTraceNumber'),
      originator: textAt(trace, 'originatingCompanyIdentifier'),
    },
    currency: textAt(transaction, 'foreignCurrency'),
    producedOn,
    dates: producedOn === null ? [] : [{ qualifier: '405', date: producedOn, source: `${source}.productionDate` }],
    references: [
      ...(receiver === null ? [] : [{ qualifier: 'EV', value: receiver, source: `${source}.receiverIdentifier` }]),
      ...(version === null ? [] : [{ qualifier: 'F2', value: version, source: `${source}.versionIdentification` }]),
    ],
    payer: partyIn(at(transaction, 'payer'), `${source}.payer`, payerReferences),
    payee: partyIn(at(transaction, 'payee'), `${source}.payee`, payeeReferences),
    claims,
    reversals: reversalsIn(claims),
    adjustments: listAt(transaction, 'providerAdjustments').flatMap((one, outer) =>
      listAt(one, 'adjustments').map((adjustment, inner) => ({
        providerId: textAt(one, 'providerIdentifier'),
        fiscalPeriodEnd: dateAt(one, 'fiscalPeriodDate'),
        reason: textAt(adjustment, 'adjustmentReasonCode'),
        reference: textAt(adjustment, 'providerAdjustmentIdentifier'),
        amountCents: centsIn(adjustment, 'providerAdjustmentAmount'),
        source: `${source}.providerAdjustments[${outer}].adjustments[${inner}]`,
      })),
    ),
  };
}

function partyIn(party: unknown, source: string, qualifiers: Readonly<Record<string, string>>): RemittanceParty | null {
  if (party === undefined) return null;
  return {
    name: textAt(party, 'name'),
    id: idIn(party),
    address: addressIn(at(party, 'address')),
    references: referencesIn(party, source, qualifiers),
    contacts: contactsIn(party),
    source,
  };
}

/** N103 and N104. */
function idIn(party: unknown): RemittanceParty['id'] {
  const known = [
    ['XX', textAt(party, 'npi')],
    ['XV', textAt(party, 'centersForMedicareAndMedicaidServicesPlanId')],
    ['FI', textAt(party, 'federalTaxPayersIdentificationNumber')],
  ] as const;
  const [first] = known.flatMap(([qualifier, value]) => (value === null ? [] : [{ qualifier, value }]));
  return first ?? null;
}

function addressIn(address: unknown): RemittanceParty['address'] {
  if (address === undefined) return null;
  return {
    line: textAt(address, 'address1'),
    line2: textAt(address, 'address2'),
    city: textAt(address, 'city'),
    state: textAt(address, 'state'),
    postalCode: textAt(address, 'postalCode'),
    country: textAt(address, 'countryCode'),
  };
}

/** Contacts of the payer: for claims (CX), technical (BL). */
function contactsIn(party: unknown): RemittanceParty['contacts'] {
  const business = at(party, 'businessContactInformation');
  return [
    ...(business === undefined ? [] : [contactIn('CX', business)]),
    ...listAt(party, 'technicalContactInformation').map((one) => contactIn('BL', one)),
  ];
}
