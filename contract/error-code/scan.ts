/** Refusals of the scan room: what a code reader sent cannot be taken for what it says. */
export const scanErrors = {
  'scan.element-invalid':
    'A GS1 code holds an identifier that is unknown, or a value of the wrong length or characters.',
  'scan.check-digit-wrong': 'A check digit or check character of a code does not fit the rest of it.',
  'scan.date-invalid': 'A code holds a day that the calendar does not have.',
  'scan.contradictory': 'A code states the same thing twice, and not alike.',
  'scan.hibc-invalid': 'A code begins like an HIBC code and is not formed like one.',
  'scan.serial-differs': 'A label that is scanned for a unit on the bench has the serial number of that unit.',
  'scan.serial-not-here': 'A unit with the serial number of a scanned label stands on the bench.',
  'scan.serial-twice': 'No more than one unit on the bench has the serial number of a scanned label.',
  'scan.product-differs': 'Two labels that are scanned for one unit name the same product.',
  'scan.no-unit-chosen': 'A label without a serial number is scanned for a unit that was chosen.',
  'scan.unit-busy': 'A unit whose papers a scan fills has no open job.',
  'scan.text-unfit': 'A scanned text has the form of a work order, an asset tag or a UDI.',
} as const;
