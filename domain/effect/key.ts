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

/**
 * The key of a claim's submission. Frequency (CLM05-3) tells a replacement or a void from the original.
 * @param attempt counts the submissions of this frequency that a person was asked to approve, from 1
 */
export function claimKey(of: { claim: string; frequency: string; attempt: number }): string {
  return `claim.submit/${of.claim}/${of.frequency}/${of.attempt}`;
}

/** The key of taking a report away from a clearinghouse's mailbox: the copy that is kept of it. */
export function reportRemovalKey(kept: string): string {
  return `report.delete/${kept}`;
}

/** The key of writing a payer's decision back to the PT system: the authorization, its period and what was decided. */
export function recordKey(of: { authorization: string; period: number; decision: string }): string {
  return `authorization.record/${of.authorization}/${of.period}/${of.decision}`;
}

/** The key of handing a remittance on to the billing system: the copy that is kept of it, and the connection it goes over. */
export function remittanceHandOnKey(of: { kept: string; connection: string }): string {
  return `remittance.send/${of.kept}/${of.connection}`;
}

/** The key of handing a patient on to the billing system: what is known of them now, and the connection it goes over. */
export function clientHandOnKey(of: { patient: string; kept: string; connection: string }): string {
  return `client.export/${of.patient}/${of.kept}/${of.connection}`;
}

/** What the keys of effects begin with that make a patient known to another system. */
export function patientEffectPrefixes(patient: string): readonly string[] {
  return [`client.export/${patient}/`, `record.send/${patient}/`];
}

/** The key of making a patient known to a system, or of bringing them up to date there, with these values (`mark`). */
export function enterKey(of: { patient: string; connection: string; what: 'create' | 'update'; mark: string }): string {
  return `record.enter/${of.patient}/${of.connection}/${of.what}/${of.mark}`;
}

/** The key of a message to a patient over one channel, whatever vendor carries it. */
export function messageKey(of: { message: string; channel: string }): string {
  return `message.send/${of.message}/${of.channel}`;
}

/** The key of writing a patient into a system by a program, with these values (`mark`). */
export function sendKey(of: { patient: string; connection: string; what: 'create'; mark: string }): string {
  return `record.send/${of.patient}/${of.connection}/${of.what}/${of.mark}`;
}

/** The key of filing a signed note: the note and its signed version, whatever system takes it. */
export function noteKey(of: { note: string; version: number }): string {
  return `note.file/${of.note}/${of.version}`;
}
