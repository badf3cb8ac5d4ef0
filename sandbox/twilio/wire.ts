// Twilio's answers as they go over the wire: snake case, RFC 2822 dates, pages that name the next one, errors with a code.
import type { Response } from 'express';
import type { TwilioItem } from './store.ts';

const root = '/2010-04-01/Accounts';

function rfc2822(instant: string | null): string | null {
  return instant === null ? null : new Date(instant).toUTCString().replace('GMT', '+0000');
}

const messagesOf: Readonly<Record<number, string>> = {
  20003: 'Authentication Error - invalid username',
  20404: 'The requested resource was not found',
  20429: 'Too Many Requests',
  20500: 'Internal Server Error',
  20504: 'Gateway Timeout',
};

/** Twilio's sentence often repeats the number: nobody may pass it on. */
export function refuse(response: Response, status: number, code: number, to = ''): void {
  response.status(status).json({
    code,
    message: messagesOf[code] ?? `The message to ${to} could not be sent`,
    more_info: `https://www.twilio.com/docs/errors/${code}`,
    status,
  });
}

export function messageWire(account: string, item: TwilioItem, isRedacted = false): Readonly<Record<string, unknown>> {
  const uri = `${root}/${account}/Messages/${item.sid}.json`;
  return {
    account_sid: account,
    api_version: '2010-04-01',
    body: isRedacted ? '' : item.text,
    date_created: rfc2822(item.createdAt),
    date_sent: rfc2822(item.sentAt),
    date_updated: rfc2822(item.sentAt ?? item.createdAt),
    direction: item.direction,
    error_code: item.errorCode,
    error_message: null,
    from: item.from === '' ? null : item.from,
    messaging_service_sid: item.service,
    num_media: '0',
    num_segments: String(Math.max(1, Math.ceil(item.text.length / 153))),
    price: null,
    price_unit: 'USD',
    sid: item.sid,
    status: item.status,
    subresource_uris: { media: uri.replace('.json', '/Media.json') },
    to: item.to,
    uri,
  };
}

export function callWire(account: string, item: TwilioItem): Readonly<Record<string, unknown>> {
  return {
    account_sid: account,
    answered_by: null,
    api_version: '2010-04-01',
    caller_name: null,
    date_created: rfc2822(item.createdAt),
    date_updated: rfc2822(item.sentAt ?? item.createdAt),
    direction: item.direction,
    duration: item.status === 'completed' ? '14' : '0',
    end_time: null,
    forwarded_from: null,
    from: item.from,
    price: null,
    price_unit: 'USD',
    sid: item.sid,
    start_time: rfc2822(item.sentAt),
    status: item.status,
    to: item.to,
    uri: `${root}/${account}/Calls/${item.sid}.json`,
  };
}

/** A page of a list. `token` names the last one of the page, as Twilio's page tokens do. */
export function pageWire(
  account: string,
  resource: 'Messages' | 'Calls',
  items: readonly Readonly<Record<string, unknown>>[],
  {
    query,
    page,
    size,
  }: { readonly query: Readonly<Record<string, string>>; readonly page: number; readonly size: number },
): Record<string, unknown> {
  const shown = items.slice(page * size, (page + 1) * size);
  const uriOf = (number: number): string => {
    const last = items[number * size - 1]?.['sid'];
    const token = typeof last === 'string' ? { PageToken: `PA${last}` } : {};
    const text = new URLSearchParams({ ...query, PageSize: String(size), Page: String(number), ...token }).toString();
    return `${root}/${account}/${resource}.json?${text}`;
  };
  return {
    [resource.toLowerCase()]: shown,
    start: page * size,
    end: page * size + Math.max(0, shown.length - 1),
    page,
    page_size: size,
    uri: uriOf(page),
    first_page_uri: uriOf(0),
    next_page_uri: (page + 1) * size < items.length ? uriOf(page + 1) : null,
    previous_page_uri: page > 0 ? uriOf(page - 1) : null,
  };
}
