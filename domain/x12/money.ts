// Amounts as X12 writes them (data type R) and as Gait keeps them: integer cents, never a binary fraction.

/** `12.5` as 1250. Null where the text is no amount, has a part of a cent, or is too large to be exact. */
export function centsOf(text: string): number | null {
  const match = /^(-?)(\d*)(?:\.(\d*))?$/.exec(text.trim());
  const [, sign = '', whole = '', fraction = ''] = match ?? [];
  if (whole === '' && fraction === '') return null;
  if (!/^0*$/.test(fraction.slice(2))) return null;
  const cents = Number(`${whole === '' ? '0' : whole}${fraction.slice(0, 2).padEnd(2, '0')}`);
  if (!Number.isSafeInteger(cents)) return null;
  return sign === '' || cents === 0 ? cents : -cents;
}

/** 1250 as `12.5`, without zeros at the end, as X12 wants it. @param cents an integer */
export function amountOf(cents: number): string {
  const text = String(Math.abs(cents)).padStart(3, '0');
  const fraction = text.slice(-2).replace(/0+$/, '');
  return `${cents < 0 ? '-' : ''}${text.slice(0, -2)}${fraction === '' ? '' : `.${fraction}`}`;
}
