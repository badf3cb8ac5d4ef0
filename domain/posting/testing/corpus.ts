// Claims as a clinic would have billed them, made from what a remittance says of them.
import type { RemittanceClaim } from '../../claim/remittance.ts';
import type { Claim } from '../../claim/schema.ts';
import { sampleClaim } from '../../claim/testing/claims.ts';

const [line] = sampleClaim().lines;

export function billedAs(said: RemittanceClaim): Claim {
  const patient = said.names.find(({ role }) => role === 'QC');
  const claim = sampleClaim();
  return {
    ...claim,
    patientControlNumber: said.patientControlNumber,
    chargeCents: said.chargeCents,
    responsibility: said.status === '2' ? 'S' : said.status === '3' ? 'T' : 'P',
    subscriber: { ...claim.subscriber, name: patient?.family ?? null, memberId: patient?.id?.value ?? null },
    lines: said.lines.flatMap((one, index) => {
      const { procedure } = one;
      if (line === undefined || procedure === null || procedure.value === null) return [];
      return [
        {
          ...line,
          number: index + 1,
          procedure: {
            qualifier: procedure.qualifier ?? 'HC',
            code: procedure.value,
            modifiers: [...procedure.modifiers].slice(0, 4),
            description: null,
          },
          chargeCents: one.chargeCents,
          from: one.dates.find(({ qualifier }) => qualifier === '472')?.date ?? null,
          controlNumber: one.controlNumber,
        },
      ];
    }),
  };
}
