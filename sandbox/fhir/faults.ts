// What the simulated FHIR endpoint can be told to have wrong with its next calls.
import type { FromSchema } from 'json-schema-to-ts';
import { faultQueue } from '../faults/queue.ts';
import { transportFaults, vendorFault } from '../faults/transport.ts';

export const operations = [
  'discovery',
  'token',
  'metadata',
  'read',
  'search',
  'create',
  'update',
  'export',
  'poll',
  'file',
] as const;
export type FaultyOperation = (typeof operations)[number];

/**
 * `tokenExpired` refuses a token and forgets it. `nextLoops`, `nextElsewhere` and `pageRepeats` spoil the link to the next page, `outcomeInBundle`
 * puts an error among the entries. `html` answers with a page of words, `xml` with the wrong content type. `outcome` is a refusal that quotes
 * what was sent. `exportGone` answers 410 for a job, `fileGone` for a file, `fileBreaksOff` ends a file within a line, `fileResets` closes
 * the connection there, `exportErrors` adds a file of errors. `withoutLocation` creates and does not tell what.
 */
export const faultNames = [
  ...transportFaults,
  'slow',
  'malformed',
  'tokenExpired',
  'outcome',
  'html',
  'xml',
  'nextLoops',
  'nextElsewhere',
  'pageRepeats',
  'outcomeInBundle',
  'exportGone',
  'exportFails',
  'exportErrors',
  'fileGone',
  'fileBreaksOff',
  'fileResets',
  'withoutLocation',
] as const;

/** Without `on` a fault waits for a search. */
const faultSchema = vendorFault(faultNames, operations, {
  /** Only calls about this type. */
  type: { type: 'string' },
});

export type Fault = FromSchema<typeof faultSchema>;

export const queueFaults = faultQueue<Fault>(faultSchema);
