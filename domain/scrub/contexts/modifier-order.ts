// The order in which modifiers are billed: those the order names first, as it has them, the others behind as they stood.

export function customaryOrder(modifiers: readonly string[], order: readonly string[]): string[] {
  const place = (modifier: string): number => {
    const at = order.indexOf(modifier);
    return at === -1 ? order.length : at;
  };
  return modifiers.toSorted((one, other) => place(one) - place(other));
}
