// What stands beside a document: where a value comes from, what is open, what the manual asks for, who signed, where it was filed.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { dayInWords, instantInWords } from '../dates.ts';
import { filingWords, findingWords, inOrder } from '../note-words.ts';
import type { Filing, NotePage, NoteVersion, ShownGap, ShownMissing } from '../notes.ts';
import { paths } from '../router.ts';
import { whoSettled } from './note-text.ts';
import { personInWords, shortHash } from './page.ts';
import type { Shell } from './page.ts';

export interface Clock {
  readonly today: string;
  readonly zone: string;
}

/** Where the value that was pointed at comes from; it stays on screen while the document scrolls. */
export function sourcePanel(page: NotePage, pointed: readonly string[], { today }: Clock): TemplateResult {
  const sources = pointed.flatMap((pointer) => page.sources[pointer] ?? []);
  const words = [...new Map(sources.map((source) => [source.words, source])).values()];
  return html`<section class="panel note-source no-print" aria-labelledby="note-source-title">
    <h2 id="note-source-title" class="small">Where it comes from</h2>
    <div role="status">
      ${words.length === 0
        ? html`<p class="small soft">
            Point at a value, tap it, or move to it with the arrow keys: what was recorded stands here.
          </p>`
        : words.map(
            ({ words: said, date, session }) =>
              html`<p>
                ${said} ${date === null ? nothing : html`<span class="soft">${dayInWords(date, today)}</span>`}
                ${session === null ? nothing : html`<a href=${paths.session(session)}>Open the session</a>`}
              </p>`,
          )}
    </div>
  </section>`;
}

export interface OpenView {
  readonly page: NotePage;
  readonly isOpen: boolean;
  readonly jump: (id: string) => void;
  readonly onAcceptAll: (gaps: readonly ShownGap[]) => void;
}

/** What stands between the draft and its signature, each with a jump to its place. */
export function openPanel({ page, isOpen, jump, onAcceptAll }: OpenView): TemplateResult {
  const findings = inOrder(page.verification.findings.filter(({ resolution }) => resolution === null));
  const gaps = page.gaps.filter(({ resolution }) => resolution === null);
  const sentence = (section: number | null, at: number | null): string =>
    section === null || at === null ? '' : (page.document.sections[section]?.heading ?? '');
  return html`<section class="panel no-print" aria-labelledby="note-open">
    <div class="panel-head">
      <h2 id="note-open">What is open</h2>
      <span class="small soft">${findings.length + gaps.length}</span>
    </div>
    ${findings.length + gaps.length === 0
      ? html`<p class="panel-note small soft">Every value stands in the record, and no gap is left.</p>`
      : html`<ul class="note-open">
          ${findings.map(
            ({ key, class: about, severity, section, sentence: at }) =>
              html`<li>
                <button type="button" class="link-button" @click=${() => jump(`finding-${key}`)}>
                  ${findingWords[about]}
                </button>
                <span class="mark ${severity === 'block' ? 'danger' : 'warn'}"
                  >${severity === 'block' ? 'stops' : 'look'}</span
                >
                <span class="small soft">${sentence(section, at)}</span>
              </li>`,
          )}
          ${gaps.map(
            ({ key, section, sentence: at }) =>
              html`<li>
                <button type="button" class="link-button" @click=${() => jump(`gap-${key}`)}>Gap</button>
                <span class="small soft">${sentence(section, at)}</span>
              </li>`,
          )}
          ${gaps.length < 2 || !isOpen
            ? nothing
            : html`<li>
                <button type="button" class="button small" @click=${() => onAcceptAll(gaps)}>
                  Leave all gaps open, with one reason
                </button>
              </li>`}
        </ul>`}
  </section>`;
}

export interface CompletenessView {
  readonly page: NotePage;
  readonly isOpen: boolean;
  readonly onAccept: (missing: ShownMissing) => void;
}

