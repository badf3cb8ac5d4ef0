// Synthetic documents for the stand-in: drafted by the composer, checked by the verifier, changed and signed as on the real server.
import { phraseRows, requirementRows, structureRows, verificationRules } from '../../rules/testing/documentation.ts';
import { compose } from '../../domain/note/compose.ts';
import type { NoteDocument } from '../../domain/note/document-schema.ts';
import { citedBy, withTexts } from '../../domain/note/edit.ts';
import type { SectionTexts, Writers } from '../../domain/note/edit.ts';
import { phrasesOf } from '../../domain/note/phrases.ts';
import { sourceWords } from '../../domain/note/source-words.ts';
import type { DocumentKind, NoteSource } from '../../domain/note/source-schema.ts';
import { structureOf } from '../../domain/note/structure.ts';
import { drawSources } from '../../domain/note/testing/sessions.ts';
import { verifier } from '../../domain/note-verifier/verify.ts';
import { addDays, dateInZone, dayNumber } from '../../domain/calendar.ts';
import { hashOf } from '../../server/notes/hash.ts';
import { judge } from '../../server/notes/open.ts';
import type { Session } from '../api.ts';
import type { CareName } from '../care.ts';
import type { Filing, NoteLine, NotePage, NoteState, NoteVersion, Resolution } from '../notes.ts';
import { ok, refused } from './answers.ts';
import type { Answer, Body } from './answers.ts';
import { signingRules } from './note-signing.ts';
import { patients, users, zone } from './people.ts';

export const noteRefs = {
  doubted: 'not_demo000000000000000001',
  daily: 'not_demo000000000000000002',
  cosign: 'not_demo000000000000000003',
  signed: 'not_demo000000000000000004',
  progress: 'not_demo000000000000000005',
} as const;

const verify = verifier(verificationRules);
const rules = { verify, requirements: requirementRows, signing: signingRules };
const therapist = { id: 'usr_therapist00000000000004', displayName: 'Kim Adair' };
const assistant = { id: 'usr_assistant0000000000005', displayName: 'Robin Vale' };
const writtenAt = 'T15:20:00.000Z';

interface Kept {
  readonly note: string;
  readonly patient: string;
  readonly name: CareName;
  readonly author: NotePage['author'];
  readonly source: NoteSource;
  document: NoteDocument;
  writers: Writers;
  revision: number;
  state: NoteState;
  resolutions: (Resolution & { readonly about: string })[];
  versions: NoteVersion[];
  filing: Filing | null;
}

/** All days of a source moved so that its session is so many days before today. */
function movedTo(source: NoteSource, today: string, daysAgo: number): NoteSource {
  const by = dayNumber(today) - daysAgo - dayNumber(source.session.date);
  const text = JSON.stringify(source).replaceAll(/"(\d{4}-\d{2}-\d{2})"/g, (_, day: string) => `"${addDays(day, by)}"`);
  return JSON.parse(text) as NoteSource;
}

