// The console's frame: who is signed in, which page the address shows, navigation, announcements and automatic sign-out.
import { html, LitElement } from 'lit';
import type { TemplateResult } from 'lit';
import { ApiError } from './api-error.ts';
import { Api } from './api-client.ts';
import type { Session } from './api.ts';
import { navigation } from './navigation.ts';
import { pageOf } from './page-of.ts';
import { brandMark } from './parts/brand.ts';
import { Inactivity } from './parts/inactivity.ts';
import { clinicName, errorNotice } from './parts/page.ts';
import type { ListView, Shell } from './parts/page.ts';
import { paths, routeOf, titleOf } from './router.ts';
import type { Route } from './router.ts';
import { roleInWords } from './words.ts';
import './pages/sign-in.ts';
import { forgetKey, Tablet } from './capture/tablet.ts';

const defaultInactiveMinutes = 15;
/** Stands in the browser while the server has not been told of a sign-out. */
const signedOutKey = 'gait-signed-out';
/** How long a sign-out waits for what a page still has to send. */
const patienceMilliseconds = 3_000;

function freshListView(): ListView {
  return { show: 'mine', kind: '', search: '', lastOpened: null, items: [], checks: 'all' };
}

class GaitConsole extends LitElement {
  static override properties = {
    session: { state: true },
    started: { state: true },
    route: { state: true },
    signedOutBecause: { state: true },
    startFailure: { state: true },
    secondsLeft: { state: true },
    spoken: { state: true },
  };
  declare session: Session | null;
  declare started: boolean;
  declare route: Route;
  declare signedOutBecause: string | null;
  declare startFailure: unknown;
  declare secondsLeft: number | null;
  declare spoken: string;

  #listView = freshListView();
  #inactivity: Inactivity | null = null;
  readonly #finishing = new Set<Promise<unknown>>();
  readonly #api = new Api(() => this.#leave('You were signed out. Sign in to go on where you were.'));

  constructor() {
    super();
    this.session = null;
    this.started = false;
    this.route = routeOf(location.pathname);
    this.signedOutBecause = null;
    this.startFailure = null;
    this.secondsLeft = null;
    this.spoken = '';
  }

