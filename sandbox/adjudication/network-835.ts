// A payment as the Medical Network tells it in JSON (reports v2): amounts are texts, dates `YYYYMMDD`, up to six reasons in one object.
import type { Adjustment } from '../../domain/claim/line-schema.ts';
import { amountOf } from '../../domain/x12/money.ts';
import type { JsonObject } from '../medical-network/json.ts';
import type { RemittancePicture, RemittedClaim, RemittedLine } from './remittance.ts';

const compact = (date: string): string => date.replaceAll('-', '');

export function remittanceJson(picture: RemittancePicture, transactionId: string): JsonObject {
  const { trace, on, payer, payee, paymentCents, claims, changes } = picture;
  return {
    meta: { applicationMode: 'sandbox', traceId: 'sandbox', transactionId },
    transactions: [
      {
        controlNumber: '0001',
        productionDate: compact(on),
        paymentAndRemitReassociationDetails: {
          traceTypeCode: '1',
          checkOrEFTTraceNumber: trace,
          originatingCompanyIdentifier: '1990000099',
        },
        financialInformation: {
          transactionHandlingCode: paymentCents === 0 ? 'H' : 'I',
          totalActualProviderPaymentAmount: amountOf(paymentCents),
          creditOrDebitFlagCode: 'C',
          paymentMethodCode: paymentCents === 0 ? 'NON' : 'ACH',
          checkIssueOrEFTEffectiveDate: compact(on),
        },
        payer: { name: payer.name, payerIdentificationNumber: payer.id },
        payee: { name: payee.name, npi: payee.npi, ...(payee.taxId === '' ? {} : { taxId: payee.taxId }) },
        detailInfo: [{ assignedNumber: '1', paymentInfo: claims.map(claimJson) }],
        ...(changes.length === 0
          ? {}
          : {
              providerAdjustments: [
                {
                  providerIdentifier: payee.npi,
                  fiscalPeriodDate: `${on.slice(0, 4)}1231`,
                  adjustments: changes.map(({ reason, reference, cents }) => ({
                    adjustmentReasonCode: reason,
                    providerAdjustmentIdentifier: reference,
                    providerAdjustmentAmount: amountOf(cents),
                  })),
                },
              ],
            }),
      },
    ],
  };
}

function claimJson(claim: RemittedClaim): JsonObject {
  const { patientCents, memberId } = claim;
  return {
    claimPaymentInfo: {
      patientControlNumber: claim.number,
      claimStatusCode: claim.status,
      totalClaimChargeAmount: amountOf(claim.chargeCents),
      claimPaymentAmount: amountOf(claim.paidCents),
      ...(patientCents === null ? {} : { patientResponsibilityAmount: amountOf(patientCents) }),
      claimFilingIndicatorCode: claim.filingCode,
      payerClaimControlNumber: claim.payerNumber,
      facilityTypeCode: claim.placeOfService,
      claimFrequencyCode: claim.frequency,
    },
    patientName: {
      lastName: claim.patient.family,
      firstName: claim.patient.given,
      ...(memberId === null ? {} : { memberId }),
    },
    claimReceivedDate: compact(claim.receivedOn),
    serviceLines: claim.lines.map(lineJson),
  };
}

function lineJson(line: RemittedLine): JsonObject {
  const { unitsPaid, unitsBilled, controlNumber, allowedCents, remarks } = line;
  return {
    serviceDate: compact(line.date),
    ...(controlNumber === null ? {} : { lineItemControlNumber: controlNumber }),
    servicePaymentInformation: {
      productOrServiceIDQualifier: 'HC',
      adjudicatedProcedureCode: line.code,
      adjudicatedProcedureModifierCodes: line.modifiers,
      lineItemChargeAmount: amountOf(line.chargeCents),
      lineItemProviderPaymentAmount: amountOf(line.paidCents),
      unitsOfServicePaidCount: String(unitsPaid),
      ...(unitsPaid === unitsBilled ? {} : { originalUnitsOfServiceCount: String(unitsBilled) }),
    },
    serviceAdjustments: [...Map.groupBy(line.adjustments, ({ group }) => group)].map(groupJson),
    ...(allowedCents === 0 ? {} : { serviceSupplementalAmounts: { allowedActual: amountOf(allowedCents) } }),
    ...(remarks.length === 0
      ? {}
      : {
          healthCareCheckRemarkCodes: remarks.map((remarkCode) => ({ codeListQualifierCode: 'HE', remarkCode })),
        }),
  };
}

function groupJson([group, all]: [string, readonly Adjustment[]]): JsonObject {
  const numbered = all.flatMap(({ reason, amountCents }, at): [string, string][] => [
    [`adjustmentReasonCode${at + 1}`, reason],
    [`adjustmentAmount${at + 1}`, amountOf(amountCents)],
  ]);
  return { claimAdjustmentGroupCode: group, ...Object.fromEntries<unknown>(numbered) };
}
