// Where the record is, in words: at the server, on its way, on this tablet alone.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { errorNotice } from '../parts/page.ts';
import type { SessionSync } from './sync.ts';

/** The mark's colour and its words. `kept`: this browser keeps what is not sent. */
export function syncWords(sync: SessionSync, kept: boolean): readonly [mark: string, words: string] {
  switch (sync.status.kind) {
    case 'saved':
      return ['good', sync.local.state === 'closed' ? 'Closed' : 'Saved'];
    case 'waiting':
    case 'sending':
      return ['', 'Saving …'];
    case 'offline':
      return ['warn', kept ? 'No connection · kept on this tablet' : 'No connection · stay on this page'];
    case 'conflict':
      return ['danger', 'Changed on two devices'];
    case 'closed':
    case 'refused':
      return ['danger', kept ? 'Not sent · kept on this tablet' : 'Not sent'];
  }
}

/** What a person has to know or do before everything is at the server. */
export function syncNotice({ status }: SessionSync, reopen: () => void): TemplateResult | typeof nothing {
  if (status.kind === 'refused') return errorNotice(status.error);
  if (status.kind !== 'closed') return nothing;
  return html`<div class="notice warn" role="alert">
    <strong>The session was closed on another device.</strong>
    <span>Your changes are still here. Open it again to add them.</span>
    <div class="buttons"><button class="button small" @click=${reopen}>Open again and add them</button></div>
  </div>`;
}
