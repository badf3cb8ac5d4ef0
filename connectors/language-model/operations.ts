// What Gait asks of a language model: to word sentences anew, to write down speech, and whether it is there.
import type { ConnectionTest, ConnectorContext, Outcome, Read } from '../connector.ts';
import { rejected } from '../faults.ts';
import type { HttpRequest } from '../http.ts';
import { sendOnce } from '../http.ts';
import { at, isObject, listAt, textAt } from '../json.ts';
import { isFailure, read, statusFailure } from '../rest/answer.ts';
import type { LanguageModelConfig } from './config.ts';
import { readLanguageModelConfig } from './config.ts';

/** The instruction and the question, both as they are sent: nothing in them may name anybody. */
export interface Prompt {
  readonly instruction: string;
  readonly question: string;
}

/** The model's answer as it came: any text. */
export interface Completion {
  readonly text: string;
}

/** A recording in memory; `mediaType` as in `audio/webm`. `hint`: words that may occur. */
export interface Recording {
  readonly audio: Uint8Array<ArrayBuffer>;
  readonly mediaType: string;
  readonly hint: string;
}

/** The larger part of a note; whatever is longer is no rewording. */
const longestAnswer = 60_000;

const malformed = { kind: 'notSent', code: 'vendor.malformed' } as const;

async function ask(
  context: ConnectorContext,
  config: LanguageModelConfig,
  path: string,
  request: Pick<HttpRequest, 'method' | 'headers' | 'body'>,
): Promise<Outcome<unknown>> {
  const key = context.secrets['apiKey'];
  const answer = await sendOnce(context, {
    ...read,
    ...request,
    url: new URL(`${config.baseUrl.replace(/\/+$/, '')}${path}`),
    headers: { accept: 'application/json', ...request.headers, ...(key ? { authorization: `Bearer ${key}` } : {}) },
    timeoutSeconds: config.requestTimeoutSeconds,
  });
  if (isFailure(answer)) return answer;
  if (answer.status !== 200) return statusFailure(context, answer, read);
  return answer.malformed ? malformed : { kind: 'done', result: answer.json };
}

/** Asks for one completion, never twice; a model that answers in another shape is told as malformed. */
async function rewrite(context: ConnectorContext, prompt: Prompt): Promise<Outcome<Completion>> {
  const config = readLanguageModelConfig(context.config);
  if (config.model === undefined) return rejected('input.invalid', [{ code: 'not-set', field: 'model' }]);
  const answer = await ask(context, config, '/chat/completions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      model: config.model,
      temperature: 0,
      stream: false,
      response_format: { type: 'json_object' },
      messages: [
        { role: 'system', content: prompt.instruction },
        { role: 'user', content: prompt.question },
      ],
    }),
  });
  if (answer.kind !== 'done') return answer;
  const [choice] = listAt(answer.result, 'choices');
  const text = textAt(at(choice, 'message'), 'content');
  return text === null || text.length > longestAnswer ? malformed : { kind: 'done', result: { text } };
}

/** Sends a recording once; nothing of it is kept. */
async function transcribe(context: ConnectorContext, recording: Recording): Promise<Outcome<Completion>> {
  const config = readLanguageModelConfig(context.config);
  if (config.transcriptionModel === undefined)
    return rejected('input.invalid', [{ code: 'not-set', field: 'transcriptionModel' }]);
  const form = new FormData();
  form.set('model', config.transcriptionModel);
  form.set('response_format', 'json');
  form.set('language', 'en');
  if (recording.hint !== '') form.set('prompt', recording.hint);
  form.set('file', new Blob([recording.audio], { type: recording.mediaType }), fileNameOf(recording.mediaType));
  const encoded = new Response(form);
  const answer = await ask(context, config, '/audio/transcriptions', {
    method: 'POST',
    headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
    body: new Uint8Array(await encoded.arrayBuffer()),
  });
  if (answer.kind !== 'done') return answer;
  const text = textAt(answer.result, 'text');
  return text === null || text.length > longestAnswer ? malformed : { kind: 'done', result: { text: text.trim() } };
}

/** Endpoints tell the format by the ending of the name. */
function fileNameOf(mediaType: string): string {
  const format = /^audio\/([a-z0-9]+)/.exec(mediaType)?.[1] ?? 'webm';
  return `dictation.${format === 'mpeg' ? 'mp3' : format}`;
}

async function test(context: ConnectorContext): Promise<Outcome<ConnectionTest>> {
  const config = readLanguageModelConfig(context.config);
  const answer = await ask(context, config, '/models', { method: 'GET', headers: {} });
  if (answer.kind !== 'done') return answer;
  const offered = listAt(answer.result, 'data').flatMap((one) => (isObject(one) ? [one['id']] : []));
  const fact = (label: string, model: string | undefined): ConnectionTest['facts'][number] => ({
    label,
    value: model === undefined ? 'not set' : offered.includes(model) ? 'offered' : 'not in the list of models',
  });
  return {
    kind: 'done',
    result: { facts: [fact('Model for sentences', config.model), fact('Model for speech', config.transcriptionModel)] },
  };
}

interface LanguageModelOperations {
  readonly 'languageModel.sentences.rewrite': Read<Prompt, Completion>;
  readonly 'languageModel.speech.transcribe': Read<Recording, Completion>;
  readonly 'languageModel.connection.test': Read<Record<string, never>, ConnectionTest>;
}

const common = { system: 'languageModel', effect: false, requestTimeoutSeconds: 120 } as const;

export const languageModelOperations: LanguageModelOperations = {
  'languageModel.sentences.rewrite': { ...common, name: 'languageModel.sentences.rewrite', run: rewrite },
  'languageModel.speech.transcribe': { ...common, name: 'languageModel.speech.transcribe', run: transcribe },
  'languageModel.connection.test': { ...common, name: 'languageModel.connection.test', run: test },
};
