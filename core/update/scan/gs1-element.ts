/** Application identifiers by their beginnings: how many digits the identifier has (GS1 General Specifications §3.2). */
const identifierLengths: readonly (readonly [RegExp, number])[] = [
  [/^(?:0[0-3]|1[0-3]|1[567]|2[012]|30|37|9\d)/, 2],
  [/^(?:2[345]|4[012]|71)/, 3],
  [/^(?:3[1-6]|39|43|7[02]|8[012])/, 4],
];

/** Elements of predefined length, identifier included: they need no separator behind them (§7.8.5, figure 7.8.5-2). */
const fixedLengths: Readonly<Record<string, number>> = {
  ...{ '00': 20, '01': 16, '02': 16, '03': 16, '04': 18, '20': 4, '41': 16 },
  ...Object.fromEntries(['11', '12', '13', '14', '15', '16', '17', '18', '19'].map((two) => [two, 8])),
  ...Object.fromEntries(['31', '32', '33', '34', '35', '36'].map((two) => [two, 10])),
};

/** Longest value of an element of variable length. */
export const longestValue = 90;

/** The identifier at the beginning of a text; null where none begins so. */
export function readIdentifier(text: string): string | null {
  for (const [beginning, digits] of identifierLengths) {
    const identifier = text.slice(0, digits);
    if (beginning.test(text)) return identifier.length === digits && /^\d+$/.test(identifier) ? identifier : null;
  }
  return null;
}

/** Length of the value of an element, or null where it is variable. */
export function fixedValueLength(identifier: string): number | null {
  const whole = fixedLengths[identifier.slice(0, 2)];
  return whole === undefined ? null : whole - identifier.length;
}

/** Modulo 10 with weights 3 and 1 from the right (§7.9): true where the last digit is the check digit of those before. */
export function hasCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length - 1; at += 1) {
    const weight = (digits.length - at) % 2 === 0 ? 3 : 1;
    sum += Number(digits[at]) * weight;
  }
  return (10 - (sum % 10)) % 10 === Number(digits.at(-1));
}

/** GS1's character set 82 (§7.11, figure 7.11-1). */
export const characterSet82 = /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]+$/;
