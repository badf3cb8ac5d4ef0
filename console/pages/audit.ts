// Verifying the audit chain: one button, one plain answer that names the entry where the chain breaks.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { AuditVerdict } from '../api.ts';
import { PageElement } from '../parts/page.ts';

class Audit extends PageElement {
  static override properties = { verdict: { state: true }, busy: { state: true } };
  declare verdict: AuditVerdict | null;
  declare busy: boolean;

  constructor() {
    super();
    this.verdict = null;
    this.busy = false;
  }

  async #verify(): Promise<void> {
    this.busy = true;
    this.verdict = null;
    await this.attempt(async () => {
      this.verdict = await this.shell.api.admin.verifyAudit();
    });
    this.busy = false;
  }

  protected override render(): TemplateResult {
    return html`<div class="page-head"><h1>Audit</h1></div>
      ${this.failureNotice()}
      <section class="panel">
        <div class="panel-head"><h2>The chain of entries</h2></div>
        <div class="panel-body">
          <p class="soft">
            Every look at a record and every decision is one entry; each entry seals the one before it. Verifying
            recomputes all of them.
          </p>
          <p class="buttons">
            <button class="button primary" ?disabled=${this.busy} @click=${() => void this.#verify()}>
              ${this.busy ? 'Verifying …' : 'Verify now'}
            </button>
          </p>
          <div aria-live="polite">${this.verdict === null ? nothing : this.#words(this.verdict)}</div>
        </div>
      </section>`;
  }

  #words({ entries, broken }: AuditVerdict): TemplateResult {
    if (broken === null)
      return html`<div class="notice good"><strong>The chain is whole: ${entries} entries.</strong></div>`;
    return html`<div class="notice danger" role="alert">
      <strong>The chain is broken. ${broken.message}</strong>
      <span>Keep the database as it is and compare it with a backup.</span>
    </div>`;
  }
}

customElements.define('gait-audit', Audit);
