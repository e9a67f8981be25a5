/**
 * Midnight of the machine's own zone at which a day begins, as a time of the contract.
 * @param day `2026-11-29`
 * @param after how many days later
 */
export function localMidnight(day: string, after: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const local = new Date(year, month - 1, date + after);
  // The constructor takes the years 0 to 99 for those of the last century, and a date field can be on its way to 2026.
  local.setFullYear(year, month - 1, date + after);
  return local.toISOString();
}
