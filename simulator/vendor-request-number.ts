/** bRequest of the vendor requests of the reference unit (docs/device-information.md). */
export const VendorRequest = {
  INFO: 0xd0,
  ACTIVATE: 0xd1,
  CONFIRM: 0xd2,
  RESET: 0xd3,
} as const;
