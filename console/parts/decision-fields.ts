// What each decision asks of the person who makes it: its fields, and the body that the server is sent.
import { instantOf } from '../../domain/zoned-time.ts';
import type { DecisionName, Json } from '../api.ts';

export interface DecisionField {
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'longText' | 'number' | 'date' | 'dateTime' | 'choice';
  readonly required: boolean;
  readonly hint?: string;
  readonly choices?: readonly (readonly [value: string, label: string])[];
  /** A day that is today unless somebody says otherwise. */
  readonly today?: boolean;
}

const reason = (required: boolean, label = 'Reason'): DecisionField => ({
  name: 'reason',
  label,
  type: 'longText',
  required,
});

const confirmation: DecisionField = {
  name: 'confirmation',
  label: 'Confirmation number',
  type: 'text',
  required: true,
  hint: 'The number of the portal, the fax report or the name of the person on the phone.',
};

/** The fields of a decision, in the order they are asked. */
export function fieldsOf(decision: DecisionName): readonly DecisionField[] {
  switch (decision) {
    case 'reject':
    case 'setAside':
    case 'postAnyway':
      return [reason(true)];
    case 'sent':
      return [
        {
          name: 'channel',
          label: 'Channel',
          type: 'choice',
          required: true,
          choices: [
            ['portal', 'Portal'],
            ['fax', 'Fax'],
            ['phone', 'Phone'],
          ],
        },
        { name: 'at', label: 'Sent at', type: 'dateTime', required: true },
        confirmation,
      ];
    case 'answered':
      return [
        {
          name: 'status',
          label: 'Answer',
          type: 'choice',
          required: true,
          choices: [
            ['approved', 'Approved'],
            ['partlyApproved', 'Partly approved'],
            ['denied', 'Denied'],
            ['pended', 'Pended'],
            ['cancelled', 'Cancelled'],
          ],
        },
        { name: 'number', label: 'Authorization number', type: 'text', required: false },
        { name: 'visitsApproved', label: 'Visits approved', type: 'number', required: false },
        { name: 'unitsApproved', label: 'Units approved', type: 'number', required: false },
        { name: 'from', label: 'Approved from', type: 'date', required: false },
        { name: 'to', label: 'Approved to', type: 'date', required: false },
        {
          name: 'reasonCodes',
          label: 'Reason codes',
          type: 'text',
          required: false,
          hint: 'As the payer wrote them, with a comma between two.',
        },
        { name: 'receivedOn', label: 'Received on', type: 'date', required: true, today: true },
        {
          name: 'reasonText',
          label: 'Payer’s reason',
          type: 'longText',
          required: false,
          hint: 'In the payer’s own words; an appeal answers them.',
        },
      ];
    case 'notRequired':
      return [
        { name: 'on', label: 'The payer said so on', type: 'date', required: true },
        reason(false, 'Note (optional)'),
      ];
    case 'stillPending':
      return [{ name: 'until', label: 'Ask again on', type: 'date', required: true }];
    case 'wasSent':
      return [confirmation];
    case 'match':
      return [
        {
          name: 'claim',
          label: 'Claim',
          type: 'text',
          required: true,
          hint: 'Its number, or the reference shown beside a claim that may be it.',
        },
        reason(false, 'Note (optional)'),
      ];
    case 'corrected':
      return [{ name: 'number', label: 'Authorization number', type: 'text', required: true }];
    case 'appeal':
    case 'accept':
    case 'close':
    case 'resume':
    case 'askNewPayer':
    case 'moved':
    case 'covered':
    case 'goAhead':
    case 'notDone':
    case 'send':
    case 'reached':
    case 'notReached':
    case 'confirmed':
    case 'cannotCome':
    case 'leftWord':
    case 'wrongNumber':
    case 'wantsNone':
    case 'bookSoon':
    case 'planChanged':
    case 'discharge':
    case 'checkedIn':
    case 'sound':
    case 'notLooked':
    case 'handled':
    case 'meansStop':
    case 'ends':
    case 'fewer':
    case 'goesOn':
    case 'wasNotSent':
      return [reason(false, 'Note (optional)')];
    case 'notNeeded':
    case 'writeOff':
    case 'notUploaded':
    case 'minorFaults':
    case 'seriousFaults':
    case 'asItIs':
      return [reason(true)];
    case 'merge':
      return [
        {
          name: 'stays',
          label: 'Which record stays',
          type: 'choice',
          required: true,
          choices: [
            ['first', 'The first record'],
            ['second', 'The second record'],
          ],
          hint: 'It answers for both; nothing of the other one is deleted.',
        },
        reason(false, 'Note (optional)'),
      ];
    case 'agreed':
      return [
        { name: 'consent', label: 'Where the signed agreement is kept', type: 'text', required: true },
        { name: 'until', label: 'Last payment on', type: 'date', required: true },
      ];
    case 'fixed':
    case 'correct':
    case 'billPatient':
    case 'paid':
    case 'denied':
    case 'notOnFile':
    case 'billed':
    case 'offerPlan':
    case 'declined':
    case 'complete':
    case 'keep':
    case 'follow':
    case 'seen':
    case 'keepApart':
      return [reason(false, 'Note (optional)')];
    case 'approve':
    case 'recorded':
    case 'called':
    case 'checkAgain':
    case 'uploaded':
    case 'entered':
    case 'done':
      return [];
  }
}

