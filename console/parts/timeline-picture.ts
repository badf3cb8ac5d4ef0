// Draws an authorization's timeline: periods as bars, visits as dots, and the three dates that matter as lines.
import { html, LitElement, nothing, svg } from 'lit';
import type { SVGTemplateResult, TemplateResult } from 'lit';
import { dayInWords } from '../dates.ts';
import { timelineGeometry } from './timeline-geometry.ts';
import type { Bar, Marker, TimelineInput } from './timeline-geometry.ts';

const markerWords: Record<Marker['kind'], string> = { today: 'Today', 'act-by': 'Act by', 'runs-out': 'Runs out' };
const rowHeight = 19;
const laneHeight = 30;
const dotGap = 15;

class TimelinePicture extends LitElement {
  static override properties = { input: { attribute: false }, width: { state: true } };
  declare input: TimelineInput | null;
  declare width: number;

  readonly #observer = new ResizeObserver(([entry]) => {
    if (entry) this.width = Math.max(280, Math.floor(entry.contentRect.width));
  });

  constructor() {
    super();
    this.input = null;
    this.width = 0;
  }

  protected override createRenderRoot(): this {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    this.#observer.disconnect();
    super.disconnectedCallback();
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.input === null || this.width === 0) return nothing;
    const { input, width } = this;
    const narrow = width < 560;
    const timeline = timelineGeometry(input, width, narrow ? 8 : 84);
    const barsTop = timeline.markers.length * rowHeight + 12;
    const visitsTop = barsTop + timeline.lanes * laneHeight + 14;
    const axisTop = visitsTop + timeline.visitRows * dotGap + 12;
    const height = axisTop + 24;
    return html`<svg
        class="timeline-picture"
        viewBox="0 0 ${width} ${height}"
        height=${height}
        role="img"
        aria-label="Timeline of the authorization; the same facts follow as a table."
      >
        ${timeline.band === null
          ? nothing
          : svg`<rect class="band-turnaround" x=${timeline.band.x} y=${barsTop - 6} width=${timeline.band.width} height=${axisTop - barsTop + 6}></rect>`}
        ${timeline.ticks.map(
          (tick) =>
            svg`<line class="axis-line" x1=${tick.x} x2=${tick.x} y1=${barsTop - 6} y2=${axisTop}></line>
              ${tick.x > width - 40 ? nothing : svg`<text class="axis-text" x=${tick.x} y=${axisTop + 17}>${dayInWords(tick.date, input.today).slice(4, 10)}</text>`}`,
        )}
        <line class="axis-line" x1=${timeline.left} x2=${timeline.right} y1=${axisTop} y2=${axisTop}></line>
        ${narrow
          ? nothing
          : svg`${timeline.lanes > 0 ? svg`<text class="lane-text" x="0" y=${barsTop + 19}>Periods</text>` : nothing}
              <text class="lane-text" x="0" y=${visitsTop + 5}>Visits</text>`}
        ${timeline.bars.map((bar) => this.#bar(bar, barsTop))}
        ${timeline.dots.map(
          (dot) =>
            svg`<circle class="visit-${dot.state}" cx=${dot.x} cy=${visitsTop + dot.row * dotGap} r=${narrow ? 4 : 5}></circle>`,
        )}
        ${timeline.markers.map((marker) => this.#marker(marker, axisTop, input.today))}
        ${timeline.bars.map((bar) => this.#barText(bar, barsTop, timeline.right))}
      </svg>
      ${this.#legend(timeline.band?.days ?? null)}`;
  }

  #bar(bar: Bar, top: number): SVGTemplateResult {
    const y = top + bar.lane * laneHeight;
    return svg`<rect class="bar-${bar.kind}" x=${bar.x} y=${y} width=${bar.width} height="24" rx="5"></rect>`;
  }

  /** The words of a bar: inside where they fit, else beside it on the side that has room. */
  #barText(bar: Bar, top: number, right: number): SVGTemplateResult {
    const length = bar.label.length * 6.8 + 16;
    const y = top + bar.lane * laneHeight + 16.5;
    if (bar.width >= length)
      return svg`<text class="bar-text on-${bar.kind}" x=${bar.x + 9} y=${y}>${bar.label}</text>`;
    const after = bar.x + bar.width + length <= right;
    return after
      ? svg`<text class="bar-text" x=${bar.x + bar.width + 6} y=${y}>${bar.label}</text>`
      : svg`<text class="bar-text" text-anchor="end" x=${bar.x - 6} y=${y}>${bar.label}</text>`;
  }

  #marker(marker: Marker, bottom: number, today: string): SVGTemplateResult {
    const y = marker.row * rowHeight + 13;
    const words =
      marker.kind === 'today'
        ? `Today, ${dayInWords(marker.date, today)}`
        : `${markerWords[marker.kind]} ${dayInWords(marker.date, today)}`;
    return svg`<g class=${marker.kind}>
      <line class="marker-line" x1=${marker.x} x2=${marker.x} y1=${y - 10} y2=${bottom}></line>
      <text class="marker-text" text-anchor=${marker.anchor} x=${marker.x + (marker.anchor === 'end' ? -6 : 6)} y=${y}>${words}</text>
    </g>`;
  }

  #legend(days: number | null): TemplateResult {
    const key = (drawing: SVGTemplateResult, words: string): TemplateResult =>
      html`<li><svg class="timeline-picture" viewBox="0 0 22 14" aria-hidden="true">${drawing}</svg>${words}</li>`;
    return html`<ul class="legend">
      ${key(svg`<rect class="bar-requested" x="1" y="2" width="20" height="10" rx="3"></rect>`, 'requested')}
      ${key(svg`<rect class="bar-approved" x="1" y="2" width="20" height="10" rx="3"></rect>`, 'approved')}
      ${key(svg`<circle class="visit-arrived" cx="11" cy="7" r="5"></circle>`, 'visit arrived')}
      ${key(svg`<circle class="visit-booked" cx="11" cy="7" r="5"></circle>`, 'visit booked')}
      ${key(svg`<circle class="visit-uncovered" cx="11" cy="7" r="5"></circle>`, 'booked, not covered')}
      ${days === null
        ? nothing
        : key(
            svg`<rect class="band-turnaround" x="1" y="0" width="20" height="14"></rect>`,
            `the payer takes ${days} days`,
          )}
    </ul>`;
  }
}

customElements.define('gait-timeline-picture', TimelinePicture);
