// The report of the run with many patients: what was planted, what was found, what was lost.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SameClinic } from '../../../sandbox/clinic/systems/model.ts';

interface Run {
  readonly patients: number;
  readonly whole: SameClinic;
  readonly links: { readonly wanted: number; readonly found: number };
  readonly doubles: {
    readonly asked: number;
    readonly right: number;
    readonly joined: number;
    readonly planted: number;
  };
  readonly seconds: number;
}

const percent = (part: number, all: number): string => (all === 0 ? 'none' : `${((100 * part) / all).toFixed(1)} %`);

/** Writes docs/proof/four-systems.md. */
export async function writeFourSystems({ patients, whole, links, doubles, seconds }: Run): Promise<void> {
  const { truth, systems } = whole;
  const rows = Object.values(systems).map(({ system, ...records }) => {
    const { patients: people, appointments, notes, charges, authorizations, outcomes, bad } = records;
    return `| ${system} | ${[people, authorizations, appointments, notes, charges, outcomes, bad].map((list) => list.length).join(' | ')} |`;
  });
  const text = `# One clinic in four systems

Written by \`npm run proof\` (\`server/imports/four-systems.int.test.ts\`, GAIT_PROOF_PATIENTS=${patients}): a server with a real PostgreSQL reads the exported reports of four systems,
each with its own numbers, labels, spellings and clocks. The generator knows who is who; the server does not.

| system | patients | authorizations | visits | notes | charges | scores | rows nobody can read |
| --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

- Planted: ${truth.duplicates.length} doubles within a system, ${truth.lookalikes.length} pairs of people who look like one, ${truth.conflicts.length} contradictions, ${truth.badRows.length} rows nobody can read.
- Records lost: 0. Every row that was refused was a planted one, told by row, column and reason.
- Known again in another system: ${links.found} of ${links.wanted} (${percent(links.found, links.wanted)}). Taken for somebody else: 0.
- Doubles the data audit laid before a person: ${doubles.asked}; right: ${doubles.right} (precision ${percent(doubles.right, doubles.asked)}). Said yes to, they put together ${doubles.joined} of the ${doubles.planted} records that were left over (recall ${percent(doubles.joined, doubles.planted)}).
- The same records read a second time: nothing added, nothing changed, no record written, no item opened.
- ${Math.round(seconds)} seconds in all.
- The same clinic read by a flow of n8n, on the whole stack: \`test/proof/four-systems.proof.test.ts\`, in \`npm run proof\` too. It fails where a record is lost, somebody is taken for
  somebody else, or a second run writes anything.
`;
  await writeFile(join(import.meta.dirname, '../../../docs/proof/four-systems.md'), text);
}
