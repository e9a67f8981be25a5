import type { MarkKind } from '../../design/mark-kind.ts';
import { trustWords } from './words.ts';

const soonMs = 60 * 24 * 3600 * 1000;

/** State of something that ends: by the station's clock, not the page's. Sixty days before its end somebody has to ask for the next. */
export function validityOf(
  notAfter: string,
  now: string,
): { readonly mark: MarkKind; readonly word: { readonly en: string; readonly de: string } } {
  const leftMs = Date.parse(notAfter) - Date.parse(now);
  if (leftMs < 0) return { mark: 'refused', word: trustWords.ended };
  return leftMs < soonMs
    ? { mark: 'needs-you', word: trustWords.endsSoon }
    : { mark: 'confirmed', word: trustWords.trusted };
}
