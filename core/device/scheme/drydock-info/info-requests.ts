import type { Result } from '../../../../contract/result.ts';
import type { ControlSetup } from '../../usb-backend.ts';
import type { UsbLink } from '../../usb-link.ts';
import { MAX_INFO_BYTES, parseInfo } from './parse-info.ts';
import type { UnitInfo } from './parse-info.ts';

/** Vendor requests of the "drydock-info" protocol (docs/device-information.md). */
const InfoRequest = { info: 0xd0, activate: 0xd1, confirm: 0xd2, reset: 0xd3 } as const;

const NO_DATA = new Uint8Array(0);

/** Asks the unit for its state; refuses with `device.info-invalid`, or as the transfer does. */
export async function requestInfo(link: UsbLink, timeoutMs: number): Promise<Result<UnitInfo>> {
  const answer = await link.transferIn('INFO', vendorRequest(InfoRequest.info, 0), MAX_INFO_BYTES, timeoutMs);
  return answer.ok ? parseInfo(answer.value) : answer;
}

/** Marks the image in the slot of `alternate` for one test boot; the unit stalls where the slot holds no image. */
export async function requestActivate(link: UsbLink, alternate: number, timeoutMs: number): Promise<Result<void>> {
  return await link.transferOut('ACTIVATE', vendorRequest(InfoRequest.activate, alternate), NO_DATA, timeoutMs);
}

/** Makes the running image permanent; the unit stalls outside of its application. */
export async function requestConfirm(link: UsbLink, timeoutMs: number): Promise<Result<void>> {
  return await link.transferOut('CONFIRM', vendorRequest(InfoRequest.confirm, 0), NO_DATA, timeoutMs);
}

/** The unit acknowledges, then reboots through its boot loader. */
export async function requestReset(link: UsbLink, timeoutMs: number): Promise<Result<void>> {
  return await link.transferOut('RESET', vendorRequest(InfoRequest.reset, 0), NO_DATA, timeoutMs);
}

function vendorRequest(request: number, value: number): ControlSetup {
  return { requestType: 'vendor', recipient: 'device', request, value, index: 0 };
}
