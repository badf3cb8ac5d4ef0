// A payer's answer as values a person copies into WebPT's authorization form, field by field, in WebPT's words.
import type { AuthorizationAnswer } from '../../domain/authorization/answer-schema.ts';
import { written } from '../csv/dates.ts';
import type { Profile } from '../reports/profile.ts';

/** A value ready to copy; `null`: the payer did not say, leave the field as it is. `phi` names what the value identifies. */
export interface CopyReadyField {
  readonly label: string;
  readonly value: string | null;
  readonly phi: 'recordNumber' | null;
}

/** The outcome is always a work item: WebPT has no public way in. */
export interface CopyReady {
  readonly outcome: 'workItem';
  readonly fields: readonly CopyReadyField[];
}

/** The status word is the first the profile lists for it. */
export function copyReadyValues(profile: Profile, answer: AuthorizationAnswer): CopyReady {
  const { recordLabels, dateFormats } = profile;
  const [format] = dateFormats;
  const status = profile.words.authorizationStatus[answer.status]?.[0] ?? null;
  const field = (label: string, value: string | null, phi: CopyReadyField['phi'] = null): CopyReadyField => ({
    label,
    value,
    phi,
  });
  const count = (value: number | null): string | null => (value === null ? null : String(value));
  return {
    outcome: 'workItem',
    fields: [
      field(recordLabels.number, answer.number, 'recordNumber'),
      field(recordLabels.status, status),
      field(recordLabels.from, written(answer.from, format)),
      field(recordLabels.to, written(answer.to, format)),
      field(recordLabels.visits, count(answer.visitsApproved)),
      field(recordLabels.units, count(answer.unitsApproved)),
    ],
  };
}
