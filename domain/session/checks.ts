// What is odd about a session while it is captured: minutes that do not add up, units they support, sides and values that cannot be.
import type { CodeTable } from '../billing-tables/codes.ts';
import { GaitError } from '../errors.ts';
import type { UnitRule } from '../units/rule-schema.ts';
import { countUnits } from '../units/units.ts';
import type { UnitCount } from '../units/units.ts';
import type { Session } from './schema.ts';
import { sidedParts } from './words.ts';

export interface SessionFinding {
  readonly id:
    | 'minutes.timedSum'
    | 'minutes.totalBelowTimed'
    | 'minutes.missing'
    | 'code.missing'
    | 'code.refused'
    | 'side.missing'
    | 'range.beyond'
    | 'range.order'
    | 'supervision.missing'
    | 'unsure'
    | 'carriedForward';
  /** `error`: cannot be so. `ask`: to be looked at before a draft is made. */
  readonly severity: 'error' | 'ask';
  /** JSON pointer into the session. */
  readonly pointer: string;
  readonly message: string;
}

export interface SessionCheck {
  readonly findings: readonly SessionFinding[];
  /** What the minutes support; null where they do not add up to a count. */
  readonly units: UnitCount | null;
}

/** Degrees beyond which no joint goes; wide, for it is to catch a slip of the tongue and not a rare patient. */
const widest = { most: 200, least: -60 } as const;

/** @param rule how the payer counts; null: not known, and no units are counted */
export function checkSession(session: Session, codes: CodeTable, rule: UnitRule | null): SessionCheck {
  const findings: SessionFinding[] = [
    ...minuteFindings(session, codes),
    ...sideFindings(session),
    ...rangeFindings(session),
    ...markFindings(session),
  ];
  const { findings: refused, units } = unitsOf(session, codes, rule);
  return { findings: [...findings, ...refused], units };
}

function minuteFindings(session: Session, codes: CodeTable): SessionFinding[] {
  const findings: SessionFinding[] = [];
  let timed = 0;
  let isComplete = true;
  session.interventions.forEach(({ code, minutes }, at) => {
    const pointer = `/interventions/${at}`;
    if (code === null) {
      isComplete = false;
      findings.push({
        id: 'code.missing',
        severity: 'ask',
        pointer,
        message: 'No code says what this is charged under.',
      });
      return;
    }
    if (codes.lookup(code)?.time.kind !== 'timed') return;
    if (minutes === null) {
      isComplete = false;
      findings.push({
        id: 'minutes.missing',
        severity: 'ask',
        pointer,
        message: `${code} is counted by minutes, and none are recorded.`,
      });
    } else timed += minutes;
  });
  if (isComplete && session.timedMinutes !== null && session.timedMinutes !== timed)
    findings.push({
      id: 'minutes.timedSum',
      severity: 'error',
      pointer: '/timedMinutes',
      message: `The timed treatments add up to ${timed} minutes, and ${session.timedMinutes} are recorded.`,
    });
  if (session.totalMinutes !== null && session.totalMinutes < Math.max(timed, session.timedMinutes ?? 0))
    findings.push({
      id: 'minutes.totalBelowTimed',
      severity: 'error',
      pointer: '/totalMinutes',
      message: 'The whole treatment took less time than its timed part.',
    });
  if (session.clinicians.some(({ credential }) => credential === 'PTA') && session.supervision === null)
    findings.push({
      id: 'supervision.missing',
      severity: 'ask',
      pointer: '/supervision',
      message: 'An assistant treated; how she was supervised is not recorded.',
    });
  return findings;
}

function unitsOf(session: Session, codes: CodeTable, rule: UnitRule | null): SessionCheck {
  if (rule === null) return { findings: [], units: null };
  const minutes: Record<string, number> = {};
  for (const entry of session.interventions) {
    if (entry.code === null || codes.lookup(entry.code)?.time.kind !== 'timed') continue;
    if (entry.minutes === null) return { findings: [], units: null };
    minutes[entry.code] = (minutes[entry.code] ?? 0) + entry.minutes;
  }
  try {
    return { findings: [], units: countUnits(rule, { minutes, on: session.date, codes }) };
  } catch (error) {
    if (!(error instanceof GaitError)) throw error;
    return {
      findings: [{ id: 'code.refused', severity: 'error', pointer: '/interventions', message: error.message }],
      units: null,
    };
  }
}

const sided: ReadonlySet<string | null> = new Set(sidedParts);

function sideFindings(session: Session): SessionFinding[] {
  const places = [
    ...session.rangeOfMotion.map((entry, at) => ({ ...entry, pointer: `/rangeOfMotion/${at}` })),
    ...session.strength.map((entry, at) => ({ ...entry, pointer: `/strength/${at}` })),
    ...session.pain.map((entry, at) => ({ ...entry, pointer: `/pain/${at}` })),
    ...session.interventions.map((entry, at) => ({ ...entry, pointer: `/interventions/${at}` })),
  ];
  return places
    .filter(({ part, side }) => sided.has(part) && (side === null || side === 'midline'))
    .map(({ part, pointer }) => ({
      id: 'side.missing',
      severity: 'ask',
      pointer,
      message: `Left or right is not recorded: ${part ?? ''}.`,
    }));
}

function rangeFindings({ rangeOfMotion }: Session): SessionFinding[] {
  const findings: SessionFinding[] = [];
  rangeOfMotion.forEach(({ degrees, part, motion, side, mode }, at) => {
    if (degrees === null) return;
    const pointer = `/rangeOfMotion/${at}`;
    if (degrees > widest.most || degrees < widest.least)
      findings.push({
        id: 'range.beyond',
        severity: 'error',
        pointer,
        message: `${degrees}° is beyond what a joint does.`,
      });
    const passive = rangeOfMotion.find(
      (other) => other.part === part && other.motion === motion && other.side === side && other.mode === 'passive',
    );
    if (mode === 'active' && passive !== undefined && passive.degrees !== null && degrees > passive.degrees)
      findings.push({
        id: 'range.order',
        severity: 'ask',
        pointer,
        message: 'More motion was recorded by own effort than with help.',
      });
  });
  return findings;
}

interface Marked {
  readonly carriedForward?: boolean;
  readonly unsure?: readonly { readonly field: string; readonly why: string }[];
}

function markFindings(session: Session): SessionFinding[] {
  const lists: readonly (readonly [string, readonly Marked[]])[] = [
    ['/subjective/reports', session.subjective.reports],
    ['/pain', session.pain],
    ['/rangeOfMotion', session.rangeOfMotion],
    ['/strength', session.strength],
    ['/specialTests', session.specialTests],
    ['/balance', session.balance],
    ['/function', session.function],
    ['/measures', session.measures],
    ['/interventions', session.interventions],
    ['/goals', session.goals],
  ];
  return lists.flatMap(([root, entries]) => entries.flatMap((entry, at) => marksOf(entry, `${root}/${at}`)));
}

function marksOf({ carriedForward, unsure }: Marked, pointer: string): SessionFinding[] {
  const doubts = (unsure ?? []).map(
    ({ field, why }): SessionFinding => ({
      id: 'unsure',
      severity: 'ask',
      pointer: `${pointer}/${field}`,
      message: why,
    }),
  );
  if (carriedForward !== true) return doubts;
  return [
    ...doubts,
    {
      id: 'carriedForward',
      severity: 'ask',
      pointer,
      message: 'Taken over from the last session and not looked at today.',
    },
  ];
}
