/** The 43 characters of HIBC in the order of their values (ANSI/HIBC 2.6, appendix B). */
const characters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%';

/** The last character is the sum of the others' values modulo 43; false also where a character is none of HIBC's. */
export function fitsCheckCharacter(text: string): boolean {
  const values = Array.from(text, (character) => characters.indexOf(character));
  if (values.length < 2 || values.includes(-1)) return false;
  const sum = values.slice(0, -1).reduce((total, value) => total + value, 0);
  return sum % 43 === values.at(-1);
}
