import { accept, refuse } from '../../../../contract/result.ts';
import type { Result } from '../../../../contract/result.ts';
import type { McubootProfile } from '../../profile/mcuboot.ts';
import type { UsbLink } from '../../usb-link.ts';

const GET_DESCRIPTOR = 0x06;
const DEVICE_DESCRIPTOR = 0x0100;
const DEVICE_DESCRIPTOR_BYTES = 18;
const BCD_DEVICE_OFFSET = 12;

/**
 * The name of the unit's hardware: the profile's, or the one that it gives to the unit's bcdDevice (USB 2.0 §9.6.1). Refuses with
 * `device.descriptor-invalid`, `device.hardware-unknown`, or as the transfer does.
 */
export async function readHardware(
  link: UsbLink,
  { id, hardware, deadlines }: McubootProfile,
): Promise<Result<string>> {
  if (typeof hardware === 'string') return accept(hardware);
  const descriptor = await link.transferIn(
    'GET_DESCRIPTOR',
    { requestType: 'standard', recipient: 'device', request: GET_DESCRIPTOR, value: DEVICE_DESCRIPTOR, index: 0 },
    DEVICE_DESCRIPTOR_BYTES,
    deadlines.transferMs,
  );
  if (!descriptor.ok) return descriptor;
  const bytes = descriptor.value;
  if (bytes.byteLength !== DEVICE_DESCRIPTOR_BYTES || bytes[0] !== DEVICE_DESCRIPTOR_BYTES || bytes[1] !== 1) {
    return refuse('device.descriptor-invalid', "The unit's device descriptor is not one of 18 bytes.");
  }
  const bcdDevice = Buffer.from(bytes).readUInt16LE(BCD_DEVICE_OFFSET).toString(16).padStart(4, '0');
  const name = Object.hasOwn(hardware.bcdDevice, bcdDevice) ? hardware.bcdDevice[bcdDevice] : undefined;
  if (name !== undefined) return accept(name);
  return refuse(
    'device.hardware-unknown',
    `The unit states revision ${bcdDevice} (bcdDevice), for which its device profile ${id} names no hardware.`,
    { bcdDevice },
  );
}