  protected override createRenderRoot(): this {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('popstate', this.#onPopState);
    window.addEventListener('pageshow', this.#onPageShow);
    this.addEventListener('click', this.#onClick);
    document.addEventListener('keydown', this.#onKey);
    void this.#start();
  }

  async #start(): Promise<void> {
    this.startFailure = null;
    try {
      await this.#endSignOut();
      this.#enter(await this.#api.session());
    } catch (error) {
      if (!(error instanceof ApiError) || (error.status !== 401 && error.status !== 403)) await this.#resume(error);
      else await forgetKey();
    }
    this.started = true;
    document.title = this.session === null ? 'Sign in · Gait' : titleOf(this.route);
  }

  /** Without a connection a therapist goes on capturing where they were a moment ago; every other page needs the server. */
  async #resume(failure: unknown): Promise<void> {
    const capturing = this.route.page === 'capture' || this.route.page === 'captureSession';
    const remembered = capturing ? await Tablet.remembered() : null;
    if (remembered === null) this.startFailure = failure;
    else this.#enter(remembered.signIn);
  }

  /** A sign-out that the server could not be told of is told before anything else: the next person must not be the last one. */
  async #endSignOut(): Promise<void> {
    if (localStorage.getItem(signedOutKey) === null) return;
    try {
      await this.#api.signOut();
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
    }
    localStorage.removeItem(signedOutKey);
  }

  #enter(session: Session): void {
    localStorage.removeItem(signedOutKey);
    this.session = session;
    this.signedOutBecause = null;
    this.#listView = freshListView();
    document.title = titleOf(this.route);
    this.#inactivity?.stop();
    this.#inactivity = new Inactivity({
      minutes: session.inactiveAfterMinutes ?? defaultInactiveMinutes,
      warnSeconds: 60,
      onWarn: (seconds) => this.#warn(seconds),
      onActive: () => this.#closeWarning(),
      onExpired: () => void this.#signOut('You were signed out after a time without input.'),
    });
    this.#inactivity.start();
  }

  #leave(because: string | null): void {
    this.#inactivity?.stop();
    this.#inactivity = null;
    this.#closeWarning();
    this.session = null;
    void forgetKey();
    this.#listView = freshListView();
    this.signedOutBecause = because;
    document.title = 'Sign in · Gait';
  }

  async #signOut(because: string | null): Promise<void> {
    // The page is cleared first: what a person leaves behind must not stay readable while the server is slow.
    this.#leave(because);
    localStorage.setItem(signedOutKey, 'untold');
    await this.updateComplete;
    const patience = new Promise((resolve) => setTimeout(resolve, patienceMilliseconds));
    await Promise.race([Promise.allSettled(this.#finishing), patience]);
    try {
      await this.#api.signOut();
      localStorage.removeItem(signedOutKey);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) localStorage.removeItem(signedOutKey);
      else this.signedOutBecause = 'The server could not be told of the sign-out; this browser tells it when it can.';
    }
  }

  #warn(seconds: number): void {
    this.secondsLeft = seconds;
    void this.updateComplete.then(() => {
      const dialog = this.querySelector<HTMLDialogElement>('#inactivity');
      if (dialog && !dialog.open) dialog.showModal();
    });
  }

  #closeWarning(): void {
    this.secondsLeft = null;
    this.querySelector<HTMLDialogElement>('#inactivity')?.close();
  }

  readonly #stay = (): void => {
    this.#inactivity?.stay();
    // The server counts idle time too; asking for the session renews it there. Without a connection who treats goes on.
    void this.#api.session().catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 401)
        this.#leave('You were signed out. Sign in to go on where you were.');
    });
  };

  readonly #onPopState = (): void => this.#show();

  // A page restored from the browser's memory may belong to somebody who has signed out since.
  readonly #onPageShow = (event: PageTransitionEvent): void => {
    if (event.persisted) location.reload();
  };

  readonly #onClick = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link || link.target !== '' || link.origin !== location.origin || link.hash !== '') return;
    if (!link.pathname.startsWith('/console')) return;
    event.preventDefault();
    this.#go(link.pathname);
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== '?' || event.ctrlKey || event.metaKey || this.session === null) return;
    if (event.target instanceof Element && event.target.closest('input, textarea, select, dialog')) return;
    event.preventDefault();
    this.#shortcuts();
  };

  #shortcuts(): void {
    this.querySelector<HTMLDialogElement>('#shortcuts')?.showModal();
  }

  #go(path: string): void {
    if (path !== location.pathname) history.pushState(null, '', path);
    this.#show();
  }

  #show(): void {
    this.route = routeOf(location.pathname);
    document.title = this.session === null ? 'Sign in · Gait' : titleOf(this.route);
    window.scrollTo(0, 0);
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('main')?.focus({ preventScroll: true }));
  }

  #shell(session: Session): Shell {
    return {
      api: this.#api,
      session,
      listView: this.#listView,
      now: () => new Date(),
      go: (path) => this.#go(path),
      announce: (words) => {
        this.spoken = words;
      },
      finish: (work) => {
        this.#finishing.add(work);
        void work.catch(() => undefined).then(() => this.#finishing.delete(work));
      },
    };
  }

  protected override render(): TemplateResult {
    if (!this.started) return html`<p class="loading" role="status">Loading …</p>`;
    if (this.startFailure !== null)
      return html`<main>${errorNotice(this.startFailure, () => void this.#start())}</main>`;
    if (this.session === null)
      return html`<gait-sign-in
        .api=${this.#api}
        .because=${this.signedOutBecause}
        .onSignedIn=${(session: Session) => this.#enter(session)}
      ></gait-sign-in>`;
    return this.#frame(this.session);
  }

  #frame(session: Session): TemplateResult {
    const shell = this.#shell(session);
    const roles = session.user.roles.map(roleInWords).join(', ');
    return html`<a class="skip-link" href="#content" @click=${this.#skip}>Skip to the content</a>
      <header class="bar">
        <div class="bar-inner">
          <a class="brand" href=${paths.workList} aria-label="Gait, work list">${brandMark()}<span>Gait</span></a>
          <nav aria-label="Pages">${navigation(session, this.route.page)}</nav>
          <div class="who">
            <p class="who-name">
              <strong>${session.user.displayName}</strong><span>${roles} · ${clinicName(session)}</span>
            </p>
            <button class="button small" @click=${() => void this.#signOut(null)}>Sign out</button>
          </div>
        </div>
      </header>
      <main id="content" tabindex="-1">${pageOf(this.route, shell)}</main>
      <p class="visually-hidden" role="status" aria-live="polite">${this.spoken}</p>
      ${this.#dialogs()}`;
  }

  readonly #skip = (event: Event): void => {
    event.preventDefault();
    this.querySelector<HTMLElement>('main')?.focus();
  };

  #dialogs(): TemplateResult {
    return html`<dialog id="shortcuts" aria-labelledby="shortcuts-title">
        <h2 id="shortcuts-title">Keyboard shortcuts</h2>
        <dl class="shortcuts">
          <dt><kbd>j</kbd> <kbd>k</kbd></dt>
          <dd>next and previous item of the work list</dd>
          <dt><kbd>Enter</kbd></dt>
          <dd>open the item</dd>
          <dt><kbd>/</kbd></dt>
          <dd>search in the work list</dd>
          <dt><kbd>Esc</kbd></dt>
          <dd>close a dialog, nothing is decided</dd>
          <dt><kbd>?</kbd></dt>
          <dd>this help</dd>
        </dl>
        <div class="buttons">
          <button class="button primary" @click=${() => this.querySelector<HTMLDialogElement>('#shortcuts')?.close()}>
            Close
          </button>
        </div>
      </dialog>
      <dialog id="inactivity" aria-labelledby="inactivity-title" @cancel=${this.#stay}>
        <h2 id="inactivity-title">Are you still there?</h2>
        <p>You will be signed out in ${this.secondsLeft ?? 0} seconds. Edits that are not saved will be lost.</p>
        <div class="buttons">
          <button class="button" @click=${() => void this.#signOut(null)}>Sign out now</button>
          <button class="button primary" autofocus @click=${this.#stay}>Stay signed in</button>
        </div>
      </dialog>`;
  }
}

customElements.define('gait-console', GaitConsole);
