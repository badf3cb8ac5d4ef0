// What has changed against an earlier session: the first one in reports, the last one in a daily note.
import { Pieces, valueAt } from '../fragment.ts';
import type { Fragment } from '../fragment.ts';
import { measureWords } from '../measure-words.ts';
import type { Session } from '../../session/schema.ts';
import { strengthGrades } from '../../session/words.ts';
import { dateAt, placeAt } from './context.ts';
import type { Part, PartContext } from './context.ts';

interface Value {
  readonly pointer: string;
  /** As it is compared; text is how it is written. */
  readonly number: number;
  readonly value: string | number;
  readonly text: string;
  readonly what: Fragment;
  readonly better: 'up' | 'down';
}

/** Every value of a session that can be compared, by what it measures. An entry carried forward is no new value. */
function valuesOf(session: Session, root: string): Map<string, Value> {
  const found = new Map<string, Value>();
  session.pain.forEach((entry, at) => {
    if (entry.score === null || entry.carriedForward === true) return;
    const pointer = `${root}/pain/${at}`;
    const what = new Pieces().words('pain ').add(valueAt(`${pointer}/when`, entry.when, whenWords[entry.when]));
    const place = placeAt(pointer, entry);
    if (place !== undefined) what.words(' in the ').add(place);
    found.set(`pain ${entry.when} ${entry.side} ${entry.part}`, {
      ...written(`${pointer}/score`, entry.score, `${entry.score}/10`),
      number: entry.score,
      what: what.done(),
      better: 'down',
    });
  });
  session.rangeOfMotion.forEach((entry, at) => {
    if (entry.degrees === null || entry.carriedForward === true) return;
    const pointer = `${root}/rangeOfMotion/${at}`;
    const what = new Pieces();
    if (entry.mode !== null) what.add(valueAt(`${pointer}/mode`, entry.mode)).words(' ');
    const place = placeAt(pointer, entry);
    if (place !== undefined) what.add(place).words(' ');
    found.set(`motion ${entry.side} ${entry.part} ${entry.motion} ${entry.mode}`, {
      ...written(`${pointer}/degrees`, entry.degrees, `${entry.degrees}°`),
      number: entry.degrees,
      what: what.add(valueAt(`${pointer}/motion`, entry.motion)).done(),
      better: 'up',
    });
  });
  session.strength.forEach((entry, at) => {
    const name = entry.muscle ?? entry.motion;
    if (entry.grade === null || name === null || entry.carriedForward === true) return;
    const pointer = `${root}/strength/${at}`;
    const what = new Pieces();
    const place = placeAt(pointer, entry);
    if (place !== undefined) what.add(place).words(' ');
    what.add(valueAt(entry.muscle === null ? `${pointer}/motion` : `${pointer}/muscle`, name)).words(' strength');
    found.set(`strength ${entry.side} ${entry.part} ${name}`, {
      ...written(`${pointer}/grade`, entry.grade, `${entry.grade}/5`),
      number: strengthGrades.indexOf(entry.grade),
      what: what.done(),
      better: 'up',
    });
  });
  session.measures.forEach((entry, at) => {
    if (entry.score === null || entry.carriedForward === true) return;
    const { name, unit, better } = measureWords[entry.measure];
    found.set(`measure ${entry.measure}`, {
      ...written(`${root}/measures/${at}/score`, entry.score, `${entry.score} ${unit}`),
      number: entry.score,
      what: valueAt(`${root}/measures/${at}/measure`, entry.measure, name),
      better,
    });
  });
  return found;
}

function written(pointer: string, value: string | number, text: string): Pick<Value, 'pointer' | 'value' | 'text'> {
  return { pointer, value, text };
}

const whenWords = { before: 'before treatment', after: 'after treatment', worst: 'at worst', best: 'at best' } as const;

export const change: Part = (context) => {
  const { source, kind } = context;
  const at = kind === 'daily' ? source.earlier.length - 1 : 0;
  const earlier = source.earlier[at];
  if (earlier === undefined) return [];
  const before = valuesOf(earlier, `/earlier/${at}`);
  const date = dateAt(`/earlier/${at}/date`, earlier.date);
  const said: Fragment[] = [];
  for (const [key, now] of valuesOf(source.session, '/session')) {
    const then = before.get(key);
    if (then !== undefined) said.push(changed(context, then, now, date));
  }
  return said;
};

function changed({ phrases }: PartContext, then: Value, now: Value, date: Fragment | undefined): Fragment {
  const rose = now.number > then.number;
  const direction = now.number === then.number ? 'same' : rose === (now.better === 'up') ? 'better' : 'worse';
  return phrases.say(`change.${direction}`, {
    what: now.what,
    then: valueAt(then.pointer, then.value, then.text),
    now: valueAt(now.pointer, now.value, now.text),
    date,
  });
}
