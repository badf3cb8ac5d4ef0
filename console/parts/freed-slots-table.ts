// Freed visits that lie ahead: when, with whom, who is asked just now and how much time is left.
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { instantInWords } from '../dates.ts';
import { paths } from '../router.ts';
import { slotInWords } from '../waitlist.ts';
import type { FreedSlotLine } from '../waitlist.ts';

export function freedSlotsTable(slots: readonly FreedSlotLine[], now: Date, zone: string): TemplateResult {
  return html`<section class="panel" aria-labelledby="slots-title">
    <div class="panel-head"><h2 id="slots-title">Freed visits</h2></div>
    ${slots.length === 0
      ? html`<p class="panel-note small soft">
          No freed visit lies ahead. When the PT system tells that a visit was cancelled, its time appears here.
        </p>`
      : html`<table class="rows waitlist-rows">
          <caption class="visually-hidden">
            Freed visits ahead and who is asked
          </caption>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">With</th>
              <th scope="col">How it stands</th>
              <th scope="col" class="number">Asked</th>
              <th scope="col" class="number">Next in line</th>
            </tr>
          </thead>
          <tbody>
            ${slots.map(
              (slot) =>
                html`<tr class="row">
                  <td class="nowrap">
                    <a class="row-link" href=${paths.freedSlot(slot.slot)}>${instantInWords(slot.start, now, zone)}</a>
                    <span class="under">${slot.minutes} minutes</span>
                  </td>
                  <td data-label="With">${slot.therapist ?? 'a therapist without a name'}</td>
                  <td data-label="How it stands">${slotInWords(slot, now, zone)}</td>
                  <td class="number" data-label="Asked">${slot.asked}</td>
                  <td class="number" data-label="Next in line">${slot.toAsk}</td>
                </tr>`,
            )}
          </tbody>
        </table>`}
  </section>`;
}