export function completenessPanel({ page, isOpen, onAccept }: CompletenessView): TemplateResult {
  const { required, missing } = page.completeness;
  return html`<section class="panel no-print" aria-labelledby="note-complete">
    <div class="panel-head">
      <h2 id="note-complete">What the manual asks for</h2>
      <span class="small soft">${required - missing.length} of ${required} said</span>
    </div>
    ${missing.length === 0
      ? html`<p class="panel-note small soft">
          ${required === 0 ? 'No rule for this kind of document is on file.' : 'All of it is there.'}
        </p>`
      : html`<ul class="note-missing">
          ${missing.map(
            (one) =>
              html`<li class=${one.resolution === null ? '' : 'settled'} id=${`missing-${one.key}`}>
                <strong>${one.words}</strong>
                <span class="small"
                  >${one.where === 'record'
                    ? 'Nothing is recorded.'
                    : 'It is recorded; the document does not say it.'}</span
                >
                <span class="small soft" title=${one.source}>${one.section}</span>
                ${one.resolution !== null
                  ? html`<span class="small">${whoSettled(page, one.resolution)}: ${one.resolution.reason}</span>`
                  : isOpen
                    ? html`<button type="button" class="button small" @click=${() => onAccept(one)}>
                        Leave it out, with a reason
                      </button>`
                    : nothing}
              </li>`,
          )}
        </ul>`}
  </section>`;
}

export function filingPanel({ filing, state }: NotePage, shell: Shell, zone: string): TemplateResult | typeof nothing {
  if (state !== 'signed' && state !== 'filed') return nothing;
  return html`<section class="panel no-print" aria-labelledby="note-filing">
    <div class="panel-head"><h2 id="note-filing">Filing</h2></div>
    <div class="panel-body">
      ${filing === null || filing === undefined
        ? html`<p class="small soft">It is not known yet where it is filed.</p>`
        : filingFigure(filing, shell, zone)}
    </div>
  </section>`;
}

function filingFigure(filing: Filing, shell: Shell, zone: string): TemplateResult {
  const { state, system, by, at, receipt, reason, workItem } = filing;
  return html`<p>
      <strong>${filingWords[state]}</strong>${[system, by].map((name) => (name === null ? '' : ` · ${name}`))}
    </p>
    ${at === null ? nothing : html`<p class="small soft">${instantInWords(at, shell.now(), zone)}</p>`}
    ${receipt === null ? nothing : html`<p class="small">Receipt <span class="mono">${receipt}</span></p>`}
    ${reason === null ? nothing : html`<p class="small soft">Because of ${reason}</p>`}
    ${workItem === null
      ? nothing
      : html`<p class="small"><a href=${paths.workItem(workItem)}>Open the work item</a></p>`}`;
}

/** Signatures and addenda, the first version on top; what was signed is never changed. */
export function versionsPanel(page: NotePage, shell: Shell, zone: string): TemplateResult | typeof nothing {
  if (page.versions.length === 0) return nothing;
  return html`<section class="panel note-versions" aria-labelledby="note-versions">
    <div class="panel-head"><h2 id="note-versions">Signatures and addenda</h2></div>
    <ol class="panel-body">
      ${page.versions.map((version) => signature(version, shell, zone))}
    </ol>
  </section>`;
}

function signature(version: NoteVersion, shell: Shell, zone: string): TemplateResult {
  const { kind, signedBy, credential, signedAt, attestation, hash, text, cosigned, isIntact } = version;
  const at = (instant: string): string => instantInWords(instant, shell.now(), zone);
  return html`<li>
    <p>
      <strong>${kind === 'document' ? 'Signed' : 'Addendum'}</strong> by ${nameOf(signedBy, shell)}, ${credential},
      ${at(signedAt)}
    </p>
    ${text === null ? nothing : html`<p class="note-addendum">${text}</p>`}
    <p class="small soft">${attestation}</p>
    <p class="small soft">Content <span class="mono">${shortHash(hash)}</span></p>
    ${isIntact
      ? nothing
      : html`<p class="notice danger">
          <strong>What is kept is not what was signed.</strong
          ><span>Tell whoever runs Gait before you rely on it.</span>
        </p>`}
    ${cosigned === null
      ? nothing
      : html`<p>
          <strong>Co-signed</strong> by ${nameOf(cosigned.by, shell)}, ${cosigned.credential}, ${at(cosigned.at)}
        </p>`}
  </li>`;
}

/** On paper and to a colleague "you" says nothing: the name stands, and beside it that it is oneself. */
function nameOf(person: NoteVersion['signedBy'], { session }: Shell): TemplateResult {
  return html`${person.displayName}${personInWords(person, session) === 'you'
    ? html`<span class="no-print"> (you)</span>`
    : nothing}`;
}
