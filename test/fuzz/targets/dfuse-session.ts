import assert from 'node:assert/strict';
import { openDfuInterface } from '../../../core/device/dfu/open-interface.ts';
import { dfuQuirks } from '../../../core/device/dfu/quirk.ts';
import type { QuirkName } from '../../../core/device/dfu/quirk.ts';
import { DfuseSession } from '../../../core/device/dfuse/dfuse-session.ts';
import type { EraseExtent } from '../../../core/device/dfuse/dfuse-session.ts';
import type { UnitMemory } from '../../../core/device/dfuse/unit-memory.ts';
import { UsbLink } from '../../../core/device/usb-link.ts';
import { noAlarm } from '../../helpers/alarms.ts';
import { streamChunks } from '../../helpers/scripted-dfu-session.ts';
import { ScriptedUsbDevice, stringDescriptor } from '../../helpers/scripted-usb-device.ts';
import type { Transfer } from '../../helpers/scripted-usb-device.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { checkRefusal } from '../support/check-refusal.ts';
import { MutatedUnit, Script } from '../support/mutated-unit.ts';
import { ProperDfuseUnit } from '../support/proper-unit.ts';
import { VirtualTime } from '../support/virtual-time.ts';

const LIMITS = { transferMs: 100, blockMs: 400, manifestMs: 1000, maxPollTimeoutMs: 300 };
const MASS_ERASE_MS = 2000;
const SLOT = { startAddress: 0x0801_0000, endAddress: 0x0801_0800 };
const OPTIONS_ADDRESS = 0x1fff_7800;
const IMAGE_BYTES = 500;
/** A step makes some forty waits, each with at most 56 answers within its deadline, and steps back to dfuIDLE. */
const MAX_TRANSFERS = 4000;
const MAX_MS = 30_000;
const LAYOUTS = [
  '@Internal Flash  /0x08000000/128*001Kg',
  '@Internal Flash  /0x08010000/02*001Kg/0x08010400/01*001Kg',
  '@Internal Flash  /0x08000000/64*001Ka,64*256 g',
  '@Flash',
];
const ERASES: readonly EraseExtent[] = ['image', 'slot', 'memory'];
const quirkNames = Object.keys(dfuQuirks) as QuirkName[];
const versionQuirks: ReadonlySet<QuirkName> = new Set(['version-1.1', 'version-dfuse']);

/** A whole session with a ROM boot loader that answers by a script: written, read back, erased, its option bytes written, left. */
export const target: FuzzTarget = {
  seeds: () => [
    Buffer.alloc(0),
    ...[0, 1, 2].flatMap((erase) =>
      [0, 1, 2, 3].map((layout) => Buffer.from([0, 0, (erase << 2) | layout, 0x0b, 0x40, 0])),
    ),
    ...[3, 4, 5, 6, 7, 8, 9].flatMap((kind) =>
      [0, 4, 8, 13, 20, 27, 40, 60, 90].map((at) => {
        const script = Buffer.alloc(at + 12);
        script.set([kind, 4, 44, 0, 0, 0, kind, 3, 200], at);
        return Buffer.concat([Buffer.from('0000000b4000', 'hex'), script]);
      }),
    ),
  ],
  shapes: [],
  maxLenBytes: 500,
  async run(input) {
    const script = new Script(input);
    const chosen = script.word();
    const flags = script.byte();
    const layout = LAYOUTS[flags & 3] ?? '';
    const erase = ERASES[((flags >> 2) & 3) % ERASES.length] ?? 'image';
    const described = {
      attributes: script.byte(),
      transferBytes: script.word(),
      version: 0x011a,
      alternates: 2,
      strings: {
        0: Uint8Array.of(4, 3, 9, 4),
        4: stringDescriptor(layout),
        5: stringDescriptor('@Option Bytes  /0x1FFF7800/01*040 e'),
      },
    };
    const unit = new MutatedUnit(script, new ProperDfuseUnit(described), (flags & 0x40) !== 0);
    const device = new ScriptedUsbDevice({ respond: (transfer) => unit.respond(transfer) });
    const clock = new VirtualTime();
    const link = new UsbLink(device, 'linux', { alarm: noAlarm });
    checkRefusal(await link.open());
    const quirks = quirkNames.filter((name, index) => !versionQuirks.has(name) && ((chosen >> index) & 1) === 1);
    const opened = await openDfuInterface({
      link,
      clock,
      limits: LIMITS,
      quirks: new Set(quirks),
      interfaceNumber: 0,
      hostTransferBytes: 64,
    });
    checkRefusal(opened);
    if (opened.ok) {
      const session = DfuseSession.over(opened.value, MASS_ERASE_MS, '3CBJ');
      checkRefusal(session);
      if (session.ok) await useSession(session.value, erase, clock, device);
    }
    await link.close();
    if (!link.gone.aborted) assert.equal(device.log.at(-1), 'close');
  },
};

