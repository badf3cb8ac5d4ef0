// The page of a form before a first visit: it opens by GET, is sent by POST once, and tells the patient nothing about their health.
import type { Question, Questionnaire } from '../../domain/care/intake-schema.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { systemPrincipal } from '../http/principal.ts';
import { clinicOf } from '../messages/needs.ts';
import { escaped, formFields, overPage, patientPage } from '../messages/patient-page.ts';
import { intakeRecord, openForm, takeForm } from './intake.ts';
import type { CareNeeds } from './needs.ts';

const open = { kind: 'public' } as const;
const opening = { purpose: 'care.patientPage', actor: systemPrincipal('care') };
const urgent = 'The clinic may call you before your visit. If you feel very unwell, call 911.';
type Fields = Readonly<Record<string, string>>;

export function intakePages(needs: CareNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/f/:token',
      access: open,
      async handle({ params }) {
        const row = await openForm(needs.db, params.token, needs.now());
        if (row === null) return overPage();
        const { form } = await intakeRecord(needs, row, opening);
        const { name } = await clinicOf(needs.db, row.clinic);
        return patientPage(name, form.title, formBody(form, params.token));
      },
    }),
    endpoint({
      method: 'POST',
      path: '/f/:token',
      access: open,
      takesForm: true,
      bodyBytes: 131_072,
      async handle({ params, rawBody }) {
        const fields = formFields(rawBody);
        const taken = await needs.db.transaction().execute(async (trx) => {
          const row = await openForm(trx, params.token, needs.now(), true);
          if (row === null) return null;
          const { form } = await intakeRecord(needs, row, { ...opening, trx });
          return { form, lacking: await takeForm(needs, trx, row, fields) };
        });
        if (taken === null) return overPage();
        const { form, lacking } = taken;
        if (lacking.length > 0)
          return patientPage(
            'Something is missing',
            'Please answer what is marked.',
            formBody(form, params.token, { fields, lacking }),
          );
        return patientPage('Thank you. We have your form.', urgent, preparation(form));
      },
    }),
  ];
}

function preparation(form: Questionnaire): string {
  return form.preparation === undefined ? '' : `<h2>How to prepare</h2><p>${escaped(form.preparation)}</p>`;
}

function formBody(
  form: Questionnaire,
  token: string,
  sent: { readonly fields: Fields; readonly lacking: readonly string[] } = { fields: {}, lacking: [] },
): string {
  const questions = form.questions.map((question) =>
    questionField(question, sent.fields[question.id] ?? '', sent.lacking.includes(question.id)),
  );
  return `${preparation(form)}<h2>Your answers</h2><form method="post" action="/f/${encodeURIComponent(token)}">${questions.join('')}<p class="soft">${urgent}</p><button>Send</button></form>`;
}

function questionField(question: Question, value: string, lacks: boolean): string {
  const { id, text, kind, required, choices = [] } = question;
  const mark = lacks ? '<p class="lack">Please answer this.</p>' : '';
  const must = required ? ' required' : '';
  const ask = `${escaped(text)}${required ? '' : ' <span class="soft">(optional)</span>'}`;
  if (kind === 'yesNo' || kind === 'choice') {
    const offered =
      kind === 'yesNo' ? [['yes', 'Yes'] as const, ['no', 'No'] as const] : choices.map((one) => [one, one] as const);
    const options = offered.map(
      ([worth, label]) =>
        `<label><input type="radio" name="${id}" value="${escaped(worth)}"${value === worth ? ' checked' : ''}${must}>${escaped(label)}</label>`,
    );
    return `<fieldset><legend>${ask}</legend>${mark}<div class="choices">${options.join('')}</div></fieldset>`;
  }
  const field =
    kind === 'longText'
      ? `<textarea id="q-${id}" name="${id}" maxlength="2000"${must}>${escaped(value)}</textarea>`
      : `<input type="${kind === 'date' ? 'date' : 'text'}" id="q-${id}" name="${id}" maxlength="200" value="${escaped(value)}"${must}>`;
  return `<div class="field"><label class="ask" for="q-${id}">${ask}</label>${mark}${field}</div>`;
}
