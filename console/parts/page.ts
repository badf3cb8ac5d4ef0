// What every page of the console shares: the shell it runs in, light DOM (one style sheet, one tree for assistive tools) and plain errors.
import { html, LitElement, nothing } from 'lit';
import type { PropertyDeclarations, TemplateResult } from 'lit';
import { ApiError } from '../api-error.ts';
import type { Api } from '../api-client.ts';
import type { Person, Session, WorkItemLine } from '../api.ts';
import type { CheckFilter } from '../benefits.ts';
import { dateInZone } from '../dates.ts';

/** What the work list remembers while a person visits an item; kept in memory only, gone with the session. */
export interface ListView {
  show: string;
  kind: string;
  search: string;
  lastOpened: string | null;
  items: readonly WorkItemLine[];
  /** Which coverage checks the page of benefits shows. */
  checks: CheckFilter;
}

/** What a page may ask of the console around it. */
export interface Shell {
  readonly api: Api;
  readonly session: Session;
  readonly listView: ListView;
  now(): Date;
  go(path: string): void;
  announce(words: string): void;
  /** Work that is to be done before the person is signed out. */
  finish(work: Promise<unknown>): void;
}

export class PageElement extends LitElement {
  static override properties: PropertyDeclarations = { shell: { attribute: false }, failure: { state: true } };
  declare shell: Shell;
  declare failure: unknown;

  constructor() {
    super();
    this.failure = null;
  }

  protected override createRenderRoot(): this {
    return this;
  }

  protected get zone(): string {
    return this.shell.session.clinic.timezone;
  }

  protected get today(): string {
    return dateInZone(this.shell.now(), this.zone);
  }

  /** Runs a task of the page and keeps its failure for `failureNotice`; resolves to whether it succeeded. */
  protected async attempt(task: () => Promise<void>): Promise<boolean> {
    this.failure = null;
    try {
      await task();
      return true;
    } catch (error) {
      this.failure = error;
      return false;
    }
  }

  protected failureNotice(again?: () => void): TemplateResult | typeof nothing {
    return this.failure === null ? nothing : errorNotice(this.failure, again);
  }
}

/** An error in plain words, with what to do about it, read out at once. */
export function errorNotice(error: unknown, again?: () => void, words = 'Try again'): TemplateResult {
  const known = error instanceof ApiError ? error : null;
  return html`<div class="notice danger" role="alert">
    <strong>${known?.message ?? 'The page could not be shown because of a fault in the console.'}</strong>
    ${known?.fix ? html`<span>${known.fix}</span>` : nothing}
    ${again ? html`<div class="buttons"><button class="button small" @click=${again}>${words}</button></div>` : nothing}
  </div>`;
}

/** The name of whoever did something: a display name where the server sent one, "you" for oneself. */
export function personInWords(person: string | Person | null, session: Session): string {
  if (person === null) return 'Gait';
  if (typeof person !== 'string') return person.id === session.user.id ? 'you' : person.displayName;
  if (person === session.user.id) return 'you';
  return person.startsWith('usr_') ? 'a colleague' : person;
}

/** The clinic as people call it. */
export function clinicName(session: Session): string {
  return session.clinic.displayName ?? session.clinic.name;
}

/** The first characters of a hash: enough for two people to agree that they mean the same revision. */
export function shortHash(hash: string): string {
  return hash.replace(/^sha256[:-]/, '').slice(0, 8);
}
