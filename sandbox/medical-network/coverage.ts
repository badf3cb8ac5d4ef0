// Answers a question about coverage at a simulated clearinghouse.
import type { Request, Response } from 'express';
import type { EligibilityAnswer } from '../../domain/eligibility/answer.ts';
import type { Fault } from './faults.ts';
import type { Gate } from './gate.ts';
import type { NetworkStore } from './store.ts';

type Picture = Omit<EligibilityAnswer, 'wire'>;

/** A picture in which the payer refuses the patient with `code`. */
export function refusing(picture: Picture, code: string): Picture {
  const [person] = picture.people;
  if (person === undefined) return picture;
  const reject = { at: person.role, code, followUp: 'C', source: '' };
  return { ...picture, people: [{ ...person, benefits: [], dates: [], rejects: [reject] }] };
}

/** Sends `json(picture)` with the status refusals have here, unless the fault loses it. */
export async function answerCoverage(
  of: {
    store: NetworkStore;
    gate: Gate;
    fault: Fault | null;
    picture: Picture;
    json(picture: Picture): unknown;
  },
  request: Request,
  response: Response,
): Promise<void> {
  const { store, gate, fault } = of;
  const told = fault?.fault === 'refusedInSuccess' || fault?.fault === 'refusedInError';
  const picture = told ? refusing(of.picture, fault.code ?? '75') : of.picture;
  const refused = picture.rejects.length > 0 || picture.people.some(({ rejects }) => rejects.length > 0);
  if (await gate.strikesAfter(fault, request, response)) return;
  const usual = refused ? store.settings.refusalStatus : 200;
  const status = fault?.fault === 'refusedInError' ? 400 : fault?.fault === 'refusedInSuccess' ? 200 : usual;
  response.status(status).json(of.json(picture));
}
