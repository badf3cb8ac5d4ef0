// A file of claims for tests, as billing software writes it; every value is made up.
import { writeInterchange } from '../../x12/writer.ts';
import { writeProfessionalClaims } from '../../x12/writers/professional-claims.ts';
import type { Claim } from '../schema.ts';
import type { ClaimSubmission } from '../submission.ts';

const submission: ClaimSubmission = {
  purpose: '00',
  reference: null,
  createdOn: '2026-11-20',
  createdAt: '1200',
  use: 'CH',
  submitter: {
    kind: 'organization',
    name: 'Stride Test Clinic',
    given: null,
    middle: null,
    suffix: null,
    id: 'CLINIC',
    contact: { name: 'Front Desk', phone: '5555550100', extension: null, fax: null, email: null },
  },
  receiver: { name: 'Clearinghouse', id: 'CLEARING' },
};

/** @param control ISA13; BHT03 is `REF` and the same number */
export function claimFile(claims: readonly Claim[], control: number): string {
  return writeInterchange(
    {
      sender: { qualifier: 'ZZ', id: 'CLINIC' },
      receiver: { qualifier: 'ZZ', id: 'CLEARING' },
      groupSender: 'CLINIC',
      groupReceiver: 'CLEARING',
      groupCode: 'HC',
      interchangeControl: control,
      groupControl: control,
      date: '2026-11-20',
      time: '1200',
      usage: 'test',
      acknowledge: false,
    },
    [writeProfessionalClaims('0001', { ...submission, reference: `REF${control}` }, claims)],
  );
}
