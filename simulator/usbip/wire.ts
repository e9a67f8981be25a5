/**
 * Numbers of USB/IP 1.1.1 (Linux, Documentation/usb/usbip_protocol.rst). Everything on the wire is big-endian, but for the eight bytes
 * of a set-up packet, which are as on a USB.
 */
export const USBIP_VERSION = 0x0111;

/** Before a device is imported: what a client asks for, and the code of each reply. */
export const Operation = {
  requestList: 0x8005,
  replyList: 0x0005,
  requestImport: 0x8003,
  replyImport: 0x0003,
} as const;

/** After a device is imported. */
export const Command = { submit: 1, unlink: 2, submitReply: 3, unlinkReply: 4 } as const;

/** Status of an import reply (usbip-utils, `usbip_common.h`). */
export const ImportStatus = { ok: 0, busy: 2, noDevice: 4 } as const;

/** Status of a command's reply: negated error numbers of Linux. */
export const TransferStatus = { ok: 0, brokenPipe: -32, connectionReset: -104 } as const;

/** `enum usb_device_speed` of Linux. */
export const UsbSpeed = { full: 2, high: 3 } as const;

export const OPERATION_HEADER_BYTES = 8;
export const BUS_ID_BYTES = 32;
export const DEVICE_PATH_BYTES = 256;
export const DEVICE_RECORD_BYTES = 312;
export const COMMAND_HEADER_BYTES = 48;
export const SETUP_OFFSET = 40;

/** wLength of a control transfer has 16 bits (USB 2.0 §9.3.5). */
export const MAX_TRANSFER_BYTES = 0xffff;
/** Endpoint numbers have four bits (USB 2.0 §9.6.6). */
export const MAX_ENDPOINT = 15;
