import type { Page } from 'playwright';

/** A page of at least this width scrolls in its parts only: what is narrower, or zoomed, scrolls as a whole. */
const LEAST_WIDTH_OF_PARTS_PX = 768;

/**
 * What is cut off or out of reach: nothing is scrolled sideways (WCAG 2.2, 1.4.10), the window has no scroll bar of its own beside those of its
 * parts, and no mark of a state loses a part of its word in a table.
 */
export async function findCutOff(page: Page): Promise<readonly string[]> {
  return await page.evaluate<string[]>(`[
    ...[...document.querySelectorAll('html, body, main, header, nav, aside, .surface, form')]
      .filter((element) => element.scrollWidth > element.clientWidth + 1 && !element.matches('.unseen, .unseen *'))
      .map((element) => element.tagName + ' is ' + element.scrollWidth + ' wide in ' + element.clientWidth),
    ...[document.documentElement]
      .filter((root) => innerWidth >= ${LEAST_WIDTH_OF_PARTS_PX} && root.scrollHeight > root.clientHeight + 1)
      .map((root) => 'the window is ' + root.scrollHeight + ' high in ' + root.clientHeight),
    ...[...document.querySelectorAll('[role=gridcell] .mark')]
      .filter((mark) => {
        const [own, cell] = [mark, mark.closest('[role=gridcell]')].map((element) => element.getBoundingClientRect());
        return own.right > cell.right + 1 || own.bottom > cell.bottom + 1 || mark.scrollWidth > mark.clientWidth + 1;
      })
      .map((mark) => 'the mark "' + mark.textContent.trim() + '" is cut off'),
  ]`);
}
