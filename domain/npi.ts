// National Provider Identifiers (45 CFR 162.406).

/** Whether it is ten digits of which the last is the check digit: the Luhn sum with the prefix 80840 (CMS, NPI check digit calculation). */
export function isNpi(text: string): boolean {
  if (!/^\d{10}$/.test(text)) return false;
  const sum = [...text].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 24);
  return sum % 10 === 0;
}
