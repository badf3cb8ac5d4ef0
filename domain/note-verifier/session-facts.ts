// What one session records, as facts.
import type { Session } from '../session/schema.ts';
import { blank, Collector, measureUnits } from './facts.ts';
import type { Facts } from './facts.ts';
import { gradeValue } from './numbers.ts';

/** The facts of one session; `root` is its place in the source, `at` its index among the earlier ones or `now`. */
export function sessionFacts(session: Session, root: string, at: number): Facts {
  const out = new Collector();
  addReports(out, session, root, at);
  addMeasured(out, session, root, at);
  addPerformance(out, session, root, at);
  addInterventions(out, session, root, at);
  for (const [index, { state, carriedForward }] of session.goals.entries()) {
    const fact = blank('goal', `${root}/goals/${index}`, at, carriedForward);
    fact.words = { state };
    out.add(fact);
  }
  const whole = blank('session', root, at);
  out.add(whole);
  out.value(whole, 'total', session.totalMinutes);
  out.value(whole, 'timed', session.timedMinutes);
  out.value(whole, 'visit', session.visitNumber);
  return out;
}

function addReports(out: Collector, session: Session, root: string, at: number): void {
  for (const [index, { symptom, present, part, side, carriedForward }] of session.subjective.reports.entries()) {
    const fact = blank('report', `${root}/subjective/reports/${index}`, at, carriedForward);
    fact.part = part;
    fact.side = side;
    fact.words = { symptom, polarity: present ? 'present' : 'denied' };
    out.add(fact);
  }
  for (const [index, { when, score, part, side, carriedForward }] of session.pain.entries()) {
    const fact = blank('pain', `${root}/pain/${index}`, at, carriedForward);
    fact.when = when;
    fact.part = part;
    fact.side = side;
    out.addValued(fact, 'of10', score);
  }
  if (session.homeProgram === null) return;
  const { done, carriedForward } = session.homeProgram;
  const fact = blank('homeProgram', `${root}/homeProgram`, at, carriedForward);
  fact.words = { done };
  fact.isEmpty = done === null;
  out.add(fact);
}

function addMeasured(out: Collector, session: Session, root: string, at: number): void {
  for (const [index, { part, motion, side, mode, degrees, carriedForward }] of session.rangeOfMotion.entries()) {
    const fact = blank('motion', `${root}/rangeOfMotion/${index}`, at, carriedForward);
    fact.part = part;
    fact.motion = motion;
    fact.side = side;
    fact.mode = mode;
    out.addValued(fact, 'deg', degrees);
  }
  for (const [index, { part, motion, muscle, side, grade, carriedForward }] of session.strength.entries()) {
    const fact = blank('strength', `${root}/strength/${index}`, at, carriedForward);
    fact.part = part;
    fact.motion = motion;
    fact.muscle = muscle;
    fact.side = side;
    out.addValued(fact, 'grade', grade === null ? null : gradeValue(grade));
  }
  for (const [index, { name, side, positive, carriedForward }] of session.specialTests.entries()) {
    const fact = blank('test', `${root}/specialTests/${index}`, at, carriedForward);
    fact.name = name;
    fact.side = side;
    fact.words = { result: positive === null ? null : positive ? 'positive' : 'negative' };
    fact.isEmpty = positive === null;
    out.add(fact);
  }
  for (const [index, { measure, score, carriedForward }] of session.measures.entries()) {
    const fact = blank('measure', `${root}/measures/${index}`, at, carriedForward);
    fact.measure = measure;
    fact.isEmpty = score === null;
    out.add(fact);
    for (const unit of measureUnits[measure]) out.value(fact, unit, score);
  }
}

function addPerformance(out: Collector, session: Session, root: string, at: number): void {
  if (session.gait !== null) {
    const { distance, unit, device, assistance, carriedForward } = session.gait;
    const fact = blank('gait', `${root}/gait`, at, carriedForward);
    fact.words = { device, assistance };
    fact.isEmpty = distance === null && assistance === null && device === null;
    out.add(fact);
    if (unit !== null) out.value(fact, unit, distance);
  }
  for (const [index, { test, side, seconds, assistance, carriedForward }] of session.balance.entries()) {
    const fact = blank('balance', `${root}/balance/${index}`, at, carriedForward);
    fact.name = test;
    fact.side = side;
    fact.words = { assistance };
    out.addValued(fact, 'sec', seconds);
  }
  for (const [index, { activity, assistance, carriedForward }] of session.function.entries()) {
    const fact = blank('activity', `${root}/function/${index}`, at, carriedForward);
    fact.name = activity;
    fact.words = { assistance };
    fact.isEmpty = assistance === null;
    out.add(fact);
  }
}

function addInterventions(out: Collector, session: Session, root: string, at: number): void {
  for (const [index, entry] of session.interventions.entries()) {
    const { load } = entry;
    const fact = blank('intervention', `${root}/interventions/${index}`, at, entry.carriedForward);
    fact.name = entry.name;
    fact.side = entry.side;
    fact.part = entry.part;
    fact.code = entry.code;
    fact.skills = entry.skills;
    fact.hasDose = entry.sets !== null || entry.repetitions !== null || entry.minutes !== null;
    fact.words = {
      assistance: entry.assistance,
      band: load?.band ?? null,
      response: entry.response,
      progression: entry.progression,
    };
    out.add(fact);
    out.value(fact, 'sets', entry.sets);
    out.value(fact, 'reps', entry.repetitions);
    out.value(fact, 'hold', entry.holdSeconds);
    out.value(fact, 'min', entry.minutes);
    if (load !== null && (load.unit === 'lb' || load.unit === 'kg' || load.unit === 'level'))
      out.value(fact, load.unit, load.value);
  }
}
