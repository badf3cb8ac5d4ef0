// Opens the one item that a check needs a person for: a call with what to ask, or a correction with what to correct.
import { exceptionDue } from '../../domain/eligibility/due.ts';
import { fieldTable, isFieldName, isKnown } from '../../domain/eligibility/fields.ts';
import type { FlagCode, Question } from '../../domain/eligibility/summary-schema.ts';
import type { Role } from '../../domain/work-item/kinds.ts';
import type { Trx } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import type { Vault, VaultRecord } from '../vault/vault.ts';
import type { WorkItems } from '../work-items/items.ts';
import { requestOf } from './request.ts';
import type { Ending } from './states.ts';

interface Needs {
  readonly vault: Vault;
  readonly validator: Validator;
  readonly workItems: WorkItems;
  readonly now: () => Date;
}

/** A check that has ended, with the references of its summaries. */
interface Ended extends Ending {
  readonly refs: readonly string[];
}

/** Flags a person looks into even where everything that is essential is known. */
const callFlags: readonly FlagCode[] = [
  'complexPlan',
  'workersCompensation',
  'auto',
  'medicareSecondary',
  'coordinationOfBenefits',
  'otherInsurance',
  'noElectronicAnswers',
  'contradiction',
];

/** In the clinic's own words; the item's reason may stand in lists, so it holds codes and no value. */
const missingWords: Readonly<Record<string, string>> = {
  memberId: 'The member id is missing',
  birthDate: 'The birth date is missing',
  clinicNpi: "The clinic's NPI is missing in its settings",
};

/** So many unknown fields are named in the reason of an item. */
const mostNamed = 3;

interface Need {
  readonly kind: 'eligibility.call' | 'eligibility.correct';
  readonly role?: Role;
  readonly reason: string;
}

/** @param zone of the clinic */
export async function openException(needs: Needs, trx: Trx, ended: Ended, zone: string): Promise<void> {
  const need = needOf(ended);
  if (need === null) return;
  const { row } = ended;
  const actor = systemPrincipal('eligibility');
  await needs.workItems.open(
    {
      clinic: row.clinic,
      key: `eligibility/${row.ref}`,
      kind: need.kind,
      subject: row.ref,
      workflow: null,
      dueAt: exceptionDue(row.service_date, needs.now(), zone),
      context: { check: row.ref, patient: row.patient, serviceDate: row.service_date },
      reason: need.reason,
      payer: row.payer,
      draft: await draftOf(needs, trx, ended),
      ...(need.role === undefined ? {} : { role: need.role }),
    },
    actor,
    trx,
  );
}

/** What a person has to do, or null: the summary can go out as it is. */
function needOf({ ending, code, field, summaries }: Ended): Need | null {
  const rejects = summaries.flatMap((summary) => summary.rejects);
  const visit = 'before the visit';
  switch (ending) {
    case 'byPhone':
      return { kind: 'eligibility.call', reason: `This payer gives no electronic answers; call ${visit}` };
    case 'failed':
      if (code === 'input.invalid' && field !== null) {
        const what = missingWords[field] ?? `The payer's system does not take ${field} as it is`;
        const correction = { kind: 'eligibility.correct', reason: `${what}; nobody could be asked` } as const;
        return field === 'clinicNpi' ? { ...correction, role: 'admin' } : correction;
      }
      return {
        kind: 'eligibility.call',
        reason: `The payer could not be asked electronically (${code ?? 'unknown'}); call ${visit}`,
      };
    case 'rejected': {
      const [reject] = rejects;
      const words = reject?.meaning ?? 'The payer refused the question.';
      const reason = `Refused with code ${reject?.code ?? code ?? 'unknown'}: ${words}`;
      switch (reject?.actionClass) {
        case 'patient':
        case 'dates':
          return { kind: 'eligibility.correct', reason };
        case 'configuration':
        case 'provider':
          return { kind: 'eligibility.correct', role: 'admin', reason };
        default:
          return { kind: 'eligibility.call', reason };
      }
    }
    case 'answered': {
      if (summaries.every(({ active }) => isKnown(active) && !active.value))
        return { kind: 'eligibility.correct', reason: 'The coverage is not active on the day of the visit' };
      const flags = summaries.flatMap((summary) => summary.flags).filter((flag) => callFlags.includes(flag.code));
      const open = new Set(
        summaries.flatMap(({ callScript }) => callScript.filter(({ essential }) => essential).map((one) => one.field)),
      );
      if (flags.length === 0 && open.size === 0) return null;
      const parts = [
        ...(flags.length === 0 ? [] : [[...new Set(flags.map(({ why }) => why))].join('; ')]),
        ...(open.size === 0 ? [] : [`Unknown: ${openWords([...open])}`]),
      ];
      return { kind: 'eligibility.call', reason: parts.join('; ') };
    }
  }
}

/** The first few of what is unknown; the item has them all. */
function openWords(fields: readonly Question['field'][]): string {
  const words = fields.filter(isFieldName).map((field) => fieldTable[field].words.toLowerCase());
  const more = words.length - mostNamed;
  return [...words.slice(0, mostNamed), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

/** What the caller has in front of them: whom to call, how to say who the patient is, what to ask. */
async function draftOf(needs: Needs, trx: Trx, { row, summaries, refs, ...ended }: Ended): Promise<VaultRecord> {
  const request = ended.request ?? (await requestOf(needs, trx, row, systemPrincipal('eligibility')));
  return {
    check: row.ref,
    payer: request.payer,
    patient: { name: request.subscriber.name, birthDate: request.subscriber.birthDate },
    coverage: { memberId: request.subscriber.memberId, groupNumber: request.subscriber.groupNumber },
    provider: request.provider,
    serviceDate: row.service_date,
    coverages: summaries.map((summary, index) => ({
      summary: refs[index] ?? null,
      contacts: summary.contacts,
      questions: summary.callScript,
      flags: summary.flags,
      rejects: summary.rejects,
      messages: summary.messages,
    })),
  };
}
