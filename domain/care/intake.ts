// Reads what a patient filled in, by the form it was asked with: what is missing, who reads what, and which answers are red flags.
import { isDate } from '../calendar.ts';
import type { Question, Questionnaire } from './intake-schema.ts';

/** Answers by the question's id, as words; a question that was left empty is not among them. */
export type IntakeAnswers = Readonly<Record<string, string>>;

export interface IntakeReading {
  readonly answers: IntakeAnswers;
  /** Questions that must be answered, or whose answer is none of those offered; by id. */
  readonly lacking: readonly string[];
}

const longest = 2000;

/** Whether the value is one that the question offers. */
function isOffered({ kind, choices = [] }: Question, value: string): boolean {
  if (kind === 'yesNo') return value === 'yes' || value === 'no';
  if (kind === 'choice') return choices.includes(value);
  if (kind === 'date') return isDate(value);
  return true;
}

/**
 * What the fields of a sent form say. Fields that the form does not ask for are left out.
 * @param fields what came, by the question's id
 */
export function readIntake(form: Questionnaire, fields: Readonly<Record<string, string>>): IntakeReading {
  const answers: Record<string, string> = {};
  const lacking: string[] = [];
  for (const question of form.questions) {
    const value = (fields[question.id] ?? '').trim().slice(0, longest);
    if (value === '') {
      if (question.required) lacking.push(question.id);
    } else if (isOffered(question, value)) answers[question.id] = value;
    else lacking.push(question.id);
  }
  return { answers, lacking };
}

/** The questions whose answer a clinician must hear of before the visit. It is no diagnosis: a person looks at it. */
export function redFlagsIn(form: Questionnaire, answers: IntakeAnswers): readonly Question[] {
  return form.questions.filter(({ id, redFlag = [] }) => {
    const answer = answers[id];
    return answer !== undefined && redFlag.includes(answer);
  });
}

/** What one reader is shown, question by question; what was left empty is said to be so. */
export function summaryFor(
  form: Questionnaire,
  answers: IntakeAnswers,
  readBy: Question['readBy'],
): readonly { readonly label: string; readonly value: string }[] {
  return form.questions
    .filter((question) => question.readBy === readBy)
    .map(({ id, text, kind }) => {
      const answer = answers[id];
      const value = answer === undefined ? 'not answered' : answer;
      return { label: text, value: kind === 'yesNo' ? value.replace(/^./, (letter) => letter.toUpperCase()) : value };
    });
}
