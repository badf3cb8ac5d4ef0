// Refusals (AAA) in the Medical Network's JSON: in a body of 200 or 400, at the top, at the party they are about, or at both.
import type { Reject } from '../../domain/eligibility/answer.ts';
import { at, isObject, listAt, textAt } from '../json.ts';
import { followUpOf } from './words.ts';

/** Loops of the 271 (005010X279A1) and the parties they stand for. */
const loops: Readonly<Record<string, Reject['at']>> = { A: 'source', B: 'receiver', C: 'subscriber', D: 'dependent' };
const parties: Readonly<Record<string, Reject['at']>> = {
  payer: 'source',
  provider: 'receiver',
  subscriber: 'subscriber',
  dependent: 'dependent',
  dependents: 'dependent',
};

/**
 * Whether an error is the payer's (AAA) and no complaint of the vendor about the request's own form: its code is AAA03, two
 * characters, and it names a loop or a next step.
 */
function isReject(error: unknown): boolean {
  const code = textAt(error, 'code');
  const said = textAt(error, 'followupAction') ?? textAt(error, 'location');
  return code !== null && /^[0-9A-Z]{2}$/.test(code) && said !== null;
}

function partyOf(error: unknown): Reject['at'] {
  const loop = /2[01][01]0([A-D])/.exec(textAt(error, 'location') ?? '')?.[1];
  const field = (textAt(error, 'field') ?? '').split(/[.[]/)[0] ?? '';
  // An error that names nobody is about the question as a whole.
  return (loop === undefined ? undefined : loops[loop]) ?? parties[field] ?? 'source';
}

function rejectsAt(errors: readonly unknown[], source: string, at: Reject['at'] | null): Reject[] {
  return errors.flatMap((error, index) => {
    const code = textAt(error, 'code');
    if (code === null || !isReject(error)) return [];
    return [{ at: at ?? partyOf(error), code, followUp: followUpOf(error), source: `${source}[${index}]` }];
  });
}

/** Every refusal once, in the order of the answer, although the wire repeats those of a party at the top. */
export function rejectsOf(json: unknown): Reject[] {
  const dependents = listAt(json, 'dependents').filter(isObject);
  const all = [
    ...rejectsAt(listAt(at(json, 'payer'), 'aaaErrors'), 'payer.aaaErrors', 'source'),
    ...rejectsAt(listAt(at(json, 'provider'), 'aaaErrors'), 'provider.aaaErrors', 'receiver'),
    ...rejectsAt(listAt(at(json, 'subscriber'), 'aaaErrors'), 'subscriber.aaaErrors', 'subscriber'),
    ...dependents.flatMap((one, index) =>
      rejectsAt(listAt(one, 'aaaErrors'), `dependents[${index}].aaaErrors`, 'dependent'),
    ),
    ...rejectsAt(listAt(json, 'errors'), 'errors', null),
  ];
  return all.filter(
    (reject, index) => all.findIndex((other) => other.code === reject.code && other.at === reject.at) === index,
  );
}
