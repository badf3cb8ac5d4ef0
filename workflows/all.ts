// The entry of the workflow bundle: every workflow type a worker offers.

export { authorization } from './authorization/workflow.ts';
export { claim } from './claim/workflow.ts';
export { message } from './message/workflow.ts';
export { waitlistOffer } from './waitlist-offer/workflow.ts';
export { eligibilityBatch } from './eligibility-batch/workflow.ts';
export { noteFiling } from './note-filing/workflow.ts';
