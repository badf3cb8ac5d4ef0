// What a segment must have wherever it stands, and which functional group a transaction set travels in.

/**
 * Elements that are mandatory in the standard itself (X12.22 Segment Directory, version 005010), whatever the implementation
 * guide says; those that only a guide requires are not here. Amounts that must balance are checked with the balance.
 */
export const requiredElements: Readonly<Record<string, readonly number[]>> = {
  HL: [1, 3],
  AMT: [1, 2],
  BHT: [1, 2],
  BPR: [1, 3, 4],
  CAS: [1, 2, 3],
  CLM: [1],
  CLP: [1, 2],
  DTM: [1],
  DTP: [1, 2, 3],
  EB: [1],
  HCR: [1],
  LX: [1],
  N1: [1],
  NM1: [1, 2],
  PER: [1],
  PLB: [1, 2, 3, 4],
  REF: [1],
  SBR: [1],
  STC: [1],
  SV1: [1],
  SVC: [1],
  TRN: [1, 2],
};

/** GS01 of the group that may hold a transaction set (X12 data element 479). */
export const functionalGroups: Readonly<Record<string, string>> = {
  '270': 'HS',
  '271': 'HB',
  '276': 'HR',
  '277': 'HN',
  '278': 'HI',
  '820': 'RA',
  '834': 'BE',
  '835': 'HP',
  '837': 'HC',
  '997': 'FA',
  '999': 'FA',
};
