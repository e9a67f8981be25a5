import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { DfuAlternate } from './functional-descriptor.ts';

/**
 * The number of the alternate setting with this number, or with exactly this name. A name that several settings have tells
 * nothing: some boot loaders give all of them one. Refuses with `device.slot-missing`.
 */
export function findAlternate(alternates: readonly DfuAlternate[], wanted: number | string): Result<number> {
  const found = alternates.filter(({ alternate, name }) => (typeof wanted === 'number' ? alternate : name) === wanted);
  const [first] = found;
  if (first !== undefined && found.length === 1) return accept(first.alternate);
  const spelled = typeof wanted === 'number' ? String(wanted) : `named "${wanted}"`;
  const reason =
    first === undefined
      ? `The unit has no alternate setting ${spelled} for the slot.`
      : `The unit has ${found.length} alternate settings ${spelled}; its profile must tell them apart by number.`;
  return refuse('device.slot-missing', reason, { alternate: wanted });
}
