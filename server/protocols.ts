// Composes the areas that follow authorizations: effects, steps, work items, imports, reports, and what sweeps after a crash.
import { setTimeout as sleep } from 'node:timers/promises';
import { authorizationEndpoints } from './authorizations/endpoints.ts';
import { createAuthorizations } from './authorizations/events.ts';
import { createPolicies, readRuleBook } from './authorizations/policies.ts';
import { connectWorkflows } from './authorizations/workflows.ts';
import { doubtOpener } from './effects/doubt.ts';
import { createEffects } from './effects/effects.ts';
import { effectEndpoints } from './effects/endpoints.ts';
import { createBatches } from './eligibility/batches.ts';
import { createChecks } from './eligibility/check.ts';
import { createDeliveries } from './eligibility/deliver.ts';
import { eligibilityEndpoints } from './eligibility/endpoints.ts';
import { readEligibilityRules } from './eligibility/rules.ts';
import { createSettling } from './eligibility/settle.ts';
import { startBatches } from './eligibility/start.ts';
import { serviceReviewEffects } from './effects/service-reviews.ts';
import { sweepLeases } from './effects/sweep.ts';
import type { Endpoint } from './http/endpoint.ts';
import { importEndpoints } from './imports/endpoints.ts';
import { createImports } from './imports/import.ts';
import { morningReportEndpoints } from './morning-report/endpoints.ts';
import { createMorningReports } from './morning-report/reports.ts';
import { operationEndpoints } from './operations/endpoints.ts';
import { createOperations } from './operations/operations.ts';
import { createVendor } from './operations/vendor.ts';
import type { Services } from './services.ts';
import { stepEndpoints } from './steps/endpoints.ts';
import { createFlows } from './steps/flows.ts';
import { createSteps } from './steps/steps.ts';
import { createDecisions } from './work-items/decide.ts';
import { workItemEndpoints } from './work-items/endpoints.ts';
import { createWorkItems } from './work-items/items.ts';

/** How often what a crash left behind is looked for. */
const sweepMilliseconds = 2_000;

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
  const operations = new Map(serviceReviewEffects(shared).map((one) => [one.name, one]));
  const effects = createEffects({ ...shared, operations, doubt: doubtOpener(workItems) });
  const decisions = createDecisions(shared);
  const flows = createFlows(shared);
  const steps = createSteps({ ...shared, flows, workItems, n8nUrl: config.n8nUrl });
  const imports = createImports(shared);
  const rules = await readEligibilityRules(services.validator);
  const settling = createSettling({ ...shared, rules, workItems });
  const batches = createBatches({ ...shared, rules, settling });
  const checks = createChecks({ ...shared, settling });
  const deliveries = createDeliveries(shared);

  const sweep = async (): Promise<void> => {
    const rounds = [
      () => sweepLeases(services),
      () => steps.sweep(),
      () => decisions.deliverWaiting(),
      () => startBatches(shared),
    ];
    for (const round of rounds) {
      try {
        await round();
      } catch (error) {
        log.warn({ code: error instanceof Error ? error.name : 'unknown' }, 'a sweep did not finish');
      }
    }
  };

  const stopping = new AbortController();
  const sweeping = (async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await sleep(sweepMilliseconds, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (!stopping.signal.aborted) await sweep();
    }
  })();

  return {
    endpoints: [
      ...authorizationEndpoints({ ...shared, authorizations: createAuthorizations(shared) }),
      ...workItemEndpoints({ ...shared, workItems, decisions }),
      ...effectEndpoints({ ...shared, effects, workItems }),
      ...stepEndpoints({ steps, flows }),
      ...operationEndpoints({ operations: createOperations({ ...shared, imports }), checks }),
      ...eligibilityEndpoints({ ...shared, rules, batches, deliveries }),
      ...importEndpoints(shared),
      ...morningReportEndpoints({ ...shared, reports: createMorningReports(shared) }),
    ],
    sweep,
    async stop() {
      stopping.abort();
      await sweeping;
      await workflows.close();
    },
  };
}
