// Names an effect in business terms, so that asking for it twice is asking for the same thing.

/**
 * The key of a submission to a payer: the authorization, its period, the kind of request and the attempt a person decided.
 * @param attempt counts the approvals of the same request from 1; only a person's new approval makes a new attempt
 */
export function submissionKey(of: { authorization: string; period: number; kind: string; attempt: number }): string {
  return `authorization.submit/${of.authorization}/${of.period}/${of.kind}/${of.attempt}`;
}

/** The key of a withdrawal: the submission it takes back. */
export function voidKey(submission: string): string {
  return `${submission}/void`;
}

/** The key of writing a payer's decision back to the PT system: the authorization, its period and what was decided. */
export function recordKey(of: { authorization: string; period: number; decision: string }): string {
  return `authorization.record/${of.authorization}/${of.period}/${of.decision}`;
}
