/**
 * What the `usb` package (3.1) rejects with: a plain Error with this code, whatever happened. Only the message tells a stall
 * from a time-out from an unplugged device, and it begins with the method's name.
 */
export class UsbError extends Error {
  readonly code = 'GenericFailure';
}

export const ENDPOINT_STALLED = 'endpoint stalled';
export const TRANSFER_CANCELLED = 'transfer was cancelled';
export const DEVICE_DISCONNECTED = 'device disconnected';
export const INTERFACE_BUSY = 'interface is busy';
export const INVALID_STATE = 'invalid state';

export function usbError(method: string, message: string): UsbError {
  return new UsbError(`${method} error: ${message}`);
}
