// The messages of one patient: what they agreed to and how that is known, how they like to be reached, what was sent and answered.
import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { channels } from '../../domain/outreach/words.ts';
import type { Channel } from '../../domain/outreach/words.ts';
import { instantInWords } from '../dates.ts';
import {
  categoryWords,
  channelWords,
  messageInWords,
  purposeInWords,
  replyInWords,
  scopeInWords,
  sourceWords,
  wayInWords,
} from '../outreach-words.ts';
import type { ConsentWord, PatientMessages, ShownMessage, ShownReply } from '../outreach.ts';
import '../parts/consent-form.ts';
import { PageElement } from '../parts/page.ts';
import '../parts/preference-form.ts';
import { paths } from '../router.ts';

type Words = readonly { readonly channel: Channel | null; readonly text: string }[];

class PatientMessagesElement extends PageElement {
  static override properties = { patient: { attribute: false }, page: { state: true }, shown: { state: true } };
  declare patient: string;
  declare page: PatientMessages | null;
  /** Words that somebody asked to see, by what they are the words of. */
  declare shown: ReadonlyMap<string, Words>;

  constructor() {
    super();
    this.patient = '';
    this.page = null;
    this.shown = new Map();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('patient')) return;
    this.page = null;
    this.shown = new Map();
    void this.#load();
  }

  async #load(): Promise<void> {
    const { patient } = this;
    await this.attempt(async () => {
      const page = await this.shell.api.outreach.patientMessages(patient);
      if (patient === this.patient) this.page = page;
    });
  }

  async #show(of: string, read: () => Promise<Words>): Promise<void> {
    await this.attempt(async () => {
      const words = await read();
      this.shown = new Map([...this.shown, [of, words]]);
    });
  }

  get #isDesk(): boolean {
    return this.shell.session.user.roles.some((role) => role === 'frontDesk' || role === 'admin');
  }

  protected override render(): TemplateResult {
    const { page } = this;
    return html`<a class="crumb" href=${paths.messages}>← Messages</a>
      <div class="page-head">
        <div>
          <h1>${page === null ? 'Messages to a patient' : (page.name ?? 'Name unknown')}</h1>
          <p class="soft">What they agreed to, how they like to be reached, and every message.</p>
        </div>
      </div>
      ${this.failureNotice(() => void this.#load())}
      ${page === null
        ? this.failure === null
          ? html`<p class="loading" role="status">Loading …</p>`
          : nothing
        : html`<div class="two-columns">
            <div class="column">${this.#history(page)}</div>
            <div class="column">${this.#standing(page)} ${this.#preference(page)} ${this.#ledger(page)}</div>
          </div>`}`;
  }

  #when(at: string): string {
    return instantInWords(at, this.shell.now(), this.zone);
  }

  #history({ messages, replies }: PatientMessages): TemplateResult {
    const lines = [
      ...messages.map((message) => ({ at: message.at, line: this.#message(message) })),
      ...replies.map((reply) => ({ at: reply.at, line: this.#reply(reply) })),
    ].sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
    return html`<section class="panel" aria-labelledby="history-title">
      <div class="panel-head">
        <h2 id="history-title">History</h2>
        <span class="small soft">the newest on top</span>
      </div>
      ${lines.length === 0
        ? html`<p class="panel-note small soft">No message was written to this patient yet.</p>`
        : html`<ol class="message-history">
            ${lines.map(({ line }) => line)}
          </ol>`}
    </section>`;
  }

  #message(message: ShownMessage): TemplateResult {
    const { purpose, startsAt, at, ways, answeredAt, message: ref } = message;
    return html`<li>
      <div class="message-head">
        <strong>${purposeInWords(purpose)}</strong>
        <span class="mark ${markOf(message)}">${messageInWords(message)}</span>
      </div>
      <p class="small soft">
        written
        ${this.#when(at)}${startsAt === null ? '' : ` · about ${this.#when(startsAt)}`}${answeredAt === null
          ? ''
          : ` · answered ${this.#when(answeredAt)}`}
      </p>
      ${ways.length === 0
        ? html`<p class="small">No number and no address is known.</p>`
        : html`<ul class="message-ways small">
            ${ways.map(
              (way) =>
                html`<li>
                  ${wayInWords(way)}${way.sentAt === null
                    ? nothing
                    : html`<span class="soft"> · ${this.#when(way.sentAt)}</span>`}
                </li>`,
            )}
          </ul>`}
      ${this.#words(ref, 'Show the words', () => this.shell.api.outreach.messageWords(ref))}
    </li>`;
  }

  #reply({ reply, intent, at, workItem }: ShownReply): TemplateResult {
    return html`<li class="message-in">
      <div class="message-head">
        <strong>${replyInWords(intent)}</strong>
        ${workItem === null ? nothing : html`<a class="small" href=${paths.workItem(workItem)}>The item about it</a>`}
      </div>
      <p class="small soft">from the patient, ${this.#when(at)}</p>
      ${this.#words(reply, 'Show what they wrote', () => this.shell.api.outreach.messageWords(reply))}
    </li>`;
  }

  #words(of: string, button: string, read: () => Promise<Words>): TemplateResult {
    const words = this.shown.get(of);
    if (words === undefined)
      return html`<button class="button small" @click=${() => void this.#show(of, read)}>${button}</button>`;
    return html`${words.map(
      ({ channel, text }) =>
        html`<blockquote>
          ${channel === null || words.length === 1
            ? nothing
            : html`<span class="small soft">${channelWords[channel]}</span>`}${text}
        </blockquote>`,
    )}`;
  }

  #standing({ standing }: PatientMessages): TemplateResult {
    const of = (category: string, channel: Channel) =>
      standing.find((one) => one.category === category && one.channel === channel);
    return html`<section class="panel" aria-labelledby="standing-title">
      <div class="panel-head"><h2 id="standing-title">May be sent</h2></div>
      <div class="panel-body">
        <table class="standing">
          <caption class="visually-hidden">
            Which messages may be sent on which channel
          </caption>
          <thead>
            <tr>
              <th scope="col">About</th>
              ${channels.map((channel) => html`<th scope="col">${channelWords[channel]}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${Object.entries(categoryWords).map(
              ([category, words]) =>
                html`<tr>
                  <th scope="row">${words}</th>
                  ${channels.map((channel) => {
                    const one = of(category, channel);
                    const word =
                      one === undefined ? 'unknown' : one.may ? 'yes' : one.why === 'revoked' ? 'no' : 'not asked';
                    return html`<td class=${one?.may === true ? '' : 'soft'}>${word}</td>`;
                  })}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </section>`;
  }

  #preference({ preference }: PatientMessages): TemplateResult {
    return html`<section class="panel" aria-labelledby="preference-title">
      <div class="panel-head"><h2 id="preference-title">How they like to be reached</h2></div>
      <div class="panel-body">
        ${this.#isDesk
          ? html`<gait-preference-form
              .preference=${preference}
              .send=${async (changed: PatientMessages['preference']) => {
                await this.shell.api.outreach.setContactPreference(this.patient, changed);
                await this.#load();
                this.shell.announce('Saved.');
              }}
            ></gait-preference-form>`
          : html`<p>
              ${preference.channels[0] === undefined ? 'Nobody asked.' : channelWords[preference.channels[0]]}
            </p>`}
      </div>
    </section>`;
  }

  #ledger({ consents }: PatientMessages): TemplateResult {
    return html`<section class="panel" aria-labelledby="ledger-title">
      <div class="panel-head"><h2 id="ledger-title">What they said about messages</h2></div>
      <div class="panel-body">
        ${this.#isDesk
          ? html`<details class="consent-more">
              <summary>Write down what they say now</summary>
              <gait-consent-form
                .send=${async (word: Parameters<typeof this.shell.api.outreach.writeConsent>[1]) => {
                  await this.shell.api.outreach.writeConsent(this.patient, word);
                  await this.#load();
                  this.shell.announce('Written down.');
                }}
              ></gait-consent-form>
            </details>`
          : nothing}
        ${consents.length === 0
          ? html`<p class="soft">Nothing yet: the rules say what may be sent.</p>`
          : html`<ol class="consent-words">
              ${consents.map((word) => this.#word(word))}
            </ol>`}
      </div>
    </section>`;
  }

  #word(word: ConsentWord): TemplateResult {
    const key = `word-${word.word}`;
    return html`<li>
      <span class="mark ${word.state === 'granted' ? 'good' : 'danger'}"
        >${word.state === 'granted' ? 'agrees to' : 'does not want'}</span
      >
      ${scopeInWords(word)}
      <span class="under"
        >${this.#when(word.at)}, ${sourceWords[word.source]}${word.by === null ? '' : `; written by ${word.by}`}</span
      >
      ${word.hasEvidence
        ? this.#words(key, 'How is it known?', async () => {
            const text = await this.shell.api.outreach.consentEvidence(this.patient, word.word);
            return [{ channel: null, text: text ?? 'unknown' }];
          })
        : nothing}
    </li>`;
  }
}

/** Well, to be looked at, or neither. */
function markOf({ answer, ending }: ShownMessage): string {
  if (answer !== null) return answer === 'yes' ? 'good' : 'warn';
  return ending === 'delivered' ? 'good' : ending === 'callList' || ending === 'unreached' ? 'warn' : '';
}

customElements.define('gait-patient-messages', PatientMessagesElement);
