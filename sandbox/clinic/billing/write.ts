// Writes the clinic's billing as its systems leave it: claims as 837P files for the clearinghouse, charts as JSON, one for each patient.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Claim } from '../../../domain/claim/schema.ts';
import { writeInterchange } from '../../../domain/x12/writer.ts';
import { writeProfessionalClaims } from '../../../domain/x12/writers/professional-claims.ts';
import { clinicName } from './claims.ts';
import type { Billing } from './model.ts';

export interface BillingFolders {
  /** Where the claim files go; made when missing. */
  readonly claims: string;
  /** Where the charts go; null: none are written. */
  readonly charts: string | null;
  /** Claims in a file. */
  readonly perFile: number;
}

export interface WrittenBilling {
  readonly claims: readonly string[];
  readonly charts: readonly string[];
  /** What each claim was made wrong in, by its number; those without a fault are left out. */
  readonly planted: readonly { readonly number: string; readonly rule: string; readonly line: number | null }[];
}

const sender = { qualifier: 'ZZ', id: 'DEMOCLINIC' } as const;
const receiver = { qualifier: 'ZZ', id: 'CLEARING' } as const;

/** An interchange of claims as billing software writes it. @param control ISA13, and part of BHT03 */
export function claimFileText(claims: readonly Claim[], today: string, control: number): string {
  const set = writeProfessionalClaims(
    '0001',
    {
      purpose: '00',
      reference: `DEMO${control}`,
      createdOn: today,
      createdAt: '0600',
      use: 'CH',
      submitter: {
        kind: 'organization',
        name: clinicName,
        given: null,
        middle: null,
        suffix: null,
        id: sender.id,
        contact: { name: 'Front Desk', phone: '3035550100', extension: null, fax: null, email: null },
      },
      receiver: { name: 'Clearinghouse', id: receiver.id },
    },
    claims,
  );
  const envelope = {
    sender,
    receiver,
    groupSender: sender.id,
    groupReceiver: receiver.id,
    groupCode: 'HC',
    interchangeControl: control,
    groupControl: control,
    date: today,
    time: '0600',
    usage: 'test',
    acknowledge: false,
  } as const;
  return writeInterchange(envelope, [set]);
}

/** Each file appears whole: it is written under a hidden name first. */
function whole(folder: string, name: string, text: string): string {
  writeFileSync(join(folder, `.${name}.part`), text);
  renameSync(join(folder, `.${name}.part`), join(folder, name));
  return name;
}

export function writeBilling(billing: Billing, { claims, charts, perFile }: BillingFolders): WrittenBilling {
  const { today } = billing;
  mkdirSync(claims, { recursive: true });
  if (charts !== null) mkdirSync(charts, { recursive: true });
  const all = billing.claims.map(({ claim }) => claim);
  const files = Array.from({ length: Math.ceil(all.length / perFile) }, (_, at) => {
    const control = at + 1;
    const text = claimFileText(all.slice(at * perFile, control * perFile), today, control);
    return whole(claims, `claims_${today}_${String(control).padStart(3, '0')}.837`, text);
  });
  return {
    claims: files,
    charts:
      charts === null
        ? []
        : billing.charts.map((chart) => whole(charts, `chart_${chart.patient}.json`, `${JSON.stringify(chart)}\n`)),
    planted: billing.claims.flatMap(({ claim, defects }) =>
      defects.map((defect) => ({ number: claim.patientControlNumber ?? '', ...defect })),
    ),
  };
}
