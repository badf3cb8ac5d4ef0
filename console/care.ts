// Care between visits as the console reads it: home programs, plans that end, forms, video visits, and the words for them.
import { dayInWords } from './dates.ts';

export interface CareName {
  readonly given: string;
  readonly family: string;
}

/** Agreed days by their answer; `noAnswer`: nobody knows. `share` null: none was answered. */
export interface Adherence {
  readonly agreed: number;
  readonly done: number;
  readonly partly: number;
  readonly not: number;
  readonly noAnswer: number;
  readonly share: number | null;
}

export interface ProgramLine {
  readonly program: string;
  readonly patient: string;
  readonly name: CareName | null;
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly weekdays: readonly number[];
  readonly lately: Adherence;
  readonly lastAnswer: string | null;
}

export interface PlanLine {
  readonly patient: string;
  readonly name: CareName | null;
  readonly ends: string | null;
  readonly decision: 'ends' | 'fewer' | 'goesOn' | null;
}

export interface FormLine {
  readonly patient: string;
  readonly name: CareName | null;
  readonly state: 'asked' | 'answered' | 'reviewed';
  readonly askedAt: string;
  readonly answeredAt: string | null;
  readonly workItem: string | null;
}

export interface VideoVisit {
  readonly visit: string;
  readonly name: CareName | null;
  readonly startsAt: string;
  /** Where it takes place; null: nobody has said. */
  readonly place: 'own' | 'room' | null;
}

export interface CarePage {
  readonly today: string;
  readonly days: number;
  /** Whether the signed-in person treats: only they read programs and plans. */
  readonly treats: boolean;
  readonly programs: readonly ProgramLine[];
  readonly plans: readonly PlanLine[];
  readonly withoutPlan: number;
  readonly forms: readonly FormLine[];
  readonly videoVisits: readonly VideoVisit[];
  readonly patients: readonly { readonly patient: string; readonly name: CareName | null }[];
}

export interface ProgramPage {
  readonly program: string;
  readonly name: CareName | null;
  readonly title: string | null;
  readonly exercises: readonly { readonly name: string; readonly how?: string; readonly link?: string }[];
  readonly endsOn: string | null;
  readonly days: readonly {
    readonly day: string;
    readonly done: 'done' | 'partly' | 'not';
    readonly felt: number | null;
    readonly words: string | null;
  }[];
}

/** What is sent to keep a program. */
export interface NewProgram {
  readonly program: {
    readonly title: string;
    readonly exercises: readonly { readonly name: string; readonly how?: string; readonly link?: string }[];
  };
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly weekdays: readonly number[];
}

export const weekdayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

export function nameInWords(name: CareName | null): string {
  return name === null ? 'Name unknown' : `${name.family}, ${name.given}`;
}

export function weekdaysInWords(weekdays: readonly number[]): string {
  return weekdays.length === 7 ? 'every day' : weekdays.map((day) => weekdayNames[day] ?? '?').join(', ');
}

/** "9 done, 1 partly, 2 no answer of 12 days": what was not answered is never told as not done. */
export function adherenceInWords({ agreed, done, partly, not, noAnswer }: Adherence): string {
  if (agreed === 0) return 'no day yet';
  const parts = [
    `${done} done`,
    ...(partly === 0 ? [] : [`${partly} partly`]),
    ...(not === 0 ? [] : [`${not} not done`]),
    ...(noAnswer === 0 ? [] : [`${noAnswer} no answer`]),
  ];
  return `${parts.join(', ')} of ${agreed} ${agreed === 1 ? 'day' : 'days'}`;
}

export const doneInWords = { done: 'Done', partly: 'Partly', not: 'Not done' } as const;

export function planInWords({ ends, decision }: PlanLine, today: string): string {
  if (ends === null) return 'Nobody knows when it ends';
  const day = `Ends ${dayInWords(ends, today)}`;
  if (decision === null) return `${day}; not decided`;
  const said = { ends: 'it ends', fewer: 'fewer visits before', goesOn: 'it goes on' } as const;
  return `${day}; decided: ${said[decision]}`;
}

export const formStateInWords = { asked: 'asked for', answered: 'filled in', reviewed: 'reviewed' } as const;

export const placeInWords = { own: 'its own link', room: 'the room of the clinic' } as const;

/** One exercise a line: "Name | how | https://…"; what cannot be read names its line. */
export function exercisesIn(
  text: string,
): { readonly exercises: NewProgram['program']['exercises'] } | { readonly wrong: string } {
  const exercises: { name: string; how?: string; link?: string }[] = [];
  for (const [place, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const [name = '', ...rest] = line.split('|').map((part) => part.trim());
    if (name === '') return { wrong: `Line ${place + 1} names no exercise.` };
    const link = rest.find((part) => part.startsWith('https://'));
    const unsafe = rest.find((part) => /^\w+:\/\//.test(part) && part !== link);
    if (unsafe !== undefined) return { wrong: `The link in line ${place + 1} must begin with https://.` };
    const how = rest.filter((part) => part !== link && part !== '').join(' ');
    exercises.push({ name, ...(how === '' ? {} : { how }), ...(link === undefined ? {} : { link }) });
  }
  return exercises.length === 0 ? { wrong: 'Name at least one exercise.' } : { exercises };
}
