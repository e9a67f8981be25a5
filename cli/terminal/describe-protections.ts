import { missingProtectionWords } from '../../contract/schema/device.ts';
import type { ProfileView } from '../../contract/schema/device-profile.ts';
import { printable } from './printable.ts';
import { mark } from './style.ts';

/** What an update of a product's units does not protect against, by each profile that this station has of the product. */
export function describeProtections(product: string, profiles: readonly ProfileView[]): string[] {
  if (profiles.length === 0) {
    return [
      `${mark.warning()} This station has no device profile of ${printable(product)}: what its units do not protect against is not known here.`,
    ];
  }
  return profiles.flatMap(({ id, name, missingProtections }) => {
    const units = `${printable(name)} (${printable(id)})`;
    if (missingProtections.length === 0) return [`No protection is missing in units of ${units}.`];
    const words = missingProtections.map((missing) => `  ${mark.warning()} ${missingProtectionWords[missing]}`);
    return [`What units of ${units} do not protect against:`, ...words];
  });
}
