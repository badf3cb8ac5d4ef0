// What was found: reports, pain, motion, strength, tests, gait, balance, function and outcome measures.
import { listed, maybeAt, Pieces, plain, valueAt } from '../fragment.ts';
import type { Fragment } from '../fragment.ts';
import { measureWords } from '../measure-words.ts';
import { grouped, marked, missing, placeAt, quoted, wordAt } from './context.ts';
import type { Part } from './context.ts';

export const reports: Part = (context) => {
  const { source, phrases } = context;
  const all = source.session.subjective.reports;
  if (all.length === 0) return [missing(context, 'subjective', 'symptoms asked about')];
  return grouped('/session/subjective/reports', all, ({ present }) => String(present)).map((group) => {
    const symptoms = group.map(({ entry, pointer }) =>
      marked(
        context,
        entry,
        phrases.say('reports.item', {
          symptom: valueAt(`${pointer}/symptom`, entry.symptom),
          place: placeAt(pointer, entry),
        }),
      ),
    );
    const isPresent = group[0]?.entry.present === true;
    return isPresent
      ? phrases.say('reports.present', { symptoms: listed(symptoms) })
      : phrases.say('reports.denied', { symptoms: listed(symptoms, ' or ') });
  });
};

export const subjectiveWords: Part = (context) => {
  const words = quoted('/session/subjective/words', context.source.session.subjective.words);
  if (words === undefined) return [missing(context, 'subjective', 'patient’s own words')];
  return [marked(context, context.source.session.subjective, context.phrases.say('subjective.words', { words }))];
};

export const homeProgram: Part = (context) => {
  const { homeProgram: program } = context.source.session;
  if (program === null) return [missing(context, 'home program')];
  const at = '/session/homeProgram';
  const words = quoted(`${at}/words`, program.words);
  const done = wordAt(context.phrases, 'homeProgram', `${at}/done`, program.done);
  return [marked(context, program, context.phrases.say('homeProgram', { done, words }))];
};

export const pain: Part = (context) => {
  const { source, phrases } = context;
  if (source.session.pain.length === 0) return [missing(context, 'pain', 'pain before and after treatment')];
  return grouped('/session/pain', source.session.pain, ({ side, part }) => `${side} ${part}`).map((group) => {
    const scores = group.map(({ entry, pointer }) =>
      marked(
        context,
        entry,
        phrases.say('pain.item', {
          score: maybeAt(`${pointer}/score`, entry.score),
          when: wordAt(phrases, 'pain', `${pointer}/when`, entry.when),
        }),
      ),
    );
    const [first] = group;
    return phrases.say('pain', {
      place: first === undefined ? undefined : placeAt(first.pointer, first.entry),
      scores: listed(scores),
    });
  });
};

export const rangeOfMotion: Part = (context) => {
  const { source, phrases } = context;
  const all = source.session.rangeOfMotion;
  if (all.length === 0) return [missing(context, 'range of motion')];
  const keyOf = (entry: (typeof all)[number]): string =>
    `${isSided(entry.part) ? entry.side : ''} ${entry.part} ${entry.mode}`;
  return grouped('/session/rangeOfMotion', all, keyOf).map((group) => {
    const motions = group.map(({ entry, pointer }) =>
      marked(
        context,
        entry,
        phrases.say('rangeOfMotion.item', {
          side: isSided(entry.part) ? undefined : directionAt(pointer, entry.side),
          motion: valueAt(`${pointer}/motion`, entry.motion),
          degrees: maybeAt(`${pointer}/degrees`, entry.degrees),
        }),
      ),
    );
    const [first] = group;
    if (first === undefined) return plain('');
    const { entry, pointer } = first;
    return phrases.say('rangeOfMotion', {
      mode: maybeAt(`${pointer}/mode`, entry.mode),
      place: placeAt(pointer, isSided(entry.part) ? entry : { part: entry.part, side: null }),
      motions: listed(motions),
    });
  });
};

/** Of the spine the side is the direction of a motion, not of the part. */
function isSided(part: string): boolean {
  return !/spine|trunk|head|jaw|pelvis/.test(part);
}

function directionAt(pointer: string, side: string | null): Fragment | undefined {
  if (side === null || side === 'midline') return undefined;
  return valueAt(`${pointer}/side`, side, side === 'both' ? 'bilateral' : side);
}

