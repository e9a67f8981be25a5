import assert from 'node:assert/strict';
import { DfuSession } from '../../../core/device/dfu/dfu-session.ts';
import { dfuQuirks } from '../../../core/device/dfu/quirk.ts';
import type { QuirkName } from '../../../core/device/dfu/quirk.ts';
import { UsbLink } from '../../../core/device/usb-link.ts';
import { streamChunks } from '../../helpers/scripted-dfu-session.ts';
import { ScriptedUsbDevice, stringDescriptor } from '../../helpers/scripted-usb-device.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { checkRefusal } from '../support/check-refusal.ts';
import { MutatedUnit, Script } from '../support/mutated-unit.ts';
import { ProperDfuUnit } from '../support/proper-unit.ts';
import { VirtualTime } from '../support/virtual-time.ts';
import { noAlarm } from '../../helpers/alarms.ts';

const LIMITS = { transferMs: 100, blockMs: 400, manifestMs: 1000, maxPollTimeoutMs: 300 };
const BLOCKS = 5;
/** More answers than this cannot be asked for within the deadlines: 16 at once, then one every 10 ms, for each wait and step back. */
const MAX_TRANSFERS = 2500;
const MAX_MS = 12_000;
const quirkNames = Object.keys(dfuQuirks) as QuirkName[];

/** A whole session with a unit that answers by a script: opened, written, manifested, read back, recovered, left. */
export const target: FuzzTarget = {
  seeds: () => [
    Buffer.alloc(0),
    Buffer.from('0000ff0f4000', 'hex'),
    Buffer.concat([Buffer.from('0000ff0b4000', 'hex'), Buffer.alloc(40), Buffer.from('04050000', 'hex')]),
    ...[3, 4, 5, 6, 7, 8, 9].flatMap((kind) =>
      [0, 3, 6, 9, 12, 18, 21, 24].map((at) => {
        const script = Buffer.alloc(at + 12);
        script.set([kind, 4, 44, 0, 0, 0, kind, 3, 200], at);
        return Buffer.concat([Buffer.from('00000f0f4000', 'hex'), script]);
      }),
    ),
  ],
  shapes: [],
  maxLenBytes: 400,
  async run(input) {
    const script = new Script(input);
    const chosen = script.word();
    const flags = script.byte();
    const described = {
      attributes: script.byte(),
      transferBytes: script.word(),
      protocol: (flags & 0x80) === 0 ? 2 : 1,
      alternates: 2,
      strings: { 0: Uint8Array.of(4, 3, 9, 4), 4: stringDescriptor('image-0'), 5: stringDescriptor('image-1') },
    };
    const unit = new MutatedUnit(script, new ProperDfuUnit(described), (flags & 0x40) !== 0);
    const device = new ScriptedUsbDevice({ respond: (transfer) => unit.respond(transfer) });
    const clock = new VirtualTime();
    const link = new UsbLink(device, 'linux', { alarm: noAlarm });
    checkRefusal(await link.open());
    const session = await DfuSession.open({
      link,
      clock,
      limits: LIMITS,
      quirks: new Set(quirkNames.filter((_, index) => ((chosen >> index) & 1) === 1)),
      interfaceNumber: 0,
      hostTransferBytes: 64,
    });
    checkRefusal(session);
    if (session.ok) await useSession(session.value, clock, device);
    await link.close();
    if (!link.gone.aborted) assert.equal(device.log.at(-1), 'close');
  },
};

async function useSession(session: DfuSession, clock: VirtualTime, device: ScriptedUsbDevice): Promise<void> {
  const { alternates, functional } = session.dfuInterface;
  const blockBytes = Math.min(functional.transferBytes, 64);
  const lenBytes = blockBytes * BLOCKS - 1;
  for (const { name } of alternates) assert.match(name ?? 'x', /^[\x20-\x7e]{1,126}$/, 'a name cannot be printed');
  const steps: readonly (() => Promise<{ readonly ok: boolean }>)[] = [
    () =>
      session.download(alternates[0]?.name ?? 0, {
        image: streamChunks(new Uint8Array(lenBytes)),
        lenBytes,
        progress: checkProgress(lenBytes),
      }),
    () => session.upload(1, { lenBytes, chunk: checkBytes(lenBytes), progress: checkProgress(lenBytes) }),
    () => session.recover(),
    () => session.detach(),
    () => session.leave(),
  ];
  for (const step of steps) {
    const startMs = clock.monotonicMs();
    const asked = device.transfers.length;
    checkRefusal(await step());
    assert.ok(clock.monotonicMs() - startMs <= MAX_MS, `a step took ${clock.monotonicMs() - startMs} ms`);
    const transfers = device.transfers.length - asked;
    assert.ok(transfers <= MAX_TRANSFERS, `a step made ${transfers} transfers`);
  }
  for (const { timeoutMs, data } of device.transfers) {
    assert.ok(timeoutMs !== undefined && timeoutMs >= 1, 'a transfer without a deadline');
    assert.ok(data.byteLength <= 64, 'a block longer than the host can send');
  }
}

function checkProgress(lenBytes: number): (doneBytes: number, totalBytes: number) => void {
  let seenBytes = 0;
  return (doneBytes, totalBytes) => {
    assert.ok(doneBytes > seenBytes && doneBytes <= lenBytes && totalBytes === lenBytes, 'progress goes astray');
    seenBytes = doneBytes;
  };
}

/** No more is kept of an upload than was asked for. */
function checkBytes(lenBytes: number): (bytes: Uint8Array) => void {
  let seenBytes = 0;
  return (bytes) => {
    seenBytes += bytes.byteLength;
    assert.ok(bytes.byteLength > 0 && seenBytes <= lenBytes, 'an upload hands on more than was asked for');
  };
}
