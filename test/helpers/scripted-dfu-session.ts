import assert from 'node:assert/strict';
import { DfuSession } from '../../core/device/dfu/dfu-session.ts';
import type { DfuLimits } from '../../core/device/dfu/dfu-context.ts';
import type { QuirkName } from '../../core/device/dfu/quirk.ts';
import { UsbLink } from '../../core/device/usb-link.ts';
import { descriptorAnswer, ScriptedUsbDevice, statusBytes } from './scripted-usb-device.ts';
import type { Answer, DescribedDfu, Respond, Transfer } from './scripted-usb-device.ts';
import { TestClock } from './test-clock.ts';
import { noAlarm } from './alarms.ts';

export const LIMITS: DfuLimits = { transferMs: 5000, blockMs: 30_000, manifestMs: 60_000, maxPollTimeoutMs: 10_000 };
/** DFU 1.1 §6.1.2. */
export const State = {
  idle: 2,
  sync: 3,
  busy: 4,
  dnloadIdle: 5,
  manifestSync: 6,
  manifest: 7,
  waitReset: 8,
  uploadIdle: 9,
  error: 10,
};

export class CountingClock extends TestClock {
  sleptMs: number[] = [];
  override async sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    this.sleptMs.push(durationMs);
    await super.sleep(durationMs, signal);
  }
  get totalMs(): number {
    return this.sleptMs.reduce((sum, ms) => sum + ms, 0);
  }
}

/** A proper DFU 1.1 unit in as few lines as possible; a test overrides the answers that it is about. */
export function properUnit(
  override: (transfer: Transfer, unit: { state: number }) => Answer | 'proper',
  described: DescribedDfu,
): Respond {
  const unit = { state: State.idle };
  return (transfer) => {
    const answer = override(transfer, unit);
    if (answer !== 'proper') return answer;
    switch (transfer.name) {
      case 'GET_DESCRIPTOR':
        return descriptorAnswer(described, transfer);
      case 'DNLOAD':
        unit.state = transfer.data.byteLength > 0 ? State.dnloadIdle : State.manifestSync;
        return undefined;
      case 'UPLOAD':
        unit.state = State.uploadIdle;
        return new Uint8Array(transfer.lenBytes).fill(transfer.setup.value & 0xff);
      case 'GETSTATUS':
        if (unit.state === State.manifestSync) unit.state = State.idle;
        return statusBytes(unit.state);
      case 'GETSTATE':
        return Uint8Array.of(unit.state);
      default:
        unit.state = State.idle;
        return undefined;
    }
  };
}

/** A session with a unit that is proper wherever `override` does not say otherwise; the log begins after it was opened. */
export async function openSession(
  override: (transfer: Transfer, unit: { state: number }) => Answer | 'proper' = () => 'proper',
  options: {
    readonly described?: DescribedDfu;
    readonly limits?: Partial<DfuLimits>;
    readonly hostTransferBytes?: number;
    readonly quirks?: readonly QuirkName[];
  } = {},
) {
  const device = new ScriptedUsbDevice({ respond: properUnit(override, options.described ?? {}) });
  const clock = new CountingClock();
  const link = new UsbLink(device, 'linux', { alarm: noAlarm });
  await link.open();
  const session = await DfuSession.open({
    link,
    clock,
    limits: { ...LIMITS, ...options.limits },
    interfaceNumber: 0,
    quirks: new Set(options.quirks ?? []),
    hostTransferBytes: options.hostTransferBytes ?? 4096,
  });
  assert.ok(session.ok, 'session opens');
  device.log.length = 0;
  return { device, clock, link, session: session.value };
}

// eslint-disable-next-line @typescript-eslint/require-await -- a stream of bytes that are already there
export async function* streamChunks(...chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}
