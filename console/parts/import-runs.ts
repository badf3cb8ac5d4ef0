// How far each import is: bytes while it reads, rows while it stores, and what it came to.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ImportRun } from '../api.ts';

const isUnderWay = ({ state }: ImportRun): boolean => state === 'asked' || state === 'running';

export function anyUnderWay(runs: readonly ImportRun[]): boolean {
  return runs.some(isUnderWay);
}

/** What stands beside the bar, and how full it is; no bar where nobody knows how much there is. */
export function progressOf(run: ImportRun): {
  readonly words: string;
  readonly done: number;
  readonly total: number | null;
} {
  const { state, phase, bytes, rows, refused, resumed } = run;
  const again = resumed === 0 ? '' : ' Went on after the server had stopped.';
  if (state === 'asked' && rows.total === 0) return { words: 'Waits for its turn.', done: 0, total: null };
  if (phase === 'reading' && bytes !== null)
    return {
      words: `${megabytes(bytes.done)} of ${megabytes(bytes.total)} MB read.`,
      done: bytes.done,
      total: bytes.total,
    };
  if (rows.total === 0) return { words: `Looks for what is new.${again}`, done: 0, total: null };
  const words = `${rows.done} of ${rows.total} rows stored, ${refused} refused so far.${again}`;
  return { words, done: rows.done, total: rows.total };
}

/** What an import that has ended came to. */
export function endInWords({ state, rows, taken, unmatched, refused, failure }: ImportRun): string {
  if (state === 'failed')
    return `did not end (${failure ?? 'unknown'}); what was stored stays, start it again to go on`;
  if (rows.total === 0) return 'nothing was new';
  const known = `${rows.total} rows read, ${taken} taken, ${refused} refused`;
  return unmatched === 0 ? known : `${known}, ${unmatched} of patients nobody knows`;
}

const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);

/** `when` says an instant in words. */
export function importRuns(
  runs: readonly ImportRun[],
  when: (instant: string) => string,
): TemplateResult | typeof nothing {
  if (runs.length === 0) return nothing;
  const ended = runs.filter((run) => !isUnderWay(run)).slice(0, 5);
  return html`<section class="below" aria-labelledby="runs-title">
    <h2 id="runs-title">Imports</h2>
    ${runs.filter(isUnderWay).map((run) => {
      const { words, done, total } = progressOf(run);
      return html`<div class="notice" role="status">
        <strong>${run.connectionName}</strong> <span>${words}</span>
        ${total === null
          ? nothing
          : html`<progress value=${done} max=${total} aria-label="Import from ${run.connectionName}"></progress>`}
      </div>`;
    })}
    ${ended.length === 0
      ? nothing
      : html`<ul>
          ${ended.map(
            (run) =>
              html`<li>
                ${when(run.finishedAt ?? run.heardAt)}, <strong>${run.connectionName}</strong>: ${endInWords(run)}
              </li>`,
          )}
        </ul>`}
  </section>`;
}
