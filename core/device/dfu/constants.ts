/** Numbers of USB DFU 1.1 (USB-IF, 2004). The one file of ours that the simulator may import. */

/** §3 table 3.2: bRequest. */
export const DfuRequest = {
  DETACH: 0,
  DNLOAD: 1,
  UPLOAD: 2,
  GETSTATUS: 3,
  CLRSTATUS: 4,
  GETSTATE: 5,
  ABORT: 6,
} as const;
export type DfuRequest = (typeof DfuRequest)[keyof typeof DfuRequest];

/** §6.1.2: bState. */
export const DfuState = {
  appIDLE: 0,
  appDETACH: 1,
  dfuIDLE: 2,
  'dfuDNLOAD-SYNC': 3,
  dfuDNBUSY: 4,
  'dfuDNLOAD-IDLE': 5,
  'dfuMANIFEST-SYNC': 6,
  dfuMANIFEST: 7,
  'dfuMANIFEST-WAIT-RESET': 8,
  'dfuUPLOAD-IDLE': 9,
  dfuERROR: 10,
} as const;
export type DfuStateName = keyof typeof DfuState;
export type DfuState = (typeof DfuState)[DfuStateName];

/** §6.1.2: bStatus. */
export const DfuStatus = {
  OK: 0x00,
  errTARGET: 0x01,
  errFILE: 0x02,
  errWRITE: 0x03,
  errERASE: 0x04,
  errCHECK_ERASED: 0x05,
  errPROG: 0x06,
  errVERIFY: 0x07,
  errADDRESS: 0x08,
  errNOTDONE: 0x09,
  errFIRMWARE: 0x0a,
  errVENDOR: 0x0b,
  errUSBR: 0x0c,
  errPOR: 0x0d,
  errUNKNOWN: 0x0e,
  errSTALLEDPKT: 0x0f,
} as const;
export type DfuStatusName = keyof typeof DfuStatus;
export type DfuStatus = (typeof DfuStatus)[DfuStatusName];

/** §4.1.3 table 4.2: bmAttributes of the functional descriptor. */
export const DfuAttribute = {
  canDownload: 0x01,
  canUpload: 0x02,
  manifestationTolerant: 0x04,
  willDetach: 0x08,
} as const;

/** §4.1.3: bDescriptorType of the DFU functional descriptor. */
export const DFU_FUNCTIONAL_DESCRIPTOR = 0x21;

/** §4.1.1 and §4.2.3: bInterfaceClass, bInterfaceSubClass, bInterfaceProtocol. */
export const DFU_INTERFACE = { class: 0xfe, subclass: 0x01, runtimeProtocol: 0x01, dfuProtocol: 0x02 } as const;

/** §4.1.3: bcdDFUVersion. The descriptor of DFU 1.0 ends before it; ST's DfuSe calls itself 1.1a (UM0424, AN3156). */
export const DFU_VERSION = { '1.0': 0x0100, '1.1': 0x0110, dfuse: 0x011a } as const;
