// The calls of the waitlist.
import type { Json } from '../api.ts';
import type { Fairness, FreedSlotLine, SlotLedger, WaitingPage, WaitlistChoices } from '../waitlist.ts';
import type { Server } from './server.ts';

export class WaitlistCalls {
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  waiting(): Promise<WaitingPage> {
    return this.#server.get('/v1/console/waitlist');
  }

  async freedSlots(): Promise<readonly FreedSlotLine[]> {
    return (await this.#server.get<{ slots: readonly FreedSlotLine[] }>('/v1/console/waitlist/slots')).slots;
  }

  freedSlot(slot: string): Promise<SlotLedger> {
    return this.#server.get(`/v1/console/waitlist/slots/${encodeURIComponent(slot)}`);
  }

  waitlistChoices(): Promise<WaitlistChoices> {
    return this.#server.get('/v1/console/waitlist/choices');
  }

  waitlistFairness(): Promise<Fairness> {
    return this.#server.get('/v1/console/waitlist/fairness');
  }

  async movableVisits(patient: string): Promise<readonly { readonly appointment: string; readonly at: string }[]> {
    const path = `/v1/console/waitlist/patients/${encodeURIComponent(patient)}/visits`;
    return (await this.#server.get<{ visits: readonly { appointment: string; at: string }[] }>(path)).visits;
  }

  addWaiting(entry: Json): Promise<unknown> {
    return this.#server.post('/v1/console/waitlist', entry);
  }

  async waitlistState(entry: string, state: 'waiting' | 'paused' | 'removed'): Promise<void> {
    await this.#server.post(`/v1/console/waitlist/${encodeURIComponent(entry)}/state`, { state });
  }

  openSlot(slot: Json): Promise<unknown> {
    return this.#server.post('/v1/waitlist/slots', slot);
  }

  askWaiting(slot: string, entry: string): Promise<unknown> {
    return this.#server.post(`/v1/console/waitlist/slots/${encodeURIComponent(slot)}/ask`, { entry });
  }

  takeSlotBack(slot: string): Promise<unknown> {
    return this.#server.post(`/v1/console/waitlist/slots/${encodeURIComponent(slot)}/take-back`);
  }

  answerOffer(offer: string, answer: 'yes' | 'no'): Promise<unknown> {
    return this.#server.post(`/v1/console/waitlist/offers/${encodeURIComponent(offer)}/answer`, { answer });
  }
}
