import { gap } from './paper.ts';
import type { Sheet } from './sheet.ts';
import { drawTable, measureTable, widestIn, type Following, type Table } from './table.ts';

/**
 * Draws a list of short rows in up to `mostStacks` stacks beside each other, read from the top down and then from the left to
 * the right: the lowest of them, if it ends on this page and is lower than `whole`. Else `whole` is drawn, which goes on over
 * pages. Stacks are never torn apart: with `following`, all of their rows go with it.
 */
export function drawStackedList(
  sheet: Sheet,
  list: Table,
  mostStacks: number,
  whole: Table = list,
  following?: Following,
): void {
  let [lowest, height] = [whole, Math.min(measureTable(sheet, whole), sheet.room)];
  for (let count = 2; count <= mostStacks; count += 1) {
    const stacked = stackRows(sheet, list, count);
    const stackedHeight = measureTable(sheet, stacked);
    if (stackedHeight <= height) [lowest, height] = [stacked, stackedHeight];
  }
  const isStacked = lowest !== whole;
  drawTable(sheet, lowest, following && isStacked ? { ...following, rows: lowest.rows.length } : following);
}

/** The same rows in `count` stacks; each stack is as wide as its own texts ask for. */
function stackRows(sheet: Sheet, { columns, rows }: Table, count: number): Table {
  const perStack = Math.ceil(rows.length / count);
  const stacks = Array.from({ length: count }, (_, stack) => rows.slice(stack * perStack, (stack + 1) * perStack));
  const blank = columns.map(() => '');
  return {
    columns: stacks.flatMap((stack, index) =>
      columns.map((column, at) => ({
        ...column,
        ...(column.share === undefined ? {} : { share: widestIn(sheet, { columns, rows: stack }, at) }),
        ...(index > 0 && at === 0 ? { title: '', gapBefore: gap.stack } : {}),
      })),
    ),
    rows: Array.from({ length: perStack }, (_, line) => stacks.flatMap((stack) => stack[line] ?? blank)),
  };
}
