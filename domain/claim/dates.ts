// Names for the dates of a claim and of its lines (DTP01 of the 837P, 005010X222A1 loops 2300 and 2400).
import type { ClaimDate } from './line-schema.ts';

export const claimDateQualifiers = {
  onset: '431',
  initialTreatment: '454',
  lastSeen: '304',
  acuteManifestation: '453',
  accident: '439',
  lastMenstrualPeriod: '484',
  lastXRay: '455',
  prescription: '471',
  disabilityBegins: '360',
  disabilityEnds: '361',
  disability: '314',
  lastWorked: '297',
  returnToWork: '296',
  admission: '435',
  discharge: '096',
  assumedCare: '090',
  relinquishedCare: '091',
  firstContact: '444',
  repricerReceived: '050',
  lastCertification: '461',
  therapyBegins: '463',
  recertification: '607',
} as const;

export type ClaimDateName = keyof typeof claimDateQualifiers;

/** The first of these dates with that name; null where there is none. */
export function claimDate(dates: readonly ClaimDate[], name: ClaimDateName): ClaimDate | null {
  return dates.find(({ qualifier }) => qualifier === claimDateQualifiers[name]) ?? null;
}
