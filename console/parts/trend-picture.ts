// Draws how an outcome measure went: its points, the runs that join them, and the line at which the change is worth having.
import { html, nothing, svg } from 'lit';
import type { TemplateResult } from 'lit';
import { interpret } from '../../domain/measures/change.ts';
import type { Change } from '../../domain/measures/change.ts';
import { trendOf } from '../../domain/measures/trend.ts';
import { dayInWords } from '../dates.ts';
import type { MeasureCourse } from '../notes.ts';

const width = 320;
const height = 110;
const edge = 8;

/** The picture, hidden from assistive tools; `courseInWords` says the same. */
export function trendPicture({ measure, scores, population }: MeasureCourse): TemplateResult {
  const { points, lines, bottom, top, importantY } = trendOf(measure, scores, { width, height, population });
  return html`<svg
    class="trend"
    viewBox=${`${-edge} ${-edge} ${width + 60} ${height + 2 * edge}`}
    aria-hidden="true"
    focusable="false"
  >
    ${svg`<line class="trend-edge" x1="0" y1="0" x2=${width} y2="0"></line>
      <line class="trend-edge" x1="0" y1=${height} x2=${width} y2=${height}></line>
      <text x=${width + 6} y="4">${rounded(top)}</text>
      <text x=${width + 6} y=${height + 4}>${rounded(bottom)}</text>`} ${importantY === null
      ? nothing
      : svg`<line class="trend-important" x1="0" y1=${importantY} x2=${width} y2=${importantY}></line>`}
    ${lines.map((line) => svg`<polyline points=${line.map(({ x, y }) => `${x},${y}`).join(' ')}></polyline>`)}
    ${points.map(({ x, y }) => svg`<circle cx=${x} cy=${y} r="4"></circle>`)}
  </svg>`;
}

function rounded(score: number): string {
  return String(Math.round(score * 10) / 10);
}

/** The same in words: every score with its day, the change since the first and since the last, and what it is held against. */
export function courseInWords(course: MeasureCourse, today: string): TemplateResult {
  const { measure, scores, population } = course;
  const { sinceFirst, sinceLast, marks } = interpret(measure, scores, population);
  return html`<p class="small">
      ${scores.length === 0
        ? 'Not taken yet.'
        : scores.map(
            ({ date, score }, at) =>
              html`${at === 0 ? '' : ' · '}<span class="nowrap"
                  ><strong>${score ?? 'unknown'}</strong> ${dayInWords(date, today)}</span
                >`,
          )}
    </p>
    ${sinceFirst === null
      ? html`<p class="small soft">A change can be told from the second known score on.</p>`
      : html`${changeLine('Since the first', sinceFirst)}
        ${sinceLast === null || scores.length < 3 ? nothing : changeLine('Since the last', sinceLast)}`}
    ${marks.map(({ words, source }) => html`<p class="small" title=${source}>${words}</p>`)}
    <p class="small soft">
      ${measure.better === 'higher' ? 'Higher is better' : 'Lower is better'}, in ${measure.unit}. Scoring:
      ${measure.source}
    </p>`;
}

function changeLine(since: string, { direction, words, important, detectable }: Change): TemplateResult {
  const source = important?.source ?? detectable?.source ?? null;
  return html`<p class="small">
    ${since}:
    <span class="mark ${direction === 'better' ? 'good' : direction === 'worse' ? 'danger' : ''}">${direction}</span>
    ${words}${source === null ? nothing : html` <span class="soft">(${source})</span>`}
  </p>`;
}
