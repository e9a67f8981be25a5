import { refuse, type Result } from '../../contract/result.ts';
import type { Manifest, ManifestImage } from '../../contract/schema/bundle.ts';
import type { DeviceState, SlotView } from '../../contract/schema/device.ts';
import type { TargetProfile } from '../device/update-target.ts';
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
export function selectImage(
  manifest: Manifest,
  state: DeviceState,
  profile: TargetProfile,
): Result<Finding<Selection>> {
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
  const slots = profile.slots[image.slot];
  const running = state.slots.find((slot) => slot.alternate === slots?.running);
  const staging = state.slots.find((slot) => slot.alternate === slots?.staging);
  if (running === undefined || staging === undefined || running.alternate === staging.alternate) {
    return refuse(
      'update.slot-unknown',
      `The image is for slot "${image.slot}", which this unit does not have as a pair of slots.`,
    );
  }
  if (image.len > staging.sizeBytes) {
    return refuse(
      'update.slot-too-small',
      `The image has ${image.len} bytes, the staging slot ${staging.name} has ${staging.sizeBytes}.`,
    );
  }
  const detail = `Hardware ${state.hardware} is among ${image.compat.join(', ')}; ${image.len} bytes go to ${staging.name} of ${staging.sizeBytes} bytes.`;
  return found({ image, running, staging }, detail);
}