/** Whether a decision leads towards the payer, so that what will be sent is named once more before it counts. */
export function leadsToSubmission(decision: DecisionName): boolean {
  return decision === 'approve' || decision === 'wasNotSent' || decision === 'appeal';
}

/** The labels of required fields that were left empty. */
export function leftEmpty(decision: DecisionName, values: ReadonlyMap<string, string>): string[] {
  return fieldsOf(decision)
    .filter((field) => field.required && (values.get(field.name) ?? '').trim() === '')
    .map((field) => field.name);
}

/**
 * The body of the decision as the server expects it.
 * @param values what the form holds, by field name; dates `YYYY-MM-DD`, times as the clinic's clock shows them
 * @param now the present instant, ISO UTC
 */
export function decisionBody(
  decision: DecisionName,
  hash: string | null,
  values: ReadonlyMap<string, string>,
  zone: string,
  now: string,
): { decision: DecisionName; hash?: string; reason?: string; outcome?: Json } {
  const value = (name: string): string | null => {
    const text = (values.get(name) ?? '').trim();
    return text === '' ? null : text;
  };
  const why = value('reason');
  const outcome = outcomeOf(decision, value, zone, now);
  return {
    decision,
    ...(hash === null ? {} : { hash }),
    ...(why === null ? {} : { reason: why }),
    ...(outcome === null ? {} : { outcome }),
  };
}

function outcomeOf(decision: DecisionName, value: (name: string) => string | null, zone: string, now: string): Json {
  switch (decision) {
    case 'sent':
      return {
        channel: value('channel'),
        at: instantOf(value('at') ?? '', zone),
        confirmation: value('confirmation'),
      };
    case 'answered': {
      const count = (name: string): number | null => (value(name) === null ? null : Number(value(name)));
      return {
        status: value('status'),
        number: value('number'),
        visitsApproved: count('visitsApproved'),
        unitsApproved: count('unitsApproved'),
        from: value('from'),
        to: value('to'),
        reasonCodes: (value('reasonCodes') ?? '').split(/[\s,;]+/).filter((code) => code !== ''),
        reasonText: value('reasonText'),
        vendorRequestId: null,
        receivedAt: receivedAt(value('receivedOn'), zone, now),
      };
    }
    case 'match':
      return { claim: value('claim') };
    case 'merge':
      return { stays: value('stays') };
    case 'agreed':
      return { consent: value('consent'), until: value('until') };
    case 'stillPending':
      return { until: value('until') };
    case 'notRequired':
      return { on: value('on') };
    case 'wasSent':
      return { confirmation: value('confirmation') };
    case 'corrected':
      return { number: value('number') };
    default:
      return null;
  }
}

/** An instant of the day on which the answer came, by the clinic's clock: noon, or now while today's noon is still ahead. */
function receivedAt(day: string | null, zone: string, now: string): string {
  const noon = instantOf(`${day ?? ''}T12:00`, zone);
  return noon !== null && noon < now ? noon : now;
}
