// Every billing table a rule may ask, as one value; several editions of CMS's own stand side by side.
import type { CodeTable } from './codes.ts';
import type { FeeScheduleTable } from './fee-schedule.ts';
import type { MueTable } from './mue.ts';
import type { PtpTable } from './ptp.ts';
import type { Threshold } from './thresholds.ts';

export interface BillingTables {
  /** An edition holds its own history, late corrections too: `newestEdition` is asked for every day of service. */
  readonly ptp: readonly PtpTable[];
  /** An edition holds its own quarter only: `editionOn` the day of service; of the fees too. */
  readonly mue: readonly MueTable[];
  readonly fees: readonly FeeScheduleTable[];
  readonly codes: CodeTable;
  readonly thresholds: readonly Threshold[];
}
