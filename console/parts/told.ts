// A value with where it came from: shown while the pointer or the focus is on it, kept open by a click or a tap, closed by Escape.
import { html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';

/** What stands behind a value, as label and text. */
export type Grounds = readonly (readonly [label: string, text: string])[];

export interface ToldValue {
  readonly words: string;
  readonly isKnown: boolean;
  /** Only what is less than sure is marked. */
  readonly mark: 'medium' | 'low' | 'contradicted' | null;
  readonly grounds: Grounds;
  /** The grounds in one line, for paper. */
  readonly brief: string;
}

const gap = 8;

class Told extends LitElement {
  static override properties = { told: { attribute: false }, key: { attribute: false }, open: { state: true } };
  declare told: ToldValue | null;
  /** Tells it from every other value of the page. */
  declare key: string;
  declare open: boolean;
  #isPinned = false;

  constructor() {
    super();
    this.told = null;
    this.key = '';
    this.open = false;
    this.addEventListener('pointerenter', (event) => {
      if (event.pointerType === 'mouse') this.open = true;
    });
    this.addEventListener('pointerleave', () => this.#letGo());
    this.addEventListener('focusin', (event) => {
      if (event.target instanceof Element && event.target.matches(':focus-visible')) this.open = true;
    });
    this.addEventListener('focusout', () => this.#close());
    this.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.#close();
    });
  }

  protected override createRenderRoot(): this {
    return this;
  }

  override disconnectedCallback(): void {
    this.#unwatch();
    super.disconnectedCallback();
  }

  #letGo(): void {
    if (!this.#isPinned && this.querySelector(':focus-visible') === null) this.open = false;
  }

  #close(): void {
    this.#isPinned = false;
    this.open = false;
  }

  readonly #toggle = (): void => {
    this.#isPinned = !this.#isPinned;
    this.open = this.#isPinned;
  };

  readonly #outside = (event: Event): void => {
    if (event.target instanceof Node && !this.contains(event.target)) this.#close();
  };

  readonly #place = (): void => {
    const [value, more] = [this.querySelector('button'), this.querySelector<HTMLElement>('.told-more')];
    if (value === null || more === null) return;
    const at = value.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = more;
    const left = Math.max(gap, Math.min(at.left, document.documentElement.clientWidth - offsetWidth - gap));
    const fitsBelow = at.bottom + offsetHeight + gap <= document.documentElement.clientHeight;
    more.style.left = `${left}px`;
    more.style.top = `${fitsBelow || at.top < offsetHeight ? at.bottom : at.top - offsetHeight}px`;
  };

  #watch(): void {
    document.addEventListener('pointerdown', this.#outside);
    window.addEventListener('scroll', this.#place, true);
    window.addEventListener('resize', this.#place);
  }

  #unwatch(): void {
    document.removeEventListener('pointerdown', this.#outside);
    window.removeEventListener('scroll', this.#place, true);
    window.removeEventListener('resize', this.#place);
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('open')) return;
    // The top layer: no table and no panel cuts it off.
    const more = this.querySelector<HTMLElement>('.told-more');
    if (this.open && more !== null && !more.matches(':popover-open')) {
      more.showPopover();
      this.#place();
      this.#watch();
    }
    if (!this.open) {
      if (more?.matches(':popover-open') === true) more.hidePopover();
      this.#unwatch();
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.told === null) return nothing;
    const { words, isKnown, mark, grounds, brief } = this.told;
    const id = `told-${this.key}`;
    return html`<button
        type="button"
        class="told-value ${isKnown ? '' : 'unknown'}"
        aria-expanded=${this.open ? 'true' : 'false'}
        aria-describedby=${this.open ? id : nothing}
        @click=${this.#toggle}
      >
        ${words}</button
      >${mark === null ? nothing : html`<span class="told-mark ${mark}">${mark}</span>`}<span
        id=${id}
        class="told-more"
        popover="manual"
        >${grounds.map(([label, text]) => html`<span class="told-line"><strong>${label}</strong> ${text}</span>`)}</span
      ><span class="told-print print-only">${brief}</span>`;
  }
}

customElements.define('gait-told', Told);
