// Composes the areas that follow authorizations: effects, steps, work items, imports, reports, and what sweeps after a crash.
import { setTimeout as sleep } from 'node:timers/promises';
import { ptSystems } from '../connectors/pt-systems.ts';
import { createLinker } from '../domain/linkage/linker.ts';
import { careDecisions } from './care/decisions.ts';
import { careEndpoints } from './care/endpoints.ts';
import { exercisePage } from './care/exercise-page.ts';
import { exerciseTaker } from './care/exercise.ts';
import { inviteToForm } from './care/intake.ts';
import { readCareBook } from './care/needs.ts';
import { authorizationEndpoints } from './authorizations/endpoints.ts';
import { createAuthorizations } from './authorizations/events.ts';
import { createPolicies, readRuleBook } from './authorizations/policies.ts';
import { connectWorkflows } from './temporal/workflows.ts';
import { chargeProposalEndpoints } from './charge-proposals/endpoints.ts';
import { proposeRound } from './charge-proposals/propose.ts';
import { claimEndpoints } from './claims/endpoints.ts';
import { claimFigureEndpoints } from './claims/figures/endpoints.ts';
import { claimLifeEndpoints } from './claims/life/endpoints.ts';
import { openClaimItem } from './claims/life/items.ts';
import { createClaimLives } from './claims/life/lives.ts';
import { readClaimRules } from './claims/life/rules.ts';
import { tellClaims } from './claims/life/sweep.ts';
import { claimEffects } from './effects/claims.ts';
import { keepSignIns } from './connections/keep.ts';
import { signInEndpoints } from './connections/sign-in.ts';
import { captureEndpoints } from './documentation/endpoints.ts';
import { readCaptureRules } from './documentation/rules.ts';
import { documentationDueEndpoints } from './documentation-due/endpoints.ts';
import { lookOverDocumentsDue } from './documentation-due/nightly.ts';
import { readDueRules } from './documentation-due/rules.ts';
import { createDataAudits } from './data-audit/audits.ts';
import { dataAuditEndpoints } from './data-audit/endpoints.ts';
import { readDataRules } from './data-audit/rules.ts';
import { doubtOpener } from './effects/doubt.ts';
import { createEffects } from './effects/effects.ts';
import { effectEndpoints } from './effects/endpoints.ts';
import { fileEffects } from './effects/files.ts';
import { fhirPatientEffects } from './effects/fhir-patient.ts';
import { messageEffects } from './effects/messages.ts';
import { noteEffects } from './effects/notes.ts';
import { reportEffects } from './effects/reports.ts';
import { therabillEffects } from './effects/therabill.ts';
import { createBatches } from './eligibility/batches.ts';
import { createChecks } from './eligibility/check.ts';
import { createDeliveries } from './eligibility/deliver.ts';
import { auditDecisions, readAuditRules } from './note-audits/audits.ts';
import { draftFigureEndpoints } from './note-audits/figures.ts';
import { episodeEndpoints } from './episodes/endpoints.ts';
import { eligibilityEndpoints } from './eligibility/endpoints.ts';
import { readEligibilityRules } from './eligibility/rules.ts';
import { createSettling } from './eligibility/settle.ts';
import { startBatches } from './eligibility/start.ts';
import { serviceReviewEffects } from './effects/service-reviews.ts';
import { settleAcknowledged } from './effects/acknowledged.ts';
import { sweepLeases } from './effects/sweep.ts';
import type { Endpoint } from './http/endpoint.ts';
import { importEndpoints } from './imports/endpoints.ts';
import { createImports } from './imports/import.ts';
import { scoreEndpoints } from './imports/scores.ts';
import { readSoon, watchConnections } from './imports/watch.ts';
import { listenerEndpoints } from './listeners/endpoints.ts';
import { createListeners } from './listeners/listeners.ts';
import { createTelling } from './listeners/tell.ts';
import { attendanceEndpoints } from './attendance/endpoints.ts';
import { lookOverDue } from './attendance/nightly.ts';
import { readAttendanceRules } from './attendance/rules.ts';
import { answering } from './messages/answers.ts';
import { messageDecisions } from './messages/decisions.ts';
import { messageEndpoints } from './messages/endpoints.ts';
import { takeEvent, takeEvents } from './messages/events.ts';
import { askLumaStatuses } from './messages/luma-statuses.ts';
import { readOutreachBook } from './messages/rules.ts';
import { tellMessages } from './messages/tell.ts';
import { morningReportEndpoints } from './morning-report/endpoints.ts';
import { createMorningReports } from './morning-report/reports.ts';
import { takeSigned, tellFilings } from './note-filing/begin.ts';
import { filingDecisions } from './note-filing/decisions.ts';
import { noteFilingEndpoints } from './note-filing/endpoints.ts';
import { readNoteRules } from './notes/rules.ts';
import { fetchTold } from './received/fetch.ts';
import { createHl7Listeners } from './received/mllp.ts';
import { janeWebhook } from './received/jane.ts';
import { stediWebhook } from './received/stedi.ts';
import { twilioWebhook } from './received/twilio.ts';
import { patientDecisions } from './patient-links/decisions.ts';
import { createPatientLinks } from './patient-links/links.ts';
import { reconciliationEndpoints } from './reconciliation/endpoints.ts';
import { reconcileDue } from './reconciliation/nightly.ts';
import { readPostingCodes } from './posting/codes.ts';
import { remittanceDecisions } from './posting/decisions.ts';
import { postingEndpoints } from './posting/endpoints.ts';
import { patientPaymentEndpoints } from './posting/patient-endpoints.ts';
import { readArrived } from './posting/files.ts';
import { onboardingEndpoints } from './onboarding/endpoints.ts';
import { operationEndpoints } from './operations/endpoints.ts';
import { noteEndpoints } from './notes/endpoints.ts';
import { modelWriter } from './notes/model-writer.ts';
import { createOperations } from './operations/operations.ts';
import { withinSeconds } from './operations/timeout.ts';
import { createVendor } from './operations/vendor.ts';
import { settleHeld } from './schedule/booked.ts';
import { planOfCareEndpoints } from './plans-of-care/endpoints.ts';
import { readPlansOfCare } from './plans-of-care/read.ts';
import { readPlanRules } from './plans-of-care/rules.ts';
import { progressEndpoints } from './progress/endpoints.ts';
import { conflictsAhead } from './schedule/conflicts.ts';
import { seriesDecisions } from './schedule/decisions.ts';
import { scheduleEndpoints } from './schedule/endpoints.ts';
import { readSeriesRules } from './schedule/rules.ts';
import { createSolver } from './scheduling/in-thread.ts';
import type { Services } from './services.ts';
import { todayEndpoints } from './today/endpoints.ts';
import { scrubEndpoints } from './scrub/endpoints.ts';
import { readScrubRules } from './scrub/rules.ts';
import { stepEndpoints } from './steps/endpoints.ts';
import { createFlows } from './steps/flows.ts';
import { createSteps } from './steps/steps.ts';
import { createDecisions } from './work-items/decide.ts';
import { workItemEndpoints } from './work-items/endpoints.ts';
import { offerTaker } from './waitlist/answers.ts';
import { waitlistDecisions } from './waitlist/decisions.ts';
import { waitlistEndpoints } from './waitlist/endpoints.ts';
import { readWaitlistRules } from './waitlist/rules.ts';
import { tellSlots } from './waitlist/tell.ts';
import { createWorkItems } from './work-items/items.ts';