async function useSession(
  session: DfuseSession,
  erase: EraseExtent,
  clock: VirtualTime,
  device: ScriptedUsbDevice,
): Promise<void> {
  const flash = session.findMemory(0);
  const options = session.findMemory('Option Bytes');
  checkRefusal(flash);
  checkRefusal(options);
  const { transferBytes } = session.dfuInterface.functional;
  if (!flash.ok) return;
  const image = () => streamChunks(new Uint8Array(300).fill(1), new Uint8Array(IMAGE_BYTES - 300).fill(2));
  const write = { slot: SLOT, erase, lenBytes: IMAGE_BYTES } as const;
  const steps: readonly (() => Promise<{ readonly ok: boolean }>)[] = [
    () => session.writeSlot(flash.value, { ...write, image: image(), progress: checkProgress(IMAGE_BYTES) }),
    () => readAll(session, flash.value),
    () => session.writeSlot(flash.value, { ...write, image: image(), withheldBytes: 8, progress: () => undefined }),
    () => session.eraseSlot(flash.value, SLOT),
    async () =>
      options.ok ? await session.writeBytes(options.value, OPTIONS_ADDRESS, new Uint8Array(40).fill(3)) : options,
    () => session.leave(flash.value, SLOT.startAddress),
    () => session.recover(),
  ];
  for (const step of steps) {
    const startMs = clock.monotonicMs();
    const asked = device.transfers.length;
    checkRefusal(await step());
    assert.ok(clock.monotonicMs() - startMs <= MAX_MS, `a step took ${clock.monotonicMs() - startMs} ms`);
    const transfers = device.transfers.length - asked;
    assert.ok(transfers <= MAX_TRANSFERS, `a step made ${transfers} transfers`);
  }
  checkSent(device.transfers, transferBytes, erase);
}

async function readAll(session: DfuseSession, memory: UnitMemory): Promise<{ readonly ok: boolean }> {
  const { startAddress } = SLOT;
  let seenBytes = 0;
  const chunk = (bytes: Uint8Array): void => {
    seenBytes += bytes.byteLength;
    assert.ok(bytes.byteLength > 0 && seenBytes <= IMAGE_BYTES, 'a read hands on more than was asked for');
  };
  return await session.read(memory, {
    startAddress,
    lenBytes: IMAGE_BYTES,
    chunk,
    progress: checkProgress(IMAGE_BYTES),
  });
}

/**
 * What was sent to the memory lies within the slot, whatever the unit makes of its address pointer: each block is addressed by a
 * pointer that was set after the last erasure. Option bytes go out whole, and no command unlocks or erases what nobody named.
 */
function checkSent(transfers: readonly Transfer[], transferBytes: number, erase: EraseExtent): void {
  let pointer: number | null = null;
  for (const { name, setup, data, timeoutMs } of transfers) {
    assert.ok(timeoutMs !== undefined && timeoutMs >= 1, 'a transfer without a deadline');
    assert.ok(data.byteLength <= 64, 'a block longer than the host can send');
    if (name !== 'DNLOAD' || data.byteLength === 0) continue;
    if (setup.value === 0) {
      const [command = 0] = data;
      const address = data.byteLength === 5 ? Buffer.from(data).readUInt32LE(1) : null;
      assert.ok(command === 0x21 || command === 0x41, `the command ${command.toString(16)}`);
      if (address === null) assert.ok(command === 0x41 && erase === 'memory', 'a mass erase that nobody asked for');
      else if (command === 0x41) assert.ok(isInSlot(address, 1), `an erasure at ${address.toString(16)}`);
      pointer = command === 0x21 ? address : null;
      continue;
    }
    assert.ok(pointer !== null, 'a block without an address');
    assert.ok(setup.value === 2 || data.byteLength === transferBytes, 'a short block far from its pointer');
    const address = pointer + (setup.value - 2) * transferBytes;
    const isOptions = address === OPTIONS_ADDRESS && data.byteLength === 40;
    assert.ok(isOptions || isInSlot(address, data.byteLength), `a block at ${address.toString(16)}`);
  }
}

function isInSlot(address: number, lenBytes: number): boolean {
  return address >= SLOT.startAddress && address + lenBytes <= SLOT.endAddress;
}

function checkProgress(lenBytes: number): (doneBytes: number, totalBytes: number) => void {
  let seenBytes = 0;
  return (doneBytes, totalBytes) => {
    assert.ok(doneBytes > seenBytes && doneBytes <= lenBytes && totalBytes === lenBytes, 'progress goes astray');
    seenBytes = doneBytes;
  };
}
