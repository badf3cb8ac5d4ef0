// An e-mail as it goes over the wire: plain text, headers that nobody's words can add to, and the same id whenever it is sent again.
import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { SmtpConfig } from './config.ts';

/** One e-mail to one address. */
export interface MailSending {
  readonly to: string;
  readonly subject: string;
  /** Plain text; lines end with a line feed. */
  readonly text: string;
  /** The permit's key. */
  readonly key: string;
  /** Where this patient unsubscribes (mailto: or https:); without it as the connection says. */
  readonly unsubscribe?: string;
}

/** The Message-ID of an effect: a repeat has the same, so that a mailbox can tell it for what it is. */
export function messageIdOf(key: string, { from }: Pick<SmtpConfig, 'from'>): string {
  const domain = from.slice(from.lastIndexOf('@') + 1);
  return `<gait-${createHash('sha256').update(key).digest('hex').slice(0, 32)}@${domain}>`;
}

/** The whole message with its headers. `date` is when it is sent. Control characters in the subject become blanks. */
export async function compose(message: MailSending, config: SmtpConfig, date: Date): Promise<Buffer> {
  const { from, fromName, replyTo } = config;
  const unsubscribe = message.unsubscribe ?? config.unsubscribe;
  const composer = new MailComposer({
    from: fromName === undefined ? from : { name: fromName, address: from },
    to: { name: '', address: message.to },
    ...(replyTo === undefined ? {} : { replyTo }),
    subject: message.subject.replace(/\p{Cc}+/gu, ' ').trim(),
    text: message.text,
    date,
    messageId: messageIdOf(message.key, config),
    headers: {
      // RFC 3834: nobody's holiday note answers it.
      'Auto-Submitted': 'auto-generated',
      ...(unsubscribe === undefined ? {} : { 'List-Unsubscribe': { prepared: true, value: `<${unsubscribe}>` } }),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}