export const strength: Part = (context) => {
  const { source, phrases } = context;
  const all = source.session.strength;
  if (all.length === 0) return [missing(context, 'strength')];
  return grouped('/session/strength', all, ({ side, part }) => `${side} ${part}`).map((group) => {
    const grades = group.map(({ entry, pointer }) =>
      marked(
        context,
        entry,
        phrases.say('strength.item', {
          what: maybeAt(`${pointer}/muscle`, entry.muscle) ?? maybeAt(`${pointer}/motion`, entry.motion),
          grade: maybeAt(`${pointer}/grade`, entry.grade),
        }),
      ),
    );
    const [first] = group;
    return phrases.say('strength', {
      place: first === undefined ? undefined : placeAt(first.pointer, first.entry),
      grades: listed(grades),
    });
  });
};

export const specialTests: Part = (context) => {
  const all = context.source.session.specialTests;
  if (all.length === 0) return context.kind === 'evaluation' ? [missing(context, 'special tests')] : [];
  return all.map((entry, at) => {
    const pointer = `/session/specialTests/${at}`;
    const result = entry.positive === null ? null : entry.positive ? 'positive' : 'negative';
    const said = context.phrases.say('specialTest', {
      name: valueAt(`${pointer}/name`, entry.name),
      side: directionAt(pointer, entry.side),
      result: maybeAt(`${pointer}/positive`, entry.positive, result),
    });
    return marked(context, entry, said);
  });
};

export const gait: Part = (context) => {
  const { gait: walked } = context.source.session;
  if (walked === null) return [missing(context, 'gait')];
  const { phrases } = context;
  const at = '/session/gait';
  const walk = phrases.say('gait', {
    distance: distanceAt(at, walked),
    device: wordAt(phrases, 'device', `${at}/device`, walked.device),
    assistance: wordAt(phrases, 'assistance', `${at}/assistance`, walked.assistance),
  });
  const deviations = walked.deviations.map((words, index) => valueAt(`${at}/deviations/${index}`, words));
  if (deviations.length === 0) return [marked(context, walked, walk)];
  return [
    marked(context, walked, walk),
    marked(context, walked, phrases.say('gait.deviations', { deviations: listed(deviations) })),
  ];
};

function distanceAt(
  pointer: string,
  { distance, unit }: { readonly distance: number | null; readonly unit: string | null },
): Fragment | undefined {
  if (distance === null || unit === null) return undefined;
  return new Pieces()
    .add(valueAt(`${pointer}/distance`, distance))
    .words(' ')
    .add(valueAt(`${pointer}/unit`, unit, unit === 'ft' ? 'feet' : 'meters'))
    .done();
}

export const balance: Part = (context) => {
  const { source, phrases } = context;
  return source.session.balance.map((entry, at) => {
    const pointer = `/session/balance/${at}`;
    const said = phrases.say('balance', {
      test: valueAt(`${pointer}/test`, entry.test),
      side: directionAt(pointer, entry.side),
      seconds: maybeAt(`${pointer}/seconds`, entry.seconds),
      assistance: wordAt(phrases, 'assistance', `${pointer}/assistance`, entry.assistance),
    });
    return marked(context, entry, said);
  });
};

export const activities: Part = (context) => {
  const { source, phrases } = context;
  if (source.session.function.length === 0) return [missing(context, 'function', 'functional activities')];
  return source.session.function.map((entry, at) => {
    const pointer = `/session/function/${at}`;
    const said = phrases.say('function', {
      activity: valueAt(`${pointer}/activity`, entry.activity),
      assistance: wordAt(phrases, 'assistance', `${pointer}/assistance`, entry.assistance),
      words: quoted(`${pointer}/words`, entry.words),
    });
    return marked(context, entry, said);
  });
};

export const measures: Part = (context) => {
  const { source, phrases } = context;
  if (source.session.measures.length === 0) return [missing(context, 'measures', 'outcome measure')];
  return source.session.measures.map((entry, at) => {
    const { name, unit } = measureWords[entry.measure];
    const pointer = `/session/measures/${at}`;
    const said = phrases.say('measure', {
      name: valueAt(`${pointer}/measure`, entry.measure, name),
      score: maybeAt(`${pointer}/score`, entry.score),
      unit: plain(unit),
    });
    return marked(context, entry, said);
  });
};
