/** The shapes that WebUSB's classes have, as the `usb` package hands them out: plain objects. */

export interface UsbAlternateView {
  readonly alternateSetting: number;
  readonly interfaceClass: number;
  readonly interfaceSubclass: number;
  readonly interfaceProtocol: number;
  readonly interfaceName: string | null;
  readonly endpoints: [];
}

export interface UsbInterfaceView {
  readonly interfaceNumber: number;
  readonly claimed: boolean;
  readonly alternate: UsbAlternateView;
  readonly alternates: UsbAlternateView[];
}

export interface UsbConfigurationView {
  readonly configurationValue: number;
  readonly configurationName: string | null;
  readonly interfaces: UsbInterfaceView[];
}

export interface UsbInResult {
  readonly data: DataView;
  readonly status: 'ok';
}

export interface UsbOutResult {
  readonly bytesWritten: number;
  readonly status: 'ok';
}
