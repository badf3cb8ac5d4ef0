// What is asked before something is done to a document: why it stands, under which words it is signed, what is added.
import { nameInWords } from '../care.ts';
import { dayInWords } from '../dates.ts';
import { kindWords } from '../note-words.ts';
import type { NotePage, ShownGap, ShownNoteFinding } from '../notes.ts';
import { shortHash } from './page.ts';
import type { SayRequest } from './say-dialog.ts';

/** A question without what is done with its answer. */
export type Asking = Omit<SayRequest, 'send' | 'done'>;

const plain = { text: [], summary: [], words: null, choice: null } as const;
const kept = 'It is kept with the note, under your name.';
const reason = (hint: string): Asking['words'] => ({ label: 'Your reason', hint, value: '' });

const cosignChoices = [
  ['needed', 'Yes, somebody else signs as well'],
  ['notNeeded', 'No'],
] as const;

export function stands({ message }: ShownNoteFinding): Asking {
  return {
    ...plain,
    title: 'Why is it right as it stands?',
    text: [message],
    words: reason(kept),
    button: 'Let it stand',
  };
}

export function leftOpen(text: string): Asking {
  return {
    ...plain,
    title: 'Why is it left open?',
    text: [text],
    words: reason(`${kept} A gap stays readable in it.`),
    button: 'Leave it open',
  };
}

export function allLeftOpen(gaps: readonly ShownGap[]): Asking {
  return {
    ...plain,
    title: `Why are these ${gaps.length} gaps left open?`,
    text: [[...new Set(gaps.map(({ text }) => text))].join(' ')],
    words: reason('The one reason is kept for each of them. They stay readable in the note.'),
    button: 'Leave them open',
  };
}

/** @param today `YYYY-MM-DD` in the clinic's zone */
export function signature(page: NotePage, as: 'author' | 'cosigner', attestation: string, today: string): Asking {
  const { kind, patient, date, signing } = page;
  const { needs, words } = signing.cosignature;
  const isAsked = as === 'author' && needs === 'asked';
  return {
    ...plain,
    title: `${as === 'author' ? 'Sign' : 'Co-sign'} this ${kindWords[kind].toLowerCase()}?`,
    text: [attestation, ...(isAsked ? [words] : [])],
    summary: [
      ['Patient', nameInWords(patient.name)],
      ['Visit', dayInWords(date, today)],
      ['Content', shortHash(signing.hash)],
    ],
    choice: isAsked ? { label: 'Is a co-signature needed?', options: cosignChoices } : null,
    button: as === 'author' ? 'Sign' : 'Co-sign',
  };
}

export function addendum(attestation: string): Asking {
  return {
    ...plain,
    title: 'Add to the signed document',
    text: [attestation],
    words: { label: 'What you add', hint: 'Name no other patient.', value: '' },
    button: 'Sign the addendum',
  };
}

export const discarding: Asking = {
  ...plain,
  title: 'Discard this draft?',
  text: ['The session stays as it is. A new draft can be made of it.'],
  words: reason('It is kept.'),
  button: 'Discard',
  isDanger: true,
};
