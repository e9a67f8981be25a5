import { DfuState } from '../../../core/device/dfu/constants.ts';
import type { Answer, DescribedDfu, Transfer } from '../../helpers/scripted-usb-device.ts';
import { configurationDescriptor, descriptorAnswer, statusBytes } from '../../helpers/scripted-usb-device.ts';

/** A unit that does what its protocol says. Its state may be changed under it. */
export interface ProperUnit {
  state: number;
  respond(transfer: Transfer): Answer;
}

/** DFU 1.1: a block is taken at once, an upload is all zeros. */
export class ProperDfuUnit implements ProperUnit {
  state: number = DfuState.dfuIDLE;
  readonly #described: DescribedDfu;

  constructor(described: DescribedDfu) {
    this.#described = described;
  }

  respond(transfer: Transfer): Answer {
    switch (transfer.name) {
      case 'GET_DESCRIPTOR':
        return transfer.setup.value === 0x0200
          ? configurationDescriptor(this.#described).subarray(0, transfer.lenBytes)
          : descriptorAnswer(this.#described, transfer);
      case 'DNLOAD':
        this.state = transfer.data.byteLength > 0 ? DfuState['dfuDNLOAD-SYNC'] : DfuState['dfuMANIFEST-SYNC'];
        return undefined;
      case 'UPLOAD':
        return this.upload(transfer);
      case 'GETSTATUS':
        this.state = this.next();
        return statusBytes(this.state);
      case 'GETSTATE':
        return Uint8Array.of(this.state);
      default:
        this.state = DfuState.dfuIDLE;
        return undefined;
    }
  }

  protected upload({ lenBytes }: Transfer): Uint8Array {
    this.state = DfuState['dfuUPLOAD-IDLE'];
    return new Uint8Array(lenBytes);
  }

  /** The state to which GETSTATUS leads. */
  protected next(): number {
    if (this.state === DfuState['dfuDNLOAD-SYNC']) return DfuState['dfuDNLOAD-IDLE'];
    return this.state === DfuState['dfuMANIFEST-SYNC'] ? DfuState.dfuIDLE : this.state;
  }
}

/** DfuSe (ST AN3156): GETSTATUS starts what was sent, and block 0 of an upload lists the commands. */
export class ProperDfuseUnit extends ProperDfuUnit {
  protected override upload(transfer: Transfer): Uint8Array {
    if (transfer.setup.value !== 0) return super.upload(transfer);
    this.state = DfuState.dfuIDLE;
    return Uint8Array.of(0x00, 0x21, 0x41, 0x92).subarray(0, transfer.lenBytes);
  }

  protected override next(): number {
    if (this.state === DfuState['dfuDNLOAD-SYNC']) return DfuState.dfuDNBUSY;
    if (this.state === DfuState.dfuDNBUSY) return DfuState['dfuDNLOAD-IDLE'];
    return this.state === DfuState['dfuMANIFEST-SYNC'] ? DfuState.dfuMANIFEST : this.state;
  }
}