export class NoteDesk {
  readonly #notes = new Map<string, Kept>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
    const drawn = drawSources(7, 1, 6);
    const add = (note: string, at: number, kind: DocumentKind, more: Partial<Kept> & { daysAgo: number }): void => {
      const source = drawn[at];
      const [given, family] = patients[at % patients.length] ?? ['', ''];
      if (source !== undefined)
        this.#add(note, kind, movedTo(source, this.#today, more.daysAgo), { given, family }, more);
    };
    add(noteRefs.doubted, 1, 'daily', { daysAgo: 0 });
    add(noteRefs.daily, 29, 'daily', { daysAgo: 0 });
    add(noteRefs.progress, 23, 'progress', { daysAgo: 1 });
    add(noteRefs.cosign, 13, 'daily', { daysAgo: 1, author: { ...assistant, credential: 'PTA' } });
    add(noteRefs.signed, 18, 'evaluation', { daysAgo: 6 });
    this.#mislead(noteRefs.doubted);
    this.#sign(noteRefs.cosign, 'awaitingCosign');
    this.#sign(noteRefs.signed, 'filed');
  }

  get #today(): string {
    return dateInZone(this.#now().toISOString(), zone);
  }

  #add(note: string, kind: DocumentKind, source: NoteSource, name: CareName, more: Partial<Kept>): void {
    const document = compose({
      source,
      system: 'webpt',
      structure: structureOf(structureRows, 'webpt', kind),
      phrases: phrasesOf(phraseRows, 'narrative'),
    });
    this.#notes.set(note, {
      note,
      patient: 'pat_demo0000000000000000009',
      name,
      author: { ...therapist, credential: 'PT' },
      source,
      document,
      writers: document.sections.map(({ sentences }) => sentences.map(() => 'composer' as const)),
      revision: 1,
      state: 'draft',
      resolutions: [],
      versions: [],
      filing: null,
      ...more,
    });
  }

  /** A person wrote another number over a recorded one: the verifier finds it. */
  #mislead(note: string): void {
    const kept = this.#notes.get(note);
    if (kept === undefined) return;
    let told = false;
    const lied = (text: string): string =>
      text.replace(/(\d+)°/, (said, degrees: string) => {
        if (told) return said;
        told = true;
        return `${Number(degrees) + 20}°`;
      });
    const sections = kept.document.sections.map(({ id, sentences }) => ({
      id,
      texts: sentences.map(({ text }) => lied(text)),
    }));
    this.#write(kept, sections);
  }

  #write(kept: Kept, sections: readonly SectionTexts[]): void {
    const edited = withTexts(kept, sections);
    kept.document = citedBy(edited.document, verify(edited.document, kept.source).traces, kept.source);
    kept.writers = edited.writers;
    kept.revision += 1;
  }

  #sign(note: string, state: NoteState): void {
    const kept = this.#notes.get(note);
    if (kept === undefined || kept.author === null) return;
    const { credential, ...signedBy } = kept.author;
    const page = this.#page(kept, null);
    kept.state = state;
    kept.versions = [
      {
        version: 1,
        kind: 'document',
        hash: page.signing.hash,
        signedBy,
        credential: credential ?? 'PT',
        signedAt: `${kept.source.session.date}${writtenAt}`,
        attestation: signingRules.attestations[0]?.text ?? '',
        text: null,
        cosigned: null,
        isIntact: true,
      },
    ];
    if (state === 'filed')
      kept.filing = {
        state: 'filed',
        by: null,
        at: `${kept.source.session.date}T16:02:00.000Z`,
        receipt: 'MSG00042',
        system: 'WebPT',
        reason: null,
        workItem: null,
      };
  }

  get(path: string, session: Session): Answer | null {
    if (path === '/v1/console/notes') return ok({ notes: [...this.#notes.values()].map((kept) => this.#line(kept)) });
    const record = /^\/v1\/console\/session-records\/(\w+)$/.exec(path)?.[1];
    const kept =
      record === undefined
        ? undefined
        : [...this.#notes.values()].find(({ source }) => recordIn(source, record) !== undefined);
    if (record !== undefined && kept !== undefined)
      return ok({
        session: record,
        revision: 4,
        state: 'closed',
        record: recordIn(kept.source, record),
        appointment: 'appt_demo1',
      });
    const note = this.#notes.get(/^\/v1\/console\/notes\/(\w+)$/.exec(path)?.[1] ?? '');
    return note === undefined ? null : ok(this.#page(note, session));
  }

  post(path: string, body: Body, session: Session): Answer | null {
    if (/^\/v1\/console\/session-records\/\w+\/draft$/.test(path)) return ok({ note: noteRefs.daily });
    const [, ref = '', deed] = /^\/v1\/console\/notes\/(\w+)\/([\w-]+)$/.exec(path) ?? [];
    const kept = this.#notes.get(ref);
    if (kept === undefined) return null;
    if ('revision' in body && body['revision'] !== kept.revision)
      return refused(409, 'state.conflict', 'The document has a newer revision.', 'Load it again.');
    switch (deed) {
      case 'edit':
        this.#write(kept, body['sections'] as unknown as readonly SectionTexts[]);
        return ok({});
      case 'resolve':
        return this.#resolve(kept, body, session);
      case 'sign':
      case 'cosign':
        return this.#signed(kept, deed, body, session);
      case 'addenda':
        kept.versions.push(this.#addendum(kept, textIn(body, 'text'), session));
        return ok({});
      case 'discard':
        kept.state = 'discarded';
        return ok({});
      default:
        return null;
    }
  }

  #resolve(kept: Kept, body: Body, session: Session): Answer {
    const reason = textIn(body, 'reason');
    const how = body['how'] === 'stands' ? 'stands' : 'gapAccepted';
    for (const key of body['findings'] as readonly string[])
      kept.resolutions.push({ key, how, reason, by: session.user.id, at: this.#now().toISOString(), about: '' });
    kept.revision += 1;
    return ok({});
  }

  #signed(kept: Kept, deed: 'sign' | 'cosign', body: Body, session: Session): Answer {
    const page = this.#page(kept, session);
    if (body['hash'] !== page.signing.hash) return refused(409, 'state.conflict', 'The document has changed.');
    if (deed === 'sign') this.#sign(kept.note, 'signed');
    else {
      const [first] = kept.versions;
      const cosigned = { by: session.user, credential: 'PT', at: this.#now().toISOString() };
      if (first !== undefined) kept.versions = [{ ...first, cosigned }];
      kept.state = 'signed';
    }
    return ok({});
  }

  #addendum(kept: Kept, text: string, { user }: Session): NoteVersion {
    return {
      version: kept.versions.length + 1,
      kind: 'addendum',
      hash: hashOf(text),
      signedBy: { id: user.id, displayName: user.displayName },
      credential: 'PT',
      signedAt: this.#now().toISOString(),
      attestation: signingRules.attestations.find((row) => row.as === 'addendum')?.text ?? '',
      text,
      cosigned: null,
      isIntact: true,
    };
  }

  #line(kept: Kept): NoteLine {
    const { open } = judge(rules, kept);
    const { block, ask, gaps, missing } = open;
    const { note, patient, name, author, state, document, source } = kept;
    return {
      note,
      session: source.session.ref,
      patient,
      patientName: name,
      kind: document.kind,
      date: document.date,
      state,
      author,
      writtenBy: 'composer',
      findings: { block, ask },
      gaps,
      missing,
    };
  }

  #page(kept: Kept, session: Session | null): NotePage {
    const { findings, traces, gaps, completeness, open, void: voided } = judge(rules, kept);
    const { document, source, state, versions, note } = kept;
    const cited = document.sections.flatMap(({ sentences }) => sentences.flatMap(({ sources }) => sources));
    const pointers = [
      ...cited.map(({ pointer }) => pointer),
      ...[...traces, ...findings].flatMap((one) => one.pointers),
    ];
    const as = state === 'draft' ? 'author' : state === 'awaitingCosign' ? 'cosigner' : null;
    const left = open.block + open.gaps + open.missing;
    const whyNot = [
      ...(as === 'author' && left > 0
        ? [
            {
              code: 'open',
              words: `Still open: unsupported statements ${open.block}, gaps ${open.gaps}, missing contents ${open.missing}.`,
            },
          ]
        : []),
      ...(session?.user.roles.includes('therapist') === true
        ? []
        : [{ code: 'noCredential', words: 'No credential is on file for you; an operator enters it.' }]),
    ];
    const words = signingRules.attestations.find((row) => row.as === (as ?? 'author'));
    const addendum = signingRules.attestations.find((row) => row.as === 'addendum');
    return {
      note,
      kind: document.kind,
      state,
      revision: kept.revision,
      system: document.structure,
      date: document.date,
      patient: { ref: kept.patient, name: kept.name },
      session: { ref: source.session.ref, revision: 4, isAsDrafted: true },
      author: kept.author,
      writtenBy: 'composer',
      document,
      writers: kept.writers,
      sources: Object.fromEntries(pointers.map((pointer) => [pointer, sourceWords(source, pointer)])),
      verification: { findings, traces },
      gaps,
      completeness,
      open,
      resolutions: kept.resolutions.map((one) => ({
        ...one,
        byName: users.find(({ id }) => id === one.by)?.displayName ?? one.by,
        isVoid: voided.some(({ key }) => key === one.key),
      })),
      signing: {
        as,
        maySign: as !== null && whyNot.length === 0,
        whyNot,
        hash: versions[0]?.hash ?? hashOf({ note, document, resolutions: kept.resolutions }),
        attestation: as === null || words === undefined ? null : { id: words.id, text: words.text },
        addendumAttestation: { id: addendum?.id ?? '', text: addendum?.text ?? '' },
        cosignature: { needs: 'notRequired', words: 'Who writes this answers for it alone.' },
      },
      versions,
      automation: signingRules.automation[0]?.text ?? '',
      filing: kept.filing,
    };
  }
}

function textIn(body: Body, name: string): string {
  const value = body[name];
  return typeof value === 'string' ? value : '';
}

function recordIn({ session, earlier }: NoteSource, ref: string): NoteSource['session'] | undefined {
  return [session, ...earlier].find((one) => one.ref === ref);
}
