import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import type { Alarm, Clock } from '../ports.ts';
import { DfuSession } from './dfu/dfu-session.ts';
import type { DriverReader } from './interface-claim.ts';
import type { UsbModes } from './profile/fields.ts';
import type { DeviceProfile } from './profile/profile.ts';
import { MAX_TRANSFER_BYTES, UsbLink } from './usb-link.ts';
import type { SightedUnit } from './usb-scanner.ts';

/** What the host brings to every connection. */
export interface HostOptions {
  readonly clock: Clock;
  readonly alarm: Alarm;
  readonly platform: NodeJS.Platform;
  /** Tells which driver of the system holds an interface; left out where the system cannot be asked. */
  readonly readDriver?: DriverReader;
}

/** Linux moves at most one page in a control transfer; elsewhere the 16-bit length field is the bound. */
const LINUX_TRANSFER_BYTES = 4096;

/** One unit, opened and claimed, for as long as it stays on the bus. */
export class UnitConnection {
  readonly link: UsbLink;
  readonly dfu: DfuSession;
  readonly sighting: string;

  private constructor(link: UsbLink, dfu: DfuSession, sighting: string) {
    this.link = link;
    this.dfu = dfu;
    this.sighting = sighting;
  }

  /**
   * `left` is aborted when the unit is seen to have left the bus; whatever is going on with it ends then.
   * Refuses with `device.access-denied`, `device.mode-contradicted`, as `DfuSession.open`, or as the transfer does.
   */
  static async open(
    sighted: SightedUnit,
    profile: DeviceProfile,
    host: HostOptions,
    left?: AbortSignal,
  ): Promise<Result<UnitConnection>> {
    const modes: UsbModes = profile.usb;
    const match = (sighted.unit.mode === 'runtime' ? modes.runtime : null) ?? modes.dfu;
    const link = new UsbLink(sighted.device, host.platform, { alarm: host.alarm, left, readDriver: host.readDriver });
    const opened = await link.open();
    if (!opened.ok) return opened;
    const hostTransferBytes = host.platform === 'linux' ? LINUX_TRANSFER_BYTES : MAX_TRANSFER_BYTES;
    const dfu = await DfuSession.open({
      link,
      clock: host.clock,
      limits: { ...profile.deadlines, maxPollTimeoutMs: profile.limits.maxPollTimeoutMs },
      quirks: new Set(profile.quirks),
      interfaceNumber: match.interface,
      hostTransferBytes: Math.min(hostTransferBytes, profile.limits.maxTransferBytes),
    });
    if (!dfu.ok) {
      await link.close();
      return dfu;
    }
    const { mode } = dfu.value.dfuInterface;
    if (sighted.unit.mode !== null && mode !== sighted.unit.mode) {
      await link.close();
      return refuse(
        'device.mode-contradicted',
        `The unit has the USB id of ${sighted.unit.mode} mode and the descriptors of ${mode} mode; switch it off and on again.`,
      );
    }
    return accept(new UnitConnection(link, dfu.value, sighted.sighting));
  }

  get mode(): 'runtime' | 'dfu' {
    return this.dfu.dfuInterface.mode;
  }

  async close(): Promise<void> {
    await this.link.close();
  }
}
