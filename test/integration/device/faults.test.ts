import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isErrorCode } from '../../../contract/error-code.ts';
import type { UpdateTarget } from '../../../core/device/update-target.ts';
import type { TransferFault, TransferName } from '../../../simulator/faults.ts';
import { codeOf, ignore, newImage, oldImage, openVirtualStation, streamOf } from './virtual-station.ts';

/** The whole flow; ends at the first refusal, and returns what each step came to. */
async function runFlow(target: UpdateTarget): Promise<string[]> {
  const steps = [
    () => target.readState(),
    () => target.enterUpdateMode(),
    () => target.stage('application', streamOf(newImage), newImage.byteLength, ignore),
    () => target.readBack('application', newImage.byteLength, ignore, ignore),
    () => target.markPending('application'),
    () => target.reboot(60_000),
    () => target.readState(),
  ];
  const codes: string[] = [];
  for (const step of steps) {
    const code = codeOf(await step());
    codes.push(code);
    if (code !== 'accepted') break;
  }
  return codes;
}

/** How many transfers of each kind the flow makes without a fault; 1024-byte blocks keep the number small. */
const REQUESTS: readonly (readonly [TransferName, number])[] = [
  ['GET_DESCRIPTOR', 7],
  ['INFO', 8],
  ['DETACH', 1],
  ['DNLOAD', 10],
  ['UPLOAD', 9],
  ['GETSTATUS', 11],
  ['GETSTATE', 5],
  ['ABORT', 1],
  ['ACTIVATE', 1],
  ['RESET', 1],
];
const KINDS = [
  { kind: 'unplug' },
  { kind: 'unplug', replugAfterMs: 300 },
  { kind: 'stall' },
  { kind: 'timeout' },
  { kind: 'timeout', applied: true },
  { kind: 'corrupt-read' },
] as const satisfies readonly Partial<TransferFault>[];

for (const [transfer, count] of REQUESTS) {
  for (const kind of KINDS) {
    const what = `${kind.kind}${'replugAfterMs' in kind ? ' and plug in' : ''}${'applied' in kind ? ' after the fact' : ''}`;
    test(`REQ-OTA-APP-04 ${what} at any ${transfer}: a refusal with a code, and a unit that still boots`, async () => {
      for (let nth = 1; nth <= count; nth++) {
        const station = openVirtualStation({ unit: { transferBytes: 1024 } });
        const unit = station.virtual.unit('VU-0001');
        const opened = await station.bench.open('1-2.4');
        assert.ok(opened.ok);
        unit.arm({ transfer, nth, ...kind });
        const codes = await runFlow(opened.value.target);
        const last = codes.at(-1) ?? '';
        assert.ok(last === 'accepted' || isErrorCode(last), last);
        if (kind.kind === 'unplug' && unit.faults.fired.length > 0 && !('replugAfterMs' in kind)) {
          assert.notEqual(last, 'accepted', `${transfer} ${nth}`);
        }
        await opened.value.target.close();
        await station.virtual.bus.settle();

        const { primary } = unit.board.loader;
        const holds = (image: Buffer) => image.equals(primary.area.read(0, image.byteLength));
        const isOld = holds(oldImage);
        assert.ok(isOld || holds(newImage), `${transfer} ${nth}: the running slot holds a whole image`);
        if (codes.length <= 4) assert.ok(isOld, `${transfer} ${nth}: before activation the running slot is untouched`);
      }
    });
  }
}

test('REQ-OTA-APP-04 the counts above reach every transfer of the flow', async () => {
  for (const [transfer, count] of REQUESTS) {
    for (const [nth, expected] of [
      [count, 1],
      [count + 1, 0],
    ] as const) {
      const station = openVirtualStation({ unit: { transferBytes: 1024 } });
      const { target } = await station.open();
      station.virtual.unit('VU-0001').arm({ kind: 'corrupt-write', transfer, nth });
      await runFlow(target);
      assert.equal(station.virtual.unit('VU-0001').faults.fired.length, expected, `${transfer} ${nth}`);
    }
  }
});

test('REQ-OTA-APP-02 a bit that flips on the way to the slot is seen in the read-back', async () => {
  const station = openVirtualStation();
  const { target } = await station.open();
  await target.enterUpdateMode();
  station.virtual.unit('VU-0001').arm({ kind: 'corrupt-write', transfer: 'DNLOAD', nth: 2 });
  assert.equal(codeOf(await target.stage('application', streamOf(newImage), newImage.byteLength, ignore)), 'accepted');
  const chunks: Uint8Array[] = [];
  await target.readBack('application', newImage.byteLength, (bytes) => chunks.push(bytes.slice()), ignore);
  const read = Buffer.concat(chunks);
  assert.equal(read.byteLength, newImage.byteLength);
  assert.ok(!read.equals(newImage));
});

test('REQ-OTA-APP-04 flash that fails under the download is a DFU error with a code', async () => {
  const station = openVirtualStation();
  const { target } = await station.open();
  await target.enterUpdateMode();
  station.virtual.unit('VU-0001').arm({ kind: 'flash-failure', flashOperation: 2 });
  const staged = codeOf(await target.stage('application', streamOf(newImage), newImage.byteLength, ignore));
  assert.match(staged, /^device\.err-/);
  assert.equal(codeOf(await target.stage('application', streamOf(newImage), newImage.byteLength, ignore)), 'accepted');
});

test('REQ-OTA-APP-04 a power cut in mid-download leaves the old firmware, and the next attempt succeeds', async () => {
  const station = openVirtualStation();
  const { target } = await station.open();
  await target.enterUpdateMode();
  station.virtual.unit('VU-0001').arm({ kind: 'power-cut', flashOperation: 3, restoreAfterMs: 1000 });
  const staged = await target.stage('application', streamOf(newImage), newImage.byteLength, ignore);
  assert.equal(codeOf(staged), 'device.unplugged');
  await station.virtual.bus.settle();
  const codes = await runFlow(target);
  assert.deepEqual(new Set(codes), new Set(['accepted']));
});
