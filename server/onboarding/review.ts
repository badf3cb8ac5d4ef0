// Lays a new patient before the front desk in one item: what is known, what is missing, and how each step of the onboarding stands.
import { GaitError } from '../../domain/errors.ts';
import { fieldTitles, syncedFields, valuesOf } from '../../domain/sync/fields.ts';
import type { Db, Trx } from '../database/tables.ts';
import type { Principal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import { heldOf } from '../imports/held.ts';
import type { Vault } from '../vault/vault.ts';
import type { WorkItems } from '../work-items/items.ts';

export interface ReviewNeeds {
  readonly db: Db;
  readonly now: () => Date;
  readonly vault: Vault;
  readonly validator: Validator;
  readonly workItems: WorkItems;
  /** Asks for the form of the first visit, and gives the link to it. */
  inviteToForm(
    trx: Trx,
    of: { readonly clinic: string; readonly patient: string; readonly asker: Principal },
  ): Promise<{ readonly link: string; readonly isNew: boolean }>;
}

/** How an item for a patient stands: opened once, whatever often it is asked for. */
export interface ReviewOpened {
  readonly patient: string;
  readonly outcome: 'opened' | 'known';
  readonly structure: { readonly workItem: string; readonly missing: number };
  readonly refs: readonly string[];
}

const hoursToReview = 24;

/**
 * Opens the review of each patient, once.
 * @throws GaitError `reference.unknown` where the clinic has no such patient; then none of them is opened
 */
export function openReviews(
  needs: ReviewNeeds,
  clinic: string,
  patients: readonly string[],
  by: Principal,
): Promise<ReviewOpened[]> {
  return needs.db.transaction().execute(async (trx) => {
    const opened: ReviewOpened[] = [];
    for (const patient of patients) opened.push(await openReview(needs, trx, { clinic, patient, by }));
    return opened;
  });
}

async function openReview(
  needs: ReviewNeeds,
  trx: Trx,
  of: { readonly clinic: string; readonly patient: string; readonly by: Principal },
): Promise<ReviewOpened> {
  const { clinic, patient, by } = of;
  const row = await trx
    .selectFrom('patients')
    .select('ref')
    .where('clinic', '=', clinic)
    .where('ref', '=', patient)
    .executeTakeFirst();
  if (row === undefined)
    throw new GaitError('reference.unknown', 'This clinic has no such patient.', { where: 'patients' });
  const held = await heldOf(needs, trx, of);
  const values = valuesOf({ ...held.patient, coverage: held.coverage });
  const missing = syncedFields.filter((field) => (values[field] ?? null) === null).map((field) => fieldTitles[field]);
  const { workItem, created } = await needs.workItems.open(
    {
      clinic,
      key: `patient.review/${patient}`,
      kind: 'patient.review',
      subject: patient,
      workflow: null,
      dueAt: new Date(needs.now().getTime() + hoursToReview * 3_600_000).toISOString(),
      context: { missing: missing.length },
      reason:
        missing.length === 0 ? 'A new patient; nothing is missing' : `A new patient; missing: ${missing.join(', ')}`,
      draft: {
        patient: {
          ...held.patient.name,
          birthDate: held.patient.birthDate,
          phone: held.patient.contact.phone,
          email: held.patient.contact.email,
          address: (values.address ?? null)?.split('\n').join(', ') ?? null,
        },
        coverage:
          held.coverage === null
            ? null
            : {
                payerName: held.coverage.payerName,
                memberId: held.coverage.memberId,
                groupNumber: held.coverage.groupNumber,
                planName: held.coverage.planName,
              },
        missing,
      },
    },
    by,
    trx,
  );
  return {
    patient,
    outcome: created ? 'opened' : 'known',
    structure: { workItem, missing: missing.length },
    refs: [workItem],
  };
}
