import { refuse, type Result } from '../../contract/result.ts';
import type { Manifest, ManifestImage } from '../../contract/schema/bundle.ts';
import type { DeviceState, SlotView } from '../../contract/schema/device.ts';
import { findSlot } from '../device/find-slot.ts';
import { found, type Finding } from './check-list.ts';

/** The image that is made for a unit, and the two slots of the unit that it concerns. */
export interface Selection {
  readonly image: ManifestImage;
  readonly running: SlotView;
  readonly staging: SlotView;
}

/**
 * Chooses the bundle's image for this unit's hardware and the slots behind its logical slot (REQ-OTA-MAN-02). The staging slot is
 * never the running one (REQ-OTA-APP-01). Refuses with `update.not-compatible`, `update.several-images`, `update.slot-unknown` or `update.slot-too-small`.
 */
export function selectImage(manifest: Manifest, state: DeviceState): Result<Finding<Selection>> {
  const [image, ...others] = manifest.images.filter((candidate) => candidate.compat.includes(state.hardware));
  if (image === undefined) {
    const made = [...new Set(manifest.images.flatMap((candidate) => candidate.compat))].join(', ');
    return refuse(
      'update.not-compatible',
      `The unit's hardware is ${state.hardware}; the bundle has images for ${made} only.`,
    );
  }
  if (others.length > 0) {
    const files = [image, ...others].map(({ file }) => file).join(', ');
    return refuse(
      'update.several-images',
      `The bundle has several images for hardware ${state.hardware} (${files}); a job installs exactly one.`,
    );
  }
  const running = findSlot(state, image.slot, 'running');
  const staging = findSlot(state, image.slot, 'staging');
  if (!running.ok || !staging.ok) {
    return refuse(
      'update.slot-unknown',
      `The image is for slot "${image.slot}", which this unit does not have as a pair of slots.`,
    );
  }
  const { name, sizeBytes } = staging.value;
  if (image.len > sizeBytes) {
    return refuse(
      'update.slot-too-small',
      `The image has ${image.len} bytes, the staging slot ${name} has ${sizeBytes}.`,
    );
  }
  const detail = `Hardware ${state.hardware} is among ${image.compat.join(', ')}; ${image.len} bytes go to ${name} of ${sizeBytes} bytes.`;
  return found({ image, running: running.value, staging: staging.value }, detail);
}
