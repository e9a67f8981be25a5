/** Refusals of the scan room: what a code reader sent cannot be taken for what it says. */
export const scanErrors = {
  'scan.element-invalid':
    'A GS1 code holds an identifier that is unknown, or a value of the wrong length or characters.',
  'scan.check-digit-wrong': 'A check digit or check character of a code does not fit the rest of it.',
  'scan.date-invalid': 'A code holds a day that the calendar does not have.',
  'scan.contradictory': 'A code states the same thing twice, and not alike.',
  'scan.hibc-invalid': 'A code begins like an HIBC code and is not formed like one.',
} as const;
