import { accept, refuse } from '../../../contract/result.ts';
import type { Refusal, Result } from '../../../contract/result.ts';
import { DFU_FUNCTIONAL_DESCRIPTOR, DFU_INTERFACE, DFU_VERSION, DfuAttribute } from './constants.ts';

/** DFU functional descriptor (DFU 1.1 §4.1.3, table 4.2). */
export interface FunctionalDescriptor {
  readonly canDownload: boolean;
  readonly canUpload: boolean;
  readonly isManifestationTolerant: boolean;
  readonly willDetach: boolean;
  readonly detachTimeoutMs: number;
  /** Most bytes in one control transfer that the unit takes. */
  readonly transferBytes: number;
  /** bcdDFUVersion; `DFU_VERSION` names the known ones. */
  readonly version: number;
}

/** An alternate setting of the DFU interface: in DFU mode, one memory of the unit. */
export interface DfuAlternate {
  readonly alternate: number;
  /** Its interface string, up to the first character that is not printable ASCII; null where it has none. Read in DFU mode only. */
  readonly name: string | null;
}

/** The unit's DFU interface with what its configuration descriptor says of it. */
export interface DfuInterface {
  readonly interfaceNumber: number;
  readonly mode: 'runtime' | 'dfu';
  readonly alternates: readonly DfuAlternate[];
  readonly functional: FunctionalDescriptor;
}

/** An alternate setting as the configuration descriptor has it: with the index of a string that is still to be read. */
export interface DescribedAlternate {
  readonly alternate: number;
  readonly nameIndex: number;
}

/** What can be said of the DFU interface from the configuration descriptor alone. */
export type DescribedDfuInterface = Omit<DfuInterface, 'alternates'> & {
  readonly alternates: readonly DescribedAlternate[];
};

interface FoundAlternate extends DescribedAlternate {
  readonly interfaceNumber: number;
  readonly protocol: number;
}

export const CONFIGURATION_HEADER_BYTES = 9;
/** One page, as much as Linux moves in one control transfer; real configurations take a few hundred bytes. */
const MAX_CONFIGURATION_BYTES = 4096;
const MAX_ALTERNATES = 16;
/** The smallest control packet of USB 2.0 §5.5.3. */
const MIN_TRANSFER_BYTES = 8;
const DescriptorType = { configuration: 0x02, interface: 0x04 } as const;
const INTERFACE_DESCRIPTOR_BYTES = 9;
/** DFU 1.0 has no bcdDFUVersion at the end. */
const FUNCTIONAL_DESCRIPTOR_1_0_BYTES = 7;
const FUNCTIONAL_DESCRIPTOR_1_1_BYTES = 9;

/** Length of the whole configuration as its first nine bytes state it; refuses with `device.descriptor-invalid`. */
export function parseConfigurationLength(header: Uint8Array): Result<number> {
  if (header.byteLength < CONFIGURATION_HEADER_BYTES || header[0] !== 9 || header[1] !== DescriptorType.configuration) {
    return invalid('does not start with a configuration of 9 bytes');
  }
  const totalBytes = readU16(header, 2);
  if (totalBytes < CONFIGURATION_HEADER_BYTES || totalBytes > MAX_CONFIGURATION_BYTES) {
    return invalid(`states ${totalBytes} bytes, between 9 and ${MAX_CONFIGURATION_BYTES} are accepted`);
  }
  return accept(totalBytes);
}

/**
 * Finds the one DFU interface in a configuration descriptor (USB 2.0 §9.6.3, DFU 1.1 §4.1 and §4.2). Strict: every
 * descriptor must lie within the stated length, and nothing is guessed.
 *
 * Refuses with `device.descriptor-invalid` or `device.no-dfu-interface`.
 */
