/**
 * GS1 General Specifications §7.9.1: modulo 10, weights 3 and 1 in turn from the right. The last digit is the check digit.
 * `digits` holds decimal digits only.
 */
export function fitsCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - place) - 0x30;
    sum += place % 2 === 1 ? digit * 3 : digit;
  }
  return sum % 10 === 0;
}
