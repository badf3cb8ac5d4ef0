// How far a statement is about the service that was asked: the more exactly the payer answered, the more its word counts.
import type { Benefit } from './answer.ts';
import type { Confidence } from './fields.ts';

/** EB03 30: the plan as a whole. */
export const planServiceType = '30';

export interface Grade {
  readonly confidence: Confidence;
  readonly why: string;
}

/** @param wider service types that contain the one asked about; null: the statement is about other services */
export function grade({ serviceTypes }: Benefit, service: string, wider: readonly string[]): Grade | null {
  if (serviceTypes.includes(service)) return { confidence: 'high', why: `payer answered service type ${service}` };
  const containing = wider.find((type) => serviceTypes.includes(type));
  if (containing !== undefined)
    return { confidence: 'medium', why: `payer answered the wider service type ${containing}` };
  if (serviceTypes.includes(planServiceType))
    return { confidence: 'low', why: `payer answered service type ${planServiceType} only` };
  return serviceTypes.length === 0 ? { confidence: 'low', why: 'payer named no service type' } : null;
}

/** How far a statement about the plan as a whole counts for what is the plan's anyway: less surely only where nothing nearer was answered. */
export function gradeOfPlan(found: Grade, { answersService }: { readonly answersService: boolean }): Grade {
  if (found.confidence !== 'low' || !answersService) return found;
  return { confidence: 'medium', why: 'payer states it for the plan as a whole' };
}

/** The less certain of two. */
export function lower(one: Confidence, other: Confidence): Confidence {
  const order: readonly Confidence[] = ['low', 'medium', 'high'];
  return order.indexOf(one) < order.indexOf(other) ? one : other;
}
