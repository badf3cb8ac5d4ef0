// The calls of notes, plans of care, episodes and progress.
import type { DraftFigures } from '../../domain/note-audit/figures.ts';
import type { PlanDraft } from '../../domain/plan-of-care/draft.ts';
import type { DocumentKind, Episode } from '../../domain/note/source-schema.ts';
import type {
  Certification,
  DueLine,
  HowSettled,
  NoteLine,
  NotePage,
  PlanPage,
  ProgressPage,
  StoredEpisode,
} from '../notes.ts';
import type { Server } from './server.ts';

const notePath = (note: string): string => `/v1/console/notes/${encodeURIComponent(note)}`;
const planPath = (plan: string): string => `/v1/console/plans-of-care/${encodeURIComponent(plan)}`;
const patientPath = (patient: string): string => `/v1/console/patients/${encodeURIComponent(patient)}`;

/** The sentences of one section as they are to stand; an empty one is taken out. */
export interface SectionTexts {
  readonly id: string;
  readonly texts: readonly string[];
}

export class NoteCalls {
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  /** Of drafts of visits since a day; null: of all of them. */
  draftFigures(from: string | null): Promise<DraftFigures> {
    const query = new URLSearchParams(from === null ? {} : { from });
    return this.#server.get(`/v1/console/documentation/figures?${query}`);
  }

  async notes(): Promise<readonly NoteLine[]> {
    return (await this.#server.get<{ notes: readonly NoteLine[] }>('/v1/console/notes')).notes;
  }

  async due(): Promise<readonly DueLine[]> {
    return (await this.#server.get<{ due: readonly DueLine[] }>('/v1/console/documentation/due')).due;
  }

  note(note: string): Promise<NotePage> {
    return this.#server.get(notePath(note));
  }

  /** Drafts the document of a session, of the kind that suits it where none is named; the same session and kind again gives the same note. */
  draft(session: string, kind: DocumentKind | null): Promise<{ readonly note: string }> {
    const path = `/v1/console/session-records/${encodeURIComponent(session)}/draft`;
    return this.#server.post(path, kind === null ? {} : { kind });
  }

  edit(note: string, revision: number, sections: readonly SectionTexts[]): Promise<unknown> {
    return this.#server.post(`${notePath(note)}/edit`, { revision, sections });
  }

  /** Settles findings, gaps or missing contents by their keys. */
  settle(
    note: string,
    said: {
      readonly revision: number;
      readonly findings: readonly string[];
      readonly how: HowSettled;
      readonly reason: string;
    },
  ): Promise<unknown> {
    return this.#server.post(`${notePath(note)}/resolve`, said);
  }

  /** Makes who is signed in the author. */
  takeOver(note: string, revision: number): Promise<unknown> {
    return this.#server.post(`${notePath(note)}/take-over`, { revision });
  }

  /** Signs exactly what `hash` names; `cosign` is said where no rule tells whether a second signature is needed. */
  sign(
    note: string,
    said: {
      readonly revision: number;
      readonly hash: string;
      readonly attestation: string;
      readonly cosign?: 'needed' | 'notNeeded';
    },
  ): Promise<unknown> {
    return this.#server.post(`${notePath(note)}/sign`, said);
  }

  cosign(note: string, said: { readonly hash: string; readonly attestation: string }): Promise<unknown> {
    return this.#server.post(`${notePath(note)}/cosign`, said);
  }

  addendum(note: string, text: string): Promise<unknown> {
    return this.#server.post(`${notePath(note)}/addenda`, { text });
  }

  discard(note: string, revision: number, reason: string): Promise<unknown> {
    return this.#server.post(`${notePath(note)}/discard`, { revision, reason });
  }

  episode(patient: string): Promise<StoredEpisode> {
    return this.#server.get(`${patientPath(patient)}/episode`);
  }

  saveEpisode(patient: string, revision: number, episode: Episode, endedOn: string | null): Promise<unknown> {
    return this.#server.post(`${patientPath(patient)}/episode`, { revision, episode, endedOn });
  }

  progress(patient: string): Promise<ProgressPage> {
    return this.#server.get(`${patientPath(patient)}/progress`);
  }

  plan(plan: string): Promise<PlanPage> {
    return this.#server.get(planPath(plan));
  }

  draftPlan(patient: string): Promise<{ readonly plan: string }> {
    return this.#server.post('/v1/console/plans-of-care/drafts', { patient });
  }

  editPlan(plan: string, revision: number, draft: PlanDraft): Promise<unknown> {
    return this.#server.post(`${planPath(plan)}/edit`, { revision, draft });
  }

  approvePlan(plan: string, said: { readonly revision: number; readonly hash: string }): Promise<unknown> {
    return this.#server.post(`${planPath(plan)}/approve`, said);
  }

  /** Records how a plan was certified: signed on a day, or sent with an order on file. */
  certify(patient: string, certification: Certification & { readonly startsOn: string }): Promise<unknown> {
    return this.#server.post(`${patientPath(patient)}/certification`, certification);
  }

  discardPlan(plan: string, revision: number): Promise<unknown> {
    return this.#server.post(`${planPath(plan)}/discard`, { revision });
  }
}
