// In which phase of a protocol a patient stands, by what was found: each criterion met, not met, or not known.
import { GaitError } from '../errors.ts';
import type { Session } from '../session/schema.ts';
import type { Criterion, Phase, Protocol } from './protocol-schema.ts';

export interface Judged {
  readonly words: string;
  /** null: not found, or only a person can tell. */
  readonly met: boolean | null;
  /** The number it was judged by. */
  readonly found: number | null;
}

export interface Standing {
  readonly phase: Phase;
  /** What begins the phase after it, judged; none where it is the last. */
  readonly next: readonly Judged[];
}

/** What a protocol's criteria are held against. */
export interface Findings {
  readonly session: Session;
  /** The side treated; null: not told, then a finding of either side counts only where there is no other. */
  readonly side: Session['rangeOfMotion'][number]['side'];
}

/** The last phase of which all criteria, and all of those before it, are surely met. @throws GaitError `input.invalid` for a protocol without one */
export function standingIn(protocol: Protocol, findings: Findings): Standing {
  let standing = protocol.phases[0];
  if (standing === undefined)
    throw new GaitError('input.invalid', 'A protocol has no phase', { where: protocol.id, fix: 'Give it one' });
  for (const [at, phase] of protocol.phases.entries()) {
    const judged = judge(phase, protocol, findings);
    if (at > 0 && !judged.every(({ met }) => met === true)) return { phase: standing, next: judged };
    standing = phase;
  }
  return { phase: standing, next: [] };
}

function judge(phase: Phase, protocol: Protocol, findings: Findings): Judged[] {
  return phase.begins.map((criterion) => {
    const found = findingOf(criterion, protocol, findings);
    const { value, side, words } = criterion;
    const met = found === null || value === null ? null : side === 'most' ? found <= value : found >= value;
    return { words, met, found };
  });
}

function findingOf({ of, motion, measure }: Criterion, { part }: Protocol, findings: Findings): number | null {
  const { session } = findings;
  if (of === 'range') return motion === null ? null : rangeFound(findings, part, motion);
  if (of === 'pain') return only(session.pain.filter(({ when }) => when === 'after').map(({ score }) => score));
  if (of === 'measure')
    return only(session.measures.filter((one) => one.measure === measure).map(({ score }) => score));
  return null;
}

/** The degrees of a motion on the treated side; active before passive. null: not found, or several that differ. */
export function rangeFound({ session, side }: Findings, part: string, motion: string): number | null {
  const all = session.rangeOfMotion.filter((one) => one.part === part && one.motion === motion);
  const own = all.filter((one) => side === null || one.side === side || one.side === null);
  const active = own.filter(({ mode }) => mode !== 'passive');
  return only((active.length > 0 ? active : own).map(({ degrees }) => degrees));
}

/** The one number that all say; null where one is not known or they differ. */
function only(values: readonly (number | null)[]): number | null {
  const [first] = values;
  return first !== undefined && values.every((value) => value === first) ? first : null;
}
