// What following claims needs of the server.
import type { Audit } from '../../audit/append.ts';
import type { ScrubNeeds } from '../../scrub/scrub.ts';
import type { Workflows } from '../../temporal/workflows.ts';
import type { WorkItems } from '../../work-items/items.ts';
import type { ClaimRules } from './rules.ts';

export interface LifeNeeds extends ScrubNeeds {
  readonly audit: Audit;
  readonly claimRules: ClaimRules;
  readonly workflows: Workflows;
  readonly workItems: WorkItems;
}
