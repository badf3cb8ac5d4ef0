// The sign-in page: one wrong word about either field is never told apart.
import { html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { ApiError } from '../api-error.ts';
import type { Api } from '../api-client.ts';
import type { Session } from '../api.ts';
import { brandMark } from '../parts/brand.ts';
import { errorNotice } from '../parts/page.ts';

class SignIn extends LitElement {
  static override properties = {
    api: { attribute: false },
    because: { attribute: false },
    onSignedIn: { attribute: false },
    busy: { state: true },
    failure: { state: true },
  };
  declare api: Api;
  declare because: string | null;
  declare onSignedIn: (session: Session) => void;
  declare busy: boolean;
  declare failure: unknown;

  constructor() {
    super();
    this.because = null;
    this.busy = false;
    this.failure = null;
  }

  protected override createRenderRoot(): this {
    return this;
  }

  protected override firstUpdated(): void {
    this.querySelector('input')?.focus();
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement) || this.busy) return;
    const email = event.target.querySelector<HTMLInputElement>('#email')?.value ?? '';
    const password = event.target.querySelector<HTMLInputElement>('#password')?.value ?? '';
    this.busy = true;
    this.failure = null;
    try {
      this.onSignedIn(await this.api.signIn(email.trim(), password));
    } catch (error) {
      this.failure =
        error instanceof ApiError && error.status === 401
          ? new ApiError(401, error.code, 'E-mail or password is not right.', 'Check both and try again.', null)
          : error;
      await this.updateComplete;
      const field = this.querySelector<HTMLInputElement>('#password');
      field?.focus();
      field?.select();
    } finally {
      this.busy = false;
    }
  };

  protected override render(): TemplateResult {
    const invalid = this.failure === null ? nothing : 'true';
    return html`<main class="sign-in">
      <div class="sign-in-card">
        <div class="panel">
          <p class="brand">${brandMark()}<span>Gait</span></p>
          <h1>Sign in</h1>
          <form @submit=${this.#submit}>
            ${this.because && this.failure === null
              ? html`<p class="notice" role="status">${this.because}</p>`
              : nothing}
            ${this.failure === null ? nothing : errorNotice(this.failure)}
            <div class="field">
              <label for="email">E-mail</label>
              <input id="email" type="email" autocomplete="username" required aria-invalid=${invalid} />
            </div>
            <div class="field">
              <label for="password">Password</label>
              <input id="password" type="password" autocomplete="current-password" required aria-invalid=${invalid} />
            </div>
            <button class="button primary" ?disabled=${this.busy}>${this.busy ? 'Signing in …' : 'Sign in'}</button>
          </form>
        </div>
      </div>
    </main>`;
  }
}

customElements.define('gait-sign-in', SignIn);
