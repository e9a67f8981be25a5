import { accept, refuse } from '../../../../contract/result.ts';
import type { Result } from '../../../../contract/result.ts';
import type { DeviceState } from '../../../../contract/schema/device.ts';
import { findSlot } from '../../find-slot.ts';

/**
 * After manifestation: the staging slot holds a whole image, by its own hash over its own bytes, and is marked for a test boot. That
 * the unit said OK to every block says nothing; it says so to random data.
 *
 * Refuses with `device.staged-differs`, `device.marked-permanent`, `device.not-pending`, or as `findSlot`.
 */
export function checkMarked(state: DeviceState, logical: string): Result<void> {
  const staging = findSlot(state, logical, 'staging');
  if (!staging.ok) return staging;
  const { id, state: seen } = staging.value;
  if (seen === 'empty' || seen === 'invalid') {
    return refuse(
      'device.staged-differs',
      `The unit took every block, and its ${id} holds ${seen === 'empty' ? 'nothing' : 'no whole image'} now. Its boot loader will not start that; the old firmware stays.`,
      { slot: id },
    );
  }
  if (state.boot.swap === 'perm') {
    return refuse(
      'device.marked-permanent',
      `The unit marked the image in ${id} permanent: it would be installed without a test boot and without a way back.`,
      { slot: id },
    );
  }
  if (seen === 'pending' && state.boot.swap === 'test') return accept(undefined);
  return refuse('device.not-pending', `The unit did not mark ${id} for a test boot; its state is ${seen}.`, {
    slot: id,
  });
}
