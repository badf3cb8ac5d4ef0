// Every context a rule may run over.
import type { ScrubContext } from '../context.ts';
import { assistedCodeContext } from './assisted-codes.ts';
import { authorizationNumberContext, authorizedDayContext } from './authorizations.ts';
import { certificationContext } from './certifications.ts';
import { chargedCodeContext } from './charged-codes.ts';
import { claimDayContext, unchargedVisitContext } from './claim-days.ts';
import { claimContext } from './claim.ts';
import { codeDayContext } from './code-day.ts';
import { codeContext } from './coded-line.ts';
import { diagnosisContext } from './diagnosis.ts';
import { filingDayContext } from './filing-day.ts';
import { functionalReportContext } from './functional-reports.ts';
import { lineContext } from './line.ts';
import { outcomeMeasureContext } from './outcome-measures.ts';
import { placeContext } from './place.ts';
import { progressReportContext } from './progress-reports.ts';
import { ptpPairContext } from './ptp-pair.ts';
import { therapyYearContext } from './therapy-year.ts';
import { timedCodeContext, unchargedCodeContext } from './timed-codes.ts';

export const contexts: readonly ScrubContext[] = [
  claimContext,
  diagnosisContext,
  placeContext,
  filingDayContext,
  lineContext,
  codeContext,
  codeDayContext,
  ptpPairContext,
  therapyYearContext,
  claimDayContext,
  unchargedVisitContext,
  chargedCodeContext,
  timedCodeContext,
  unchargedCodeContext,
  assistedCodeContext,
  authorizationNumberContext,
  authorizedDayContext,
  certificationContext,
  progressReportContext,
  outcomeMeasureContext,
  functionalReportContext,
];
