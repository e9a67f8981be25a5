/** Refusals of what a scanner or a person has read off a label. Code → the check that it names. */
export const scanErrors = {
  'scan.text-invalid': 'A scan is printable ASCII within bounds, with group separators where GS1 has them.',
  'scan.gs1-invalid': 'A GS1 element string is made of known elements, with right check digits and real dates.',
  'scan.hibc-invalid': 'A HIBC symbol has its form, a right check character and real dates.',
} as const;
