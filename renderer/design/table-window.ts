/** Which rows of a long list are in the page. */
export interface TableWindow {
  readonly first: number;
  /** Behind the last. */
  readonly end: number;
}

/** Rows that are kept above and below what is seen, so that scrolling shows no holes. */
const spare = 6;

/** @param heights in CSS pixels */
export function tableWindow(
  rows: number,
  scrollTop: number,
  heights: { readonly row: number; readonly view: number },
): TableWindow {
  const first = Math.max(0, Math.min(rows, Math.floor(scrollTop / heights.row)) - spare);
  return { first, end: Math.min(rows, first + Math.ceil(heights.view / heights.row) + 2 * spare) };
}

/** Row that a key of the table moves to, or undefined where the key is not the table's. */
export function moveRow(key: string, from: number, rows: number, rowsInView: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: rowsInView,
    PageUp: -rowsInView,
    Home: Number.NEGATIVE_INFINITY,
    End: Number.POSITIVE_INFINITY,
  };
  const step = steps[key];
  return step === undefined || rows === 0 ? undefined : Math.max(0, Math.min(rows - 1, from + step));
}
