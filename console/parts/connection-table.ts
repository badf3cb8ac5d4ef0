// The connections of a clinic, a row each: how each one stands, and what an admin can do with it.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Connection } from '../api.ts';
import { handsOverRecords, secretsOf, systems } from '../connection-systems.ts';
import { signInInWords } from '../connection-words.ts';
import { instantInWords } from '../dates.ts';
import type { Shell } from './page.ts';

type Act = (connection: Connection) => void;

interface Acts {
  readonly shell: Shell;
  /** What came of the last thing done with a connection, by its id. */
  readonly results: ReadonlyMap<string, string>;
  readonly onTest: Act;
  readonly onImport: Act;
  readonly onSignIn: Act;
  readonly onRotate: Act;
  readonly onAgreement: Act;
  readonly onMode: Act;
  readonly onPause: Act;
}

/** The name of the system without what stands in brackets behind it. */
const vendorOf = (system: string): string => (systems[system]?.name ?? system).replace(/ \(.*$/, '');

export function connectionTable(items: readonly Connection[], acts: Acts): TemplateResult {
  return html`<div class="panel">
    <table class="rows">
      <caption class="visually-hidden">
        Connections of this clinic
      </caption>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">System</th>
          <th scope="col">Mode</th>
          <th scope="col">Last test</th>
          <th scope="col">Actions</th>
        </tr>
      </thead>
      <tbody>
        ${items.map((connection) => row(connection, acts))}
      </tbody>
    </table>
  </div>`;
}

function row(connection: Connection, acts: Acts): TemplateResult {
  return html`<tr class="row">
    <td><strong>${connection.name}</strong></td>
    <td>${systems[connection.system]?.name ?? connection.system}</td>
    <td>
      <span class="mark ${connection.mode === 'live' ? 'good' : 'warn'}">${connection.mode}</span>
      ${connection.paused ? html`<span class="mark warn">paused</span>` : nothing}
    </td>
    <td data-label="Last test">${standing(connection, acts)}</td>
    <td>${buttons(connection, acts)}</td>
  </tr>`;
}

/** When it was tested, by which agreement it may send, who is signed in, and what came of the last thing done. */
function standing(connection: Connection, { shell, results }: Acts): TemplateResult {
  const { id, agreement, signIn, testedAt } = connection;
  const [now, zone] = [shell.now(), shell.session.clinic.timezone];
  const agreed = agreement
    ? `agreement with ${agreement.vendor}${agreement.expires ? ` until ${agreement.expires}` : ''}`
    : 'no agreement: nothing is sent';
  return html`${testedAt ? instantInWords(testedAt, now, zone) : 'never'}<span class="under">${agreed}</span>${signIn
      ? html`<span class="under">${signInInWords(signIn, now, zone)}</span>`
      : nothing}${results.has(id) ? html`<span class="under">${results.get(id)}</span>` : nothing}`;
}

function buttons(connection: Connection, acts: Acts): TemplateResult {
  const named = html`<span class="visually-hidden"> ${connection.name}</span>`;
  const button = (words: string, act: Act) =>
    html`<button class="button small" @click=${() => act(connection)}>${words}${named}</button>`;
  return html`<div class="buttons">
    ${button('Test', acts.onTest)}
    ${handsOverRecords(connection.system) ? button('Import now', acts.onImport) : nothing}
    ${connection.signIn ? button(`Sign in at ${vendorOf(connection.system)}`, acts.onSignIn) : nothing}
    ${secretsOf(connection.system).length === 0 ? nothing : button('Renew secrets', acts.onRotate)}
    ${button(connection.agreement ? 'Renew the agreement' : 'Record an agreement', acts.onAgreement)}
    ${button(connection.mode === 'live' ? 'Set to shadow' : 'Set to live', acts.onMode)}
    ${button(connection.paused ? 'Resume' : 'Pause', acts.onPause)}
  </div>`;
}
