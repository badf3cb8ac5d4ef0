// Messages to patients as a table that staff or the clinic's bridge sends: one row each, values ready to copy, no formulas.
import { csvCell } from '../../domain/csv/cell-text.ts';
import { written } from '../csv/dates.ts';
import { messageColumns } from './config.ts';
import type { KlaraConfig, MessageColumn } from './config.ts';

/** One message. What is null stays an empty cell. */
export interface KlaraMessage {
  /** Gait's own name of it, so that who sent it can say which. */
  readonly reference: string;
  readonly family: string;
  readonly given: string;
  /** YYYY-MM-DD: in Klara a patient is told from a namesake by it. */
  readonly birthDate: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly text: string;
  /** YYYY-MM-DD; null: as soon as somebody gets to it. */
  readonly sendOn: string | null;
}

/** A number of the United States as it is typed there: a plus at its beginning would look like a formula. */
function phoneText(phone: string): string {
  const [, area, exchange, line] = /^(?:\+?1)?(\d{3})(\d{3})(\d{4})$/.exec(phone.replace(/[\s().-]/g, '')) ?? [];
  return area === undefined ? phone : `(${area}) ${exchange}-${line}`;
}

/** A byte order mark, so that a spreadsheet reads the accents of a name. */
const mark = '\uFEFF';

/** The same messages in the same order make the same file. */
export function messageTable(messages: readonly KlaraMessage[], { labels, dateFormat }: KlaraConfig): string {
  const columns = messageColumns.filter((column) => labels[column] !== null);
  const textOf = (message: KlaraMessage, column: MessageColumn): string => {
    if (column === 'birthDate' || column === 'sendOn') return written(message[column], dateFormat) ?? '';
    if (column === 'phone') return message.phone === null ? '' : phoneText(message.phone);
    return message[column] ?? '';
  };
  const lines = [
    columns.map((column) => labels[column] ?? ''),
    ...messages.map((message) => columns.map((column) => textOf(message, column))),
  ];
  return mark + lines.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
}
