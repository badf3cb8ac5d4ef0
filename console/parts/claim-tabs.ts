// The pages of billing beside each other: claims, proposed charges, denials, remittances, figures, rules.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Session } from '../api.ts';
import { paths } from '../router.ts';

const tabs = [
  { id: 'claims', path: paths.claims, words: 'Claims', billing: false },
  { id: 'charges', path: paths.charges, words: 'Charges', billing: true },
  { id: 'denials', path: paths.denials, words: 'Denials', billing: true },
  { id: 'remittances', path: paths.remittances, words: 'Remittances', billing: true },
  { id: 'figures', path: paths.figures, words: 'Figures', billing: true },
  { id: 'rules', path: paths.rules, words: 'Rules', billing: false },
] as const;

/** What a payer paid is shown to those who bill. */
export function claimTabs(here: (typeof tabs)[number]['id'], { user }: Session): TemplateResult {
  const bills = user.roles.some((role) => role === 'biller' || role === 'admin');
  return html`<nav class="tabs" aria-label="Billing">
    ${tabs
      .filter(({ billing }) => bills || !billing)
      .map(({ id, path, words }) => html`<a href=${path} aria-current=${id === here ? 'page' : nothing}>${words}</a>`)}
  </nav>`;
}
