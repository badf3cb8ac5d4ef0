// A form that is sent as a whole: what it lacks is said on it, a refusal stays on it with what was typed, and it is sent once at a time.
import { html, LitElement, nothing } from 'lit';
import type { PropertyDeclarations, TemplateResult } from 'lit';
import { errorNotice } from './page.ts';

export abstract class SentForm<Said> extends LitElement {
  static override properties: PropertyDeclarations = {
    send: { attribute: false },
    failure: { state: true },
    busy: { state: true },
    complaint: { state: true },
  };
  /** Stores what the form says; a refusal rejects. */
  declare send: (said: Said) => Promise<void>;
  declare failure: unknown;
  declare busy: boolean;
  declare complaint: string | null;

  constructor() {
    super();
    this.failure = null;
    this.busy = false;
    this.complaint = null;
  }

  protected override createRenderRoot(): this {
    return this;
  }

  /** What the fields say, or what they lack. */
  protected abstract read(data: FormData): { readonly said: Said } | { readonly complaint: string };

  /** After it was stored. */
  protected stored(_form: HTMLFormElement): void {
    // The form stays as it is.
  }

  protected readonly submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || this.busy) return;
    const read = this.read(new FormData(form));
    this.complaint = 'complaint' in read ? read.complaint : null;
    if ('complaint' in read) return;
    this.busy = true;
    this.failure = null;
    try {
      await this.send(read.said);
      this.stored(form);
    } catch (error) {
      this.failure = error;
    } finally {
      this.busy = false;
    }
  };

  /** What is wrong, and the button. */
  protected foot(button: string): TemplateResult {
    return html`${this.complaint === null
        ? nothing
        : html`<div class="notice danger" role="alert"><strong>${this.complaint}</strong></div>`}
      ${this.failure === null ? nothing : errorNotice(this.failure)}
      <div class="buttons">
        <button class="button primary" ?disabled=${this.busy}>${this.busy ? 'Sending …' : button}</button>
      </div>`;
  }
}
