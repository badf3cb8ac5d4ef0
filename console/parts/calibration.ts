// How well a model foretold visits it had not seen: what it said against what happened, a dot for each fifth, the line of a perfect one.
import { html, svg } from 'lit';
import type { TemplateResult } from 'lit';
import type { Trial } from '../../domain/attendance/model.ts';
import { riskInWords } from '../outreach-words.ts';

const size = 220;
const margin = 34;

export function calibration({ bins, count }: Trial): TemplateResult {
  const most = Math.max(0.1, ...bins.flatMap(({ foretold, happened }) => [foretold, happened]));
  const top = Math.ceil(most * 10) / 10;
  const at = (share: number): number => margin + (share / top) * (size - margin - 8);
  const x = (share: number): number => at(share);
  const y = (share: number): number => size - at(share);
  const label = `Of ${count} visits: ${bins
    .map(({ foretold, happened }) => `foretold ${riskInWords(foretold)}, happened ${riskInWords(happened)}`)
    .join('; ')}`;
  return html`<figure class="calibration">
    <svg viewBox="0 0 ${size} ${size}" width=${size} height=${size} role="img" aria-label=${label}>
      <line class="axis" x1=${x(0)} y1=${y(0)} x2=${x(top)} y2=${y(0)}></line>
      <line class="axis" x1=${x(0)} y1=${y(0)} x2=${x(0)} y2=${y(top)}></line>
      <line class="perfect" x1=${x(0)} y1=${y(0)} x2=${x(top)} y2=${y(top)}></line>
      ${bins.map(({ foretold, happened }) => svg`<circle cx=${x(foretold)} cy=${y(happened)} r="5"></circle>`)}
      <text x=${x(top)} y=${size - 8} text-anchor="end">foretold, to ${riskInWords(top)}</text>
      <text x=${x(0)} y=${size - 8}>0</text>
      <text transform="translate(12 ${y(top)}) rotate(-90)" text-anchor="end">happened, to ${riskInWords(top)}</text>
    </svg>
    <figcaption class="small soft">
      What was foretold against what happened, in ${bins.length} equal groups. On the line: exactly as foretold.
    </figcaption>
  </figure>`;
}
