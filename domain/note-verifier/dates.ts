// Dates: each must be one of the record, in the role the words before it give it.
import { fixWords } from './claim-types.ts';
import type { Evidence } from './evidence.ts';
import type { Sense } from './sense.ts';
import { isSameDay } from './sense.ts';

type Role = Evidence['dates'][number]['role'];

const rolesByWord: Readonly<Record<string, readonly Role[]>> = {
  onset: ['onset'],
  due: ['due'],
  from: ['from', 'start'],
  to: ['to', 'session'],
  began: ['start'],
  on: ['session', 'earlier', 'due'],
};

/** A date must be one of the record, and the one that the words before it ask for. */
export function checkDate(evidence: Evidence, sense: Sense, at: number): void {
  const atom = sense.atoms[at];
  if (atom === undefined) return;
  const roles = rolesBefore(sense, at);
  for (const { value, role } of evidence.dates)
    if (isSameDay(value, atom.number) && (roles === null || roles.includes(role))) return;
  sense.doubts.push({
    class: 'date',
    from: atom.from,
    to: atom.to,
    message: `“${sense.text.slice(atom.from, atom.to)}” is not the date on record.`,
    fix: fixWords,
    pointers: [],
  });
}

function rolesBefore({ atoms, trend, isPast }: Sense, at: number): readonly Role[] | null {
  for (let before = at - 1; before >= Math.max(0, at - 4); before--) {
    const atom = atoms[before];
    if (atom === undefined || atom.what === 'date' || (atom.what === 'break' && atom.word === ';')) return null;
    if (atom.what === 'past') return ['earlier', 'start', 'onset'];
    if (atom.what !== 'role') continue;
    if (atom.word !== 'on') return trend === null ? (rolesByWord[atom.word] ?? null) : null;
    const beforeIt = atoms[before - 1];
    if (beforeIt?.what === 'role' && beforeIt.word !== 'on') return rolesByWord[beforeIt.word] ?? null;
    return trend !== null || isPast ? ['earlier', 'start', 'session'] : ['session', 'due', 'start'];
  }
  return null;
}
