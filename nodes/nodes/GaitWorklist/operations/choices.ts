// The kinds of work items and the roles of a clinic, as the editor offers them.
import type { INodePropertyOptions } from 'n8n-workflow';

export const kindOptions: INodePropertyOptions[] = [
  { name: 'Authorization: Answer', value: 'authorization.answer' },
  { name: 'Authorization: Denied', value: 'authorization.denied' },
  { name: 'Authorization: Held', value: 'authorization.held' },
  { name: 'Authorization: Number', value: 'authorization.number' },
  { name: 'Authorization: Partly Approved', value: 'authorization.partial' },
  { name: 'Authorization: Record', value: 'authorization.record' },
  { name: 'Authorization: Request', value: 'authorization.request' },
  { name: 'Authorization: Send', value: 'authorization.send' },
  { name: 'Authorization: Uncertain', value: 'authorization.uncertain' },
  { name: 'Authorization: Uncovered Visit', value: 'authorization.uncovered' },
  { name: 'Claim: Appeal', value: 'claim.appeal' },
  { name: 'Claim: Denied', value: 'claim.denied' },
  { name: 'Claim: Fix', value: 'claim.fix' },
  { name: 'Claim: Follow Up', value: 'claim.followUp' },
  { name: 'Claim: Held', value: 'claim.held' },
  { name: 'Claim: Patient Balance', value: 'claim.patientBalance' },
  { name: 'Claim: Payment Plan', value: 'claim.paymentPlan' },
  { name: 'Claim: Send', value: 'claim.send' },
  { name: 'Claim: Submit', value: 'claim.submit' },
  { name: 'Claim: Uncertain', value: 'claim.uncertain' },
  { name: 'Eligibility: Call', value: 'eligibility.call' },
  { name: 'Eligibility: Correct', value: 'eligibility.correct' },
  { name: 'File: Upload', value: 'file.upload' },
  { name: 'Flow: Missing', value: 'flow.missing' },
  { name: 'Flow: To Do', value: 'flow.task' },
  { name: 'Patient: Conflict', value: 'patient.conflict' },
  { name: 'Patient: Review', value: 'patient.review' },
  { name: 'Patient: Welcome', value: 'patient.welcome' },
  { name: 'Record: Enter', value: 'record.enter' },
  { name: 'Record: Given Up', value: 'record.gone' },
  { name: 'Remittance: Unbalanced', value: 'remittance.unbalanced' },
  { name: 'Remittance: Unmatched', value: 'remittance.unmatched' },
];

export const roleOptions: INodePropertyOptions[] = [
  { name: 'Administrator', value: 'admin' },
  { name: 'Biller', value: 'biller' },
  { name: 'Front Desk', value: 'frontDesk' },
  { name: 'Therapist', value: 'therapist' },
];
