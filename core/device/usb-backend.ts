/** Setup packet of a control transfer, as WebUSB spells it. */
export interface ControlSetup {
  readonly requestType: 'standard' | 'class' | 'vendor';
  readonly recipient: 'device' | 'interface' | 'endpoint' | 'other';
  readonly request: number;
  readonly value: number;
  readonly index: number;
}

/**
 * What Drydock uses of a WebUSB `USBDevice`, and of the extras of the `usb` package: where the unit is plugged in, and a
 * time-out as the last argument of each transfer. The virtual unit offers the same.
 */
export interface UsbDeviceHandle {
  readonly vendorId: number;
  readonly productId: number;
  readonly serialNumber?: string | null | undefined;
  readonly opened: boolean;
  readonly deviceClass: number;
  readonly bus: string;
  readonly address: number;
  readonly ports: readonly number[];
  open(): Promise<void>;
  close(): Promise<void>;
  reset(): Promise<void>;
  claimInterface(interfaceNumber: number): Promise<void>;
  releaseInterface(interfaceNumber: number): Promise<void>;
  selectAlternateInterface(interfaceNumber: number, alternate: number): Promise<void>;
  /** Linux only. Takes the interface from whoever holds it, be it a driver of the kernel or another program. */
  detachKernelDriver?(interfaceNumber: number): Promise<void>;
  attachKernelDriver?(interfaceNumber: number): Promise<void>;
  controlTransferIn(
    setup: ControlSetup,
    lenBytes: number,
    timeoutMs?: number,
  ): Promise<{ readonly status?: string | undefined; readonly data?: DataView | undefined }>;
  controlTransferOut(
    setup: ControlSetup,
    data: Uint8Array<ArrayBuffer>,
    timeoutMs?: number,
  ): Promise<{ readonly status?: string | undefined; readonly bytesWritten: number }>;
}

/**
 * The port to the machine's USB: the `usb` package, or the virtual bench. Events only say that something changed and what
 * stood where; their device object is never used for transfers, since it is another one than `getDevices()` gives.
 */
export interface UsbBackend {
  /** Every device that is plugged in. Throws where the machine has no USB at all. */
  getDevices(): Promise<readonly UsbDeviceHandle[]>;
  addEventListener(type: 'connect' | 'disconnect', listener: UsbEventListener): void;
  removeEventListener(type: 'connect' | 'disconnect', listener: UsbEventListener): void;
}

export type UsbEventListener = (event: { readonly device: unknown }) => void;
