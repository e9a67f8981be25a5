import type { TrustOverview } from '../../../contract/schema/trust.ts';
import type { MarkKind } from '../../design/mark-kind.ts';
import { trustWords } from './words.ts';

const dayMs = 24 * 3600 * 1000;
/** So long before the next list is due somebody has to ask for it: an offline station gets it by hand. */
const soonDays = 7;

/** State and age of a revocation list, by the station's clock. */
export function freshnessOf(
  { isCurrent, nextUpdate, thisUpdate }: Pick<TrustOverview['crls'][number], 'isCurrent' | 'nextUpdate' | 'thisUpdate'>,
  now: string,
): { readonly mark: MarkKind; readonly word: { readonly en: string; readonly de: string }; readonly ageDays: number } {
  const ageDays = Math.max(0, Math.floor((Date.parse(now) - Date.parse(thisUpdate)) / dayMs));
  if (!isCurrent) return { mark: 'refused', word: trustWords.outOfDate, ageDays };
  const leftMs = Date.parse(nextUpdate) - Date.parse(now);
  return leftMs < soonDays * dayMs
    ? { mark: 'needs-you', word: trustWords.dueSoon, ageDays }
    : { mark: 'confirmed', word: trustWords.current, ageDays };
}
