import type { ScanPlace } from './scans.svelte.ts';

/**
 * Where a scan finds the person: the field that has the focus, and the unit whose card has it or whose details are open.
 * @param open position of the unit whose details are open
 */
export function placeOfScan(focus: Element | null, open: string | null): ScanPlace {
  const isField = (selector: string): boolean => focus?.matches('input') === true && focus.closest(selector) !== null;
  const aim = isField('[data-work-order]')
    ? 'work-order'
    : isField('[data-scan="asset-tag"]')
      ? 'asset-tag'
      : isField('[data-scan="udi"]')
        ? 'udi'
        : null;
  const focused = focus?.closest('[data-position]')?.getAttribute('data-position') ?? null;
  const current = focused ?? open;
  return { aim, current, isOpen: current !== null && current === open };
}
