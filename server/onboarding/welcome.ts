// Asks the front desk to welcome a new patient and to send the intake forms: the words ready to be sent, by Gait or by hand, once a named person says so.
import { GaitError } from '../../domain/errors.ts';
import { fieldTitles } from '../../domain/sync/fields.ts';
import type { Trx } from '../database/tables.ts';
import type { Principal } from '../http/principal.ts';
import { heldOf } from '../imports/held.ts';
import { clinicOf } from '../messages/needs.ts';
import type { ReviewNeeds, ReviewOpened } from './review.ts';

const hoursToSend = 24;
/** What the draft calls the words. */
export const messageLabel = 'Message';

/**
 * Opens one item per patient, once. The words say no more than which clinic writes and where the forms are: who reads a telephone
 * over somebody's shoulder learns nothing about a treatment.
 * @throws GaitError `reference.unknown` where the clinic has no such patient; then none of them is opened
 */
export function openWelcomes(
  needs: ReviewNeeds,
  clinic: string,
  patients: readonly string[],
  by: Principal,
): Promise<ReviewOpened[]> {
  return needs.db.transaction().execute(async (trx) => {
    const opened: ReviewOpened[] = [];
    for (const patient of patients) opened.push(await openWelcome(needs, trx, { clinic, patient, by }));
    return opened;
  });
}

/** A clinic without a form elsewhere has Gait's; who was asked for it with a booking is not asked once more. */
async function wordsOf(
  needs: ReviewNeeds,
  trx: Trx,
  of: { readonly clinic: string; readonly patient: string; readonly by: Principal },
): Promise<string> {
  const { clinic, patient, by: asker } = of;
  const { name, formsUrl, welcome } = await clinicOf(trx, clinic);
  if (welcome !== null) return welcome;
  if (formsUrl !== null)
    return `Welcome to ${name}. Please fill in your forms before you come: ${formsUrl} Reply STOP to get no more messages.`;
  const { link, isNew } = await needs.inviteToForm(trx, { clinic, patient, asker });
  return `Welcome to ${name}.${isNew ? ` Your forms: ${link}` : ''} STOP ends texts.`;
}

async function openWelcome(
  needs: ReviewNeeds,
  trx: Trx,
  of: { readonly clinic: string; readonly patient: string; readonly by: Principal },
): Promise<ReviewOpened> {
  const { clinic, patient, by } = of;
  const known = await trx
    .selectFrom('patients')
    .select('ref')
    .where('clinic', '=', clinic)
    .where('ref', '=', patient)
    .executeTakeFirst();
  if (known === undefined)
    throw new GaitError('reference.unknown', 'This clinic has no such patient.', { where: 'patients' });
  const { contact } = (await heldOf(needs, trx, of)).patient;
  const ways = [
    { label: fieldTitles.phone, value: contact.phone },
    { label: fieldTitles.email, value: contact.email },
  ].filter(({ value }) => value !== null);
  const { workItem, created } = await needs.workItems.open(
    {
      clinic,
      key: `patient.welcome/${patient}`,
      kind: 'patient.welcome',
      subject: patient,
      workflow: null,
      dueAt: new Date(needs.now().getTime() + hoursToSend * 3_600_000).toISOString(),
      context: { ways: ways.length },
      reason:
        ways.length === 0
          ? 'A new patient of whom neither a telephone number nor an e-mail address is known: hand the forms over'
          : 'A new patient: welcome them and send the intake forms',
      draft: {
        system: 'Text message or e-mail',
        values: [...ways, { label: messageLabel, value: await wordsOf(needs, trx, of) }],
      },
    },
    by,
    trx,
  );
  return {
    patient,
    outcome: created ? 'opened' : 'known',
    structure: { workItem, missing: 2 - ways.length },
    refs: [workItem],
  };
}
