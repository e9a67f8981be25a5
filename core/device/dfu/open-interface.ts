import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { Clock } from '../../ports.ts';
import type { UsbLink } from '../usb-link.ts';
import { applyQuirks } from './apply-quirks.ts';
import { DFU_VERSION } from './constants.ts';
import { DfuPort } from './dfu-port.ts';
import { CONFIGURATION_HEADER_BYTES, parseConfigurationLength, parseDfuInterface } from './functional-descriptor.ts';
import type { DescribedDfuInterface, DfuInterface } from './functional-descriptor.ts';
import { readAlternateNames } from './interface-names.ts';
import type { DfuContext, DfuLimits } from './dfu-context.ts';
import type { Quirks } from './quirk.ts';

const GET_DESCRIPTOR = 0x06;
const CONFIGURATION_DESCRIPTOR = 0x0200;
const KNOWN_VERSIONS: readonly number[] = Object.values(DFU_VERSION);

export interface DfuInterfaceOptions {
  readonly link: UsbLink;
  readonly clock: Clock;
  readonly limits: DfuLimits;
  readonly quirks: Quirks;
  /** The interface that the profile names; a unit with its DFU elsewhere is refused. */
  readonly interfaceNumber: number;
  /** Most bytes that this host moves in one control transfer. */
  readonly hostTransferBytes: number;
}

/** A claimed DFU interface, whatever is spoken over it. */
export interface OpenedDfuInterface {
  readonly dfuInterface: DfuInterface;
  readonly context: DfuContext;
  /** Bytes of a whole block: wTransferSize, or what the host can move where that is less. */
  readonly blockBytes: number;
}

/**
 * Reads what the unit says of its DFU interface and claims it.
 *
 * Refuses with `device.descriptor-invalid`, `device.no-dfu-interface`, `device.enter-by-hand`, or as the transfer does.
 */
export async function openDfuInterface(options: DfuInterfaceOptions): Promise<Result<OpenedDfuInterface>> {
  const { link, clock, limits, quirks, interfaceNumber, hostTransferBytes } = options;
  const described = await describeInterface(options);
  if (!described.ok) return described;
  const dfuInterface = applyQuirks(described.value, quirks);
  const { functional } = dfuInterface;
  if (!KNOWN_VERSIONS.includes(functional.version)) {
    const version = `0x${functional.version.toString(16).padStart(4, '0')}`;
    return refuse(
      'device.descriptor-invalid',
      `The unit's functional descriptor states DFU version ${version}; 1.0, 1.1 and 1.1a exist.`,
      { version },
    );
  }
  if (dfuInterface.interfaceNumber !== interfaceNumber) {
    return refuse(
      'device.no-dfu-interface',
      `The unit's DFU interface is number ${dfuInterface.interfaceNumber}, its profile says ${interfaceNumber}.`,
    );
  }
  const claimed = await link.claim(interfaceNumber);
  if (!claimed.ok) return claimed;
  const port = new DfuPort(link, interfaceNumber, limits.transferMs);
  const blockBytes = Math.min(functional.transferBytes, hostTransferBytes);
  const speaksDfuse = functional.version === DFU_VERSION.dfuse;
  return accept({ dfuInterface, context: { port, clock, limits, quirks, speaksDfuse }, blockBytes });
}

async function describeInterface({ link, limits, quirks }: DfuInterfaceOptions): Promise<Result<DfuInterface>> {
  const described = await readConfiguration(link, limits.transferMs);
  if (!described.ok) {
    if (described.code !== 'device.no-dfu-interface' || !quirks.has('no-runtime-interface')) return described;
    return refuse(
      'device.enter-by-hand',
      "The unit runs its application, which cannot be asked for DFU mode; start its boot loader by hand, as the unit's manual says.",
    );
  }
  const isInDfuMode = described.value.mode === 'dfu' || quirks.has('boot-loader-says-runtime');
  // In run-time mode the alternates are no memories and nobody chooses among them.
  const alternates = isInDfuMode
    ? await readAlternateNames(link, described.value.alternates, limits.transferMs)
    : accept(described.value.alternates.map(({ alternate }) => ({ alternate, name: null })));
  return alternates.ok ? accept({ ...described.value, alternates: alternates.value }) : alternates;
}

/** In two requests: some units answer wrongly when they are asked for more than they have. */
async function readConfiguration(link: UsbLink, timeoutMs: number): Promise<Result<DescribedDfuInterface>> {
  const setup = {
    requestType: 'standard',
    recipient: 'device',
    request: GET_DESCRIPTOR,
    value: CONFIGURATION_DESCRIPTOR,
    index: 0,
  } as const;
  const header = await link.transferIn('GET_DESCRIPTOR', setup, CONFIGURATION_HEADER_BYTES, timeoutMs);
  if (!header.ok) return header;
  const lenBytes = parseConfigurationLength(header.value);
  if (!lenBytes.ok) return lenBytes;
  const whole = await link.transferIn('GET_DESCRIPTOR', setup, lenBytes.value, timeoutMs);
  return whole.ok ? parseDfuInterface(whole.value) : whole;
}