/** How often what a crash left behind is looked for. */
const sweepMilliseconds = 2_000;
/** How long a server that stops waits for a vendor that is being asked; what it says is asked for again. */
const patienceSeconds = 5;

export interface Protocols {
  readonly endpoints: readonly Endpoint[];
  /** One round: leases that ran out, answers and decisions Temporal has not heard of, flows that were lost. */
  sweep(): Promise<void>;
  stop(): Promise<void>;
}

export async function composeProtocols(services: Services): Promise<Protocols> {
  const { config, log } = services;
  const policies = createPolicies({ ...services, book: await readRuleBook(services.validator) });
  const workflows = connectWorkflows(config);
  const vendor = createVendor(services);
  const shared = { ...services, policies, workflows, vendor };
  const workItems = createWorkItems(shared);
  const outreach = await readOutreachBook(services.validator);
  const waitlistRules = await readWaitlistRules(services.validator);
  const waiting = { ...shared, workItems, outreach, publicUrl: config.publicUrl, waitlistRules };
  const scheduling = { ...shared, workItems, seriesRules: await readSeriesRules(services.validator) };
  const noteRules = await readNoteRules(services.validator);
  const filing = { ...services, workItems, attestations: noteRules.signing.attestations };
  const effectOperations = [
    ...serviceReviewEffects(shared),
    ...claimEffects(shared),
    ...fileEffects(shared),
    ...reportEffects(),
    ...messageEffects({ ...shared, workItems, outreach, publicUrl: config.publicUrl }),
    ...fhirPatientEffects(shared),
    ...therabillEffects({ ...shared, workItems }),
    ...noteEffects(filing),
  ];
  const effects = createEffects({
    ...shared,
    operations: new Map(effectOperations.map((one) => [one.name, one])),
    doubt: doubtOpener(filing),
  });
  const codes = await readPostingCodes(services.validator);
  const posting = { ...shared, workItems, codes };
  const links = createPatientLinks(services);
  const decisions = createDecisions({
    ...shared,
    workItems,
    remittances: remittanceDecisions(posting),
    patients: patientDecisions({ ...services, links }),
    messages: messageDecisions({ ...services, workItems, outreach, publicUrl: config.publicUrl }),
    waitlist: waitlistDecisions(waiting),
    care: careDecisions(services),
    noteAudits: auditDecisions(services),
    series: seriesDecisions(scheduling),
    filings: filingDecisions(services),
  });
  const flows = createFlows(shared);
  const steps = createSteps({ ...shared, flows, workItems, n8nUrl: config.n8nUrl });
  const dataRules = await readDataRules(services.validator);
  const linker = createLinker(dataRules.linkage);
  const imports = createImports({ ...shared, workItems, linker });
  const rules = await readEligibilityRules(services.validator);
  const scrubRules = await readScrubRules(services.validator, config.tables);
  const claimRules = await readClaimRules(services.validator);
  const claimLife = { ...shared, scrubRules, workItems, claimRules };
  const dataAudits = createDataAudits({ ...shared, workItems, rules: dataRules });
  const settling = createSettling({ ...shared, rules, workItems });
  const batches = createBatches({ ...shared, rules, settling });
  const checks = createChecks({ ...shared, settling });
  const deliveries = createDeliveries(shared);
  const readings = createOperations({ ...shared, workItems, linker, imports });

  const caring = {
    ...services,
    workItems,
    outreach,
    publicUrl: config.publicUrl,
    careBook: await readCareBook(services.validator),
  };
  const messages = answering(
    { ...services, workItems, outreach, publicUrl: config.publicUrl },
    {
      'waitlist.offer': offerTaker(waiting),
      'waitlist.gone': offerTaker(waiting),
      'waitlist.withdrawn': offerTaker(waiting),
      'waitlist.notBooked': offerTaker(waiting),
      'exercise.reminder': exerciseTaker(caring),
    },
    { 'exercise.reminder': exercisePage(caring) },
  );

  const logged = async (what: string, round: () => Promise<unknown>): Promise<void> => {
    try {
      await round();
    } catch (error) {
      log.warn({ code: error instanceof Error ? error.name : 'unknown' }, `${what} did not finish`);
    }
  };

  const capturing = { ...shared, captureRules: await readCaptureRules(services.validator) };
  const sweep = async (): Promise<void> => {
    const rounds = [
      () => sweepLeases(services),
      () => settleAcknowledged(services),
      () => steps.sweep(),
      () => decisions.deliverWaiting(),
      () => startBatches(shared),
      () => tellClaims(claimLife),
      () => takeEvents({ ...messages, log }),
      () => tellMessages(shared),
      () => tellSlots(shared),
      () => readPlansOfCare(shared),
      () => proposeRound(capturing),
      () => settleHeld(scheduling),
      () => takeSigned(services),
      () => tellFilings(shared),
    ];
    for (const round of rounds) await logged('a sweep', round);
  };

  const stopping = new AbortController();
  /** Ends the pause of the sweep: something waits that need not wait for the next round. */
  let nudge = (): void => undefined;
  const nudged = () =>
    new Promise<void>((wake) => {
      nudge = wake;
    });
  const pause = () => sleep(sweepMilliseconds, undefined, { signal: stopping.signal }).catch(() => undefined);
  const repeated = async (wait: () => Promise<void>, round: () => Promise<unknown>): Promise<void> => {
    while (!stopping.signal.aborted) {
      await wait();
      if (!stopping.signal.aborted) await round();
    }
  };
  const sweeping = repeated(() => Promise.race([nudged(), pause()]), sweep);
  // A vendor that takes its time must not hold up what a crash left behind.
  const tellings = { ...services, n8nUrl: config.n8nUrl };
  const listenerTelling = createTelling(tellings);
  const telling = repeated(pause, () => logged('telling', () => listenerTelling.round()));
  const watching = repeated(pause, () =>
    logged('watching', () => watchConnections({ ...services, imports }, stopping.signal)),
  );
  const pushed = (place: { readonly clinic: string; readonly connection: string }): void =>
    void logged('hearing of a message', () => readSoon(services.db, place, services.now()));
  const hl7 = createHl7Listeners({ ...services, systems: Object.keys(ptSystems), kept: pushed });
  const listening = repeated(pause, () => logged('listening for HL7', () => hl7.refresh()));
  const posts = repeated(pause, () => readArrived(posting, stopping.signal));
  const fetching = repeated(pause, () => fetchTold({ ...services, operations: readings }, stopping.signal));
  const asking = repeated(pause, () =>
    logged('asking how messages came', () => askLumaStatuses(shared, stopping.signal)),
  );
  const keeping = repeated(pause, () => logged('keeping sign-ins', () => keepSignIns(shared, stopping.signal)));
  const importing = repeated(pause, () => logged('an import', () => imports.runWaiting(stopping.signal)));
  const reconciling = { ...shared, workItems, rules: dataRules.reconciliation };
  const comparing = repeated(pause, () => logged('a reconciliation', () => reconcileDue(reconciling, stopping.signal)));
  const attending = {
    ...services,
    workItems,
    attendanceRules: await readAttendanceRules(services.validator),
    conflictsAhead: async (clinic: string) => (await conflictsAhead(scheduling, services.db, clinic)).conflicts,
  };
  const documenting = {
    ...shared,
    workItems,
    dueRules: await readDueRules(services.validator),
    auditRules: await readAuditRules(services.validator),
  };
  const planning = { ...documenting, planRules: await readPlanRules(services.validator) };
  const lookingOverDocuments = repeated(pause, () =>
    logged('due documents', () => lookOverDocumentsDue(documenting, stopping.signal)),
  );
  const lookingOver = repeated(pause, () => logged('attendance', () => lookOverDue(attending, stopping.signal)));
  const auditing = repeated(pause, () => logged('a data audit', () => dataAudits.runWaiting(stopping.signal)));

  return {
    endpoints: [
      ...authorizationEndpoints({ ...shared, authorizations: createAuthorizations(shared) }),
      ...workItemEndpoints({
        ...shared,
        workItems,
        decisions,
        openClaimItem: (ask, by) => openClaimItem(claimLife, ask, by),
      }),
      ...effectEndpoints({ ...shared, ...filing, effects }),
      janeWebhook({ ...services, kept: pushed }),
      stediWebhook(services),
      twilioWebhook({
        ...services,
        received: async (event) => {
          await takeEvent(messages, event);
          nudge();
        },
      }),
      ...postingEndpoints(services),
      ...patientPaymentEndpoints(shared),
      ...claimEndpoints({ ...services, workItems }),
      ...claimLifeEndpoints({ ...claimLife, lives: createClaimLives(claimLife) }),
      // Before the page of one claim, whose address would take this one for a claim's.
      ...claimFigureEndpoints({ ...shared, scrubRules, figures: claimRules.figures }),
      ...scrubEndpoints({ ...shared, scrubRules }),
      ...stepEndpoints({ steps, flows }),
      ...operationEndpoints({ operations: readings, checks }),
      ...eligibilityEndpoints({ ...shared, rules, batches, deliveries, started: () => nudge() }),
      ...importEndpoints(shared),
      ...scoreEndpoints(services),
      ...signInEndpoints(shared),
      ...messageEndpoints(messages),
      ...waitlistEndpoints(waiting),
      ...attendanceEndpoints(attending),
      ...onboardingEndpoints({
        ...services,
        workItems,
        inviteToForm: (trx, of) => inviteToForm(caring, trx, { ...of, appointment: null }),
      }),
      ...careEndpoints(caring),
      ...scheduleEndpoints({ ...scheduling, solver: createSolver() }),
      ...listenerEndpoints({ ...tellings, listeners: createListeners(services) }),
      ...reconciliationEndpoints(reconciling),
      ...dataAuditEndpoints({ ...services, links, rules: dataRules, audits: dataAudits }),
      ...todayEndpoints({ ...services, dataRules }),
      ...morningReportEndpoints({ ...shared, reports: createMorningReports(shared) }),
      ...episodeEndpoints(shared),
      ...noteEndpoints({ ...shared, noteRules, draftWriter: modelWriter({ ...shared, noteRules }) }),
      ...documentationDueEndpoints(documenting),
      ...planOfCareEndpoints(planning),
      ...draftFigureEndpoints(services),
      ...progressEndpoints(planning),
      ...noteFilingEndpoints(filing),
      ...captureEndpoints(capturing),
      ...chargeProposalEndpoints(capturing),
    ],
    sweep,
    async stop() {
      stopping.abort();
      await sweeping;
      await posts;
      await telling;
      await listenerTelling.stop();
      await listening;
      await hl7.stop();
      await withinSeconds(watching, patienceSeconds);
      await auditing;
      await lookingOver;
      await lookingOverDocuments;
      await withinSeconds(importing, patienceSeconds);
      await withinSeconds(comparing, patienceSeconds);
      await withinSeconds(keeping, patienceSeconds);
      await withinSeconds(asking, patienceSeconds);
      await withinSeconds(fetching, patienceSeconds);
      await workflows.close();
    },
  };
}