export function parseDfuInterface(bytes: Uint8Array): Result<DescribedDfuInterface> {
  const stated = parseConfigurationLength(bytes);
  if (!stated.ok) return stated;
  if (bytes.byteLength !== stated.value) {
    return invalid(`states ${stated.value} bytes and is ${bytes.byteLength} bytes long`);
  }

  const alternates: FoundAlternate[] = [];
  const functionals: FunctionalDescriptor[] = [];
  let isInDfuInterface = false;
  for (let at = CONFIGURATION_HEADER_BYTES; at < bytes.byteLength;) {
    const lenBytes = bytes[at] ?? 0;
    if (lenBytes < 2) return invalid(`holds a descriptor of ${lenBytes} bytes at offset ${at}`);
    if (at + lenBytes > bytes.byteLength) return invalid(`holds a descriptor at offset ${at} that runs over its end`);
    const descriptor = bytes.subarray(at, at + lenBytes);
    if (descriptor[1] === DescriptorType.interface) {
      if (lenBytes < INTERFACE_DESCRIPTOR_BYTES)
        return invalid(`holds an interface of ${lenBytes} bytes at offset ${at}`);
      isInDfuInterface = descriptor[5] === DFU_INTERFACE.class && descriptor[6] === DFU_INTERFACE.subclass;
      if (isInDfuInterface) {
        alternates.push({
          interfaceNumber: descriptor[2] ?? 0,
          alternate: descriptor[3] ?? 0,
          protocol: descriptor[7] ?? 0,
          nameIndex: descriptor[8] ?? 0,
        });
      }
    } else if (descriptor[1] === DFU_FUNCTIONAL_DESCRIPTOR && isInDfuInterface) {
      // The same type number is HID's in other interfaces.
      const functional = parseFunctional(descriptor);
      if (!functional.ok) return functional;
      functionals.push(functional.value);
    }
    at += lenBytes;
  }
  return assemble(alternates, functionals);
}

function assemble(
  alternates: readonly FoundAlternate[],
  functionals: readonly FunctionalDescriptor[],
): Result<DescribedDfuInterface> {
  const [first] = alternates;
  if (first === undefined) return refuse('device.no-dfu-interface', 'The unit has no DFU interface.');
  if (
    alternates.some((other) => other.interfaceNumber !== first.interfaceNumber || other.protocol !== first.protocol)
  ) {
    return invalid('holds more than one DFU interface');
  }
  if (alternates.length > MAX_ALTERNATES) return invalid(`holds more than ${MAX_ALTERNATES} alternates`);
  const numbers = alternates.map((setting) => setting.alternate);
  if (new Set(numbers).size !== numbers.length) return invalid('holds an alternate setting twice');
  if (first.protocol !== DFU_INTERFACE.runtimeProtocol && first.protocol !== DFU_INTERFACE.dfuProtocol) {
    return invalid(`states DFU protocol ${first.protocol}, 1 (run-time) and 2 (DFU mode) exist`);
  }
  const [functional] = functionals;
  if (functional === undefined) return invalid('lacks the DFU functional descriptor');
  if (functionals.some((other) => JSON.stringify(other) !== JSON.stringify(functional))) {
    return invalid('holds functional descriptors that contradict each other');
  }
  return accept({
    interfaceNumber: first.interfaceNumber,
    mode: first.protocol === DFU_INTERFACE.dfuProtocol ? 'dfu' : 'runtime',
    alternates: alternates.map(({ alternate, nameIndex }) => ({ alternate, nameIndex })),
    functional,
  });
}

function parseFunctional(bytes: Uint8Array): Result<FunctionalDescriptor> {
  if (bytes.byteLength !== FUNCTIONAL_DESCRIPTOR_1_0_BYTES && bytes.byteLength !== FUNCTIONAL_DESCRIPTOR_1_1_BYTES) {
    return invalid(`holds a functional descriptor of ${bytes.byteLength} bytes instead of 9, or 7 for DFU 1.0`);
  }
  const attributes = bytes[2] ?? 0;
  const transferBytes = readU16(bytes, 5);
  if (transferBytes < MIN_TRANSFER_BYTES) {
    return invalid(`states a transfer size of ${transferBytes} bytes, at least ${MIN_TRANSFER_BYTES} are needed`);
  }
  return accept({
    canDownload: (attributes & DfuAttribute.canDownload) !== 0,
    canUpload: (attributes & DfuAttribute.canUpload) !== 0,
    isManifestationTolerant: (attributes & DfuAttribute.manifestationTolerant) !== 0,
    willDetach: (attributes & DfuAttribute.willDetach) !== 0,
    detachTimeoutMs: readU16(bytes, 3),
    transferBytes,
    version: bytes.byteLength < FUNCTIONAL_DESCRIPTOR_1_1_BYTES ? DFU_VERSION['1.0'] : readU16(bytes, 7),
  });
}

function readU16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}

function invalid(what: string): Refusal {
  return refuse('device.descriptor-invalid', `The unit's configuration descriptor ${what}.`);
}
