import type { ControlSetup } from '../control.ts';

const GET_DESCRIPTOR = 6;
const SET_CONFIGURATION = 9;
const DEVICE_DESCRIPTOR = 0x0100;
/** How much of the device descriptor the kernel asks for at address 0: with its new scheme, and with its old one (`hub_port_init`). */
const ASKED_AT_ADDRESS_0: readonly number[] = [64, 8];

/**
 * Tells a bus reset from what follows it. USB/IP has no message for it: Linux resets the port of its virtual hub and answers SET_ADDRESS
 * there too. What arrives is the first request at address 0, a GET_DESCRIPTOR of 64 bytes (8 in the old scheme) that no driver or
 * program asks for; on a unit that has been configured since it was attached, or since the last reset, it can only come of a reset.
 */
export class ResetWatch {
  #isConfigured = false;

  /** True where the bus was reset before this request. */
  sees(setup: ControlSetup): boolean {
    if (setup.type !== 'standard' || setup.recipient !== 'device') return false;
    if (setup.request === SET_CONFIGURATION && setup.direction === 'out') {
      this.#isConfigured = setup.value !== 0;
      return false;
    }
    const isFirst =
      setup.request === GET_DESCRIPTOR &&
      setup.direction === 'in' &&
      setup.value === DEVICE_DESCRIPTOR &&
      ASKED_AT_ADDRESS_0.includes(setup.lenBytes);
    if (!isFirst || !this.#isConfigured) return false;
    this.#isConfigured = false;
    return true;
  }
}
