// What plans of care are made of.
import type { DueRules } from '../../domain/documentation-due/item.ts';
import type { Policies } from '../authorizations/policies.ts';
import type { EpisodeNeeds } from '../episodes/episodes.ts';
import type { PlanRules } from './rules.ts';

export interface PlanNeeds extends EpisodeNeeds {
  readonly policies: Policies;
  readonly planRules: PlanRules;
  readonly dueRules: DueRules;
}
