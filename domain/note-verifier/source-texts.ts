// The free texts of a record with their places: what people wrote in their own words.
import type { NoteSource } from '../note/source-schema.ts';

export interface SourceText {
  readonly pointer: string;
  readonly text: string;
}

/** The words that people wrote, with their places. */
export function sourceTexts({ session, episode }: NoteSource): SourceText[] {
  const texts: SourceText[] = [];
  add(texts, '/session/subjective/words', session.subjective.words);
  add(texts, '/session/homeProgram/words', session.homeProgram?.words ?? null);
  for (const [at, { name, responseWords }] of session.interventions.entries()) {
    add(texts, `/session/interventions/${at}/name`, name);
    add(texts, `/session/interventions/${at}/responseWords`, responseWords);
  }
  for (const [at, { activity, words }] of session.function.entries()) {
    add(texts, `/session/function/${at}/activity`, activity);
    add(texts, `/session/function/${at}/words`, words);
  }
  addAll(texts, '/session/gait/deviations', session.gait?.deviations ?? []);
  for (const [at, { name }] of session.specialTests.entries()) add(texts, `/session/specialTests/${at}/name`, name);
  for (const [at, { test }] of session.balance.entries()) add(texts, `/session/balance/${at}/test`, test);
  addAll(texts, '/session/education', session.education);
  for (const [at, { words }] of session.goals.entries()) add(texts, `/session/goals/${at}/words`, words);
  add(texts, '/session/assessment', session.assessment);
  add(texts, '/session/plan', session.plan);
  addEpisode(texts, episode);
  return texts;
}

function addEpisode(texts: SourceText[], episode: NoteSource['episode']): void {
  for (const [at, { words }] of episode.diagnoses.entries()) add(texts, `/episode/diagnoses/${at}/words`, words);
  add(texts, '/episode/history', episode.history);
  add(texts, '/episode/priorFunction', episode.priorFunction);
  addAll(texts, '/episode/limitations', episode.limitations);
  addAll(texts, '/episode/precautions', episode.precautions);
  for (const [at, { words }] of episode.goals.entries()) add(texts, `/episode/goals/${at}/words`, words);
  addAll(texts, '/episode/plan/interventions', episode.plan?.interventions ?? []);
  add(texts, '/episode/dischargeReason', episode.dischargeReason);
  add(texts, '/episode/dischargePlan', episode.dischargePlan);
  add(texts, '/episode/askOfPhysician', episode.askOfPhysician);
}

function add(texts: SourceText[], pointer: string, text: string | null): void {
  if (text !== null) texts.push({ pointer, text });
}

function addAll(texts: SourceText[], pointer: string, all: readonly string[]): void {
  for (const [at, text] of all.entries()) texts.push({ pointer: `${pointer}/${at}`, text });
}
