// Tells what stands for nothing: TBD, 000-000-0000, 1900-01-01. Such a value links nobody and completes nothing.
import type { Placeholders } from './book-schema.ts';

/** True for a word that says nobody knew: TBD, none, test. */
export function isPlaceholderWord(text: string, book: Placeholders): boolean {
  const plain = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  return plain === '' || book.words.includes(plain) || isOneCharacter(plain) || isCountedUp(plain);
}

/** True for a number in which one digit repeats or that was typed along the keyboard; the area code may be a real one. */
export function isPlaceholderPhone(text: string): boolean {
  const digits = text.replace(/\D/g, '').slice(-10);
  if (digits === '') return false;
  const local = digits.slice(-7);
  return isOneCharacter(local) || isCountedUp(digits) || local === '1234567' || local === '5551212';
}

/** True for a day that software enters by itself. */
export function isPlaceholderBirthDate(date: string, book: Placeholders): boolean {
  return book.birthDates.includes(date);
}

/** True for an address that was typed because the form wanted one. */
export function isPlaceholderEmail(text: string, book: Placeholders): boolean {
  const [name = '', domain = ''] = text.trim().toLowerCase().split('@');
  return book.emailDomains.includes(domain) || book.emailNames.includes(name) || isPlaceholderWord(text, book);
}

/** True for a member id that is none: a word, zeros, one digit over and over. */
export function isPlaceholderNumber(text: string, book: Placeholders): boolean {
  const plain = text.replace(/[\s-]/g, '');
  return isPlaceholderWord(text, book) || /^0+$/.test(plain) || isOneCharacter(plain) || isCountedUp(plain);
}

/** One character four times or more and nothing else. */
function isOneCharacter(text: string): boolean {
  return /^(.)\1{2,}$/.test(text);
}

/** 123456, 0123456789: somebody typed along the keyboard. */
function isCountedUp(text: string): boolean {
  return text.length >= 4 && ('01234567890123456789'.includes(text) || '98765432109876543210'.includes(text));
}
