// The page of a patient's home program: what to do today with its videos, and one answer a day. It opens by GET and acts by POST.
import { dayNumber, spokenDate } from '../../domain/calendar.ts';
import { doneWords } from '../../domain/care/exercise.ts';
import type { Done } from '../../domain/care/exercise.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { systemPrincipal } from '../http/principal.ts';
import { linked } from '../messages/links.ts';
import { escaped, formFields, overPage, patientPage } from '../messages/patient-page.ts';
import type { PatientPage } from '../messages/answers.ts';
import { updateMessage } from '../messages/needs.ts';
import { digestOfToken } from '../messages/queue.ts';
import { answerExercise, programDayOf } from './exercise.ts';
import type { SaidOfDay } from './exercise.ts';
import { dayOf } from './needs.ts';
import type { CareNeeds } from './needs.ts';
import { programRecordSchema } from './programs.ts';
import type { ProgramRecord } from './programs.ts';
import type { Validator } from '../http/validation.ts';

const longestWords = 1000;
const marks = Array.from({ length: 11 }, (_, mark) => String(mark));
const labels: Readonly<Record<Done, string>> = { done: 'Done', partly: 'Partly', not: 'Not today' };
const urgent = 'Nobody reads this at once. If you feel very unwell, call 911.';

/** The page of a reminder that is about a program; null for one that is not. */
export function exercisePage(needs: CareNeeds): PatientPage {
  return async (row, token) => {
    const { zone, today, voice } = await dayOf(needs, row.clinic);
    const of = programDayOf(row, zone);
    if (of === null) return null;
    const opening = { purpose: 'care.patientPage', actor: systemPrincipal('care') };
    const record: unknown = await needs.vault.open(row.clinic, of.program, opening);
    assertProgram(needs.validator, record);
    const spoken = spokenDate(dayNumber(of.day), dayNumber(today));
    return patientPage(voice.name, `Your home program, ${spoken}`, `${exercises(record)}${answerForm(token)}`);
  };
}

function assertProgram(validator: Validator, record: unknown): asserts record is ProgramRecord {
  validator.check(programRecordSchema, record, 'program');
}

function exercises({ title, exercises: list }: ProgramRecord): string {
  const items = list.map(({ name, how = '', link }) => {
    const video = link === undefined ? '' : ` <a href="${escaped(link)}" rel="noreferrer noopener">Watch how</a>`;
    return `<li><strong>${escaped(name)}</strong>${video}${how === '' ? '' : `<p class="soft">${escaped(how)}</p>`}</li>`;
  });
  return `<h2>${escaped(title)}</h2><ul>${items.join('')}</ul>`;
}

function answerForm(token: string, lack = ''): string {
  const done = doneWords.map(
    (word) => `<label><input type="radio" name="done" value="${word}" required>${labels[word]}</label>`,
  );
  const felt = marks.map((mark) => `<label><input type="radio" name="felt" value="${mark}">${mark}</label>`);
  return `<form method="post" action="/e/${encodeURIComponent(token)}">${lack}
<fieldset><legend>Did you do it?</legend><div class="choices">${done.join('')}</div></fieldset>
<fieldset><legend>How much did it hurt?</legend><div class="choices scale">${felt.join('')}</div><p class="soft ends"><span>0 not at all</span><span>10 very much</span></p></fieldset>
<div class="field"><label class="ask" for="words">Anything your therapist should know?</label><textarea id="words" name="words" maxlength="${longestWords}"></textarea></div>
<p class="soft">${urgent}</p><button>Send</button></form>`;
}

/** What the fields of the form say; null where whether it was done is not said. */
export function saidIn(fields: Readonly<Record<string, string>>): SaidOfDay | null {
  const done = doneWords.find((word) => word === fields['done']);
  if (done === undefined) return null;
  const felt = marks.indexOf(fields['felt'] ?? '');
  const words = (fields['words'] ?? '').trim().slice(0, longestWords);
  return { done, felt: felt === -1 ? null : felt, words: words === '' ? null : words };
}

/** Takes the answer of the page. */
export function exerciseAnswerEndpoint(needs: CareNeeds): Endpoint {
  return endpoint({
    method: 'POST',
    path: '/e/:token',
    access: { kind: 'public' },
    takesForm: true,
    bodyBytes: 16_384,
    async handle({ params, rawBody }) {
      const said = saidIn(formFields(rawBody));
      const taken = await needs.db.transaction().execute(async (trx) => {
        const found = await linked(trx, params.token, needs.now(), true);
        if (found === null) return null;
        const { row } = found;
        const { zone } = await dayOf({ ...needs, db: trx }, row.clinic);
        const of = programDayOf(row, zone);
        if (of === null) return null;
        if (said === null) return 'lacking';
        const answered = await answerExercise(needs, trx, { clinic: row.clinic, ...of, said });
        await trx
          .updateTable('message_links')
          .set({ used_at: needs.now(), used_for: said.done })
          .where('digest', '=', digestOfToken(params.token))
          .execute();
        if (answered === false) return null;
        const answer = said.done === 'not' ? 'no' : 'yes';
        await updateMessage(needs, trx, row, { answer, answered_at: needs.now() }, { tell: true });
        return answered;
      });
      if (taken === null) return overPage();
      if (taken === 'lacking')
        return patientPage(
          'Please say whether you did it',
          '',
          answerForm(params.token, '<p class="lack">Choose one of the three.</p>'),
        );
      const praise = taken.milestone === null ? '' : `${taken.milestone} days done. Well done, keep going!`;
      return patientPage('Thank you. We have it.', praise === '' ? 'You can close this page.' : praise);
    },
  });
}
