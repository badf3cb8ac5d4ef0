// Where each wire lays what a payer says: the inbox of the files, the mailbox of Change Healthcare, Stedi's transactions and its webhook.
import { randomUUID } from 'node:crypto';
import type { NetworkStore } from '../medical-network/store.ts';
import type { X12FilesStore } from '../x12-files/store.ts';
import type { Carrier } from './post.ts';

export function filesCarrier(store: X12FilesStore): Carrier {
  return ({ at, name, text }) => {
    store.owe({ at, name, text, append: false });
  };
}

export function reportsCarrier(store: NetworkStore): Carrier {
  return ({ name, text }) => {
    store.change({ reports: [...store.state.reports, { name, content: text }] });
  };
}

/** The transaction first, then the event that tells of it. */
export function stediCarrier(store: NetworkStore): Carrier {
  return ({ set, name, text }) => {
    store.change({ reports: [...store.state.reports, { name: `${name}/${set}`, content: text }] });
    const { webhook } = store.settings;
    if (webhook === null) return;
    const detail = {
      transactionId: name,
      direction: 'INBOUND',
      x12: { metadata: { transaction: { transactionSetIdentifier: set } } },
    };
    const body = { event: { id: randomUUID(), 'detail-type': 'transaction.processed.v2', detail } };
    const headers = { 'content-type': 'application/json', [webhook.header]: webhook.secret };
    // An event that nobody takes is lost here; the transaction stays.
    fetch(webhook.url, { method: 'POST', headers, body: JSON.stringify(body) }).then(
      (response) => response.body?.cancel(),
      () => undefined,
    );
  };
}
