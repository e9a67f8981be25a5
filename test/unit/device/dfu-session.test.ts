import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refuse, RefusalError } from '../../../contract/result.ts';
import { DfuSession } from '../../../core/device/dfu/dfu-session.ts';
import { UsbLink } from '../../../core/device/usb-link.ts';
import { LIMITS, openSession, properUnit, State, streamChunks } from '../../helpers/scripted-dfu-session.ts';
import { ScriptedUsbDevice, stall, statusBytes, timedOut, unplugged } from '../../helpers/scripted-usb-device.ts';
import { TestClock } from '../../helpers/test-clock.ts';
import { noAlarm } from '../../helpers/alarms.ts';

const ignore = () => undefined;
const codeOf = (result: { readonly ok: boolean; readonly code?: string }) => (result.ok ? 'accepted' : result.code);
const blocksOf = (device: ScriptedUsbDevice) => device.transfers.filter((transfer) => transfer.name === 'DNLOAD');

test('REQ-OTA-USB-01 downloads in blocks of wTransferSize, numbered from 0, and ends with an empty block', async () => {
  const { device, session } = await openSession();
  const image = Uint8Array.from({ length: 150 }, (_, at) => at);
  const seen: number[] = [];
  const done = await session.download(1, {
    image: streamChunks(image.subarray(0, 70), image.subarray(70, 71), image.subarray(71)),
    lenBytes: 150,
    progress: (doneBytes, totalBytes) => seen.push(doneBytes, totalBytes),
  });
  assert.deepEqual(done, { ok: true, value: 'idle' });
  assert.deepEqual(device.log, [
    'alternate 0/1',
    'GETSTATE',
    'DNLOAD 0',
    'GETSTATUS',
    'DNLOAD 1',
    'GETSTATUS',
    'DNLOAD 2',
    'GETSTATUS',
    'DNLOAD 3',
    'GETSTATUS',
  ]);
  assert.deepEqual(
    blocksOf(device).map((block) => block.data.byteLength),
    [64, 64, 22, 0],
  );
  assert.deepEqual(Buffer.concat(blocksOf(device).map((block) => block.data)), Buffer.from(image));
  assert.deepEqual(seen, [64, 150, 128, 150, 150, 150]);
});

test('REQ-OTA-USB-01 an image of whole blocks has no short block before the empty one', async () => {
  const { device, session } = await openSession();
  await session.download(1, { image: streamChunks(new Uint8Array(128)), lenBytes: 128, progress: ignore });
  assert.deepEqual(
    blocksOf(device).map((block) => block.data.byteLength),
    [64, 64, 0],
  );
});

test('REQ-OTA-USB-01 the block number wraps from 65535 to 0', async () => {
  const { device, session } = await openSession(() => 'proper', { described: { transferBytes: 8 } });
  const lenBytes = 8 * 65_537;
  const done = await session.download(1, { image: streamChunks(new Uint8Array(lenBytes)), lenBytes, progress: ignore });
  assert.ok(done.ok);
  const numbers = blocksOf(device).map((block) => block.setup.value);
  assert.deepEqual(numbers.slice(65_534), [65_534, 65_535, 0, 1]);
});

test('REQ-OTA-USB-01 a host that moves less than wTransferSize uses its own limit', async () => {
  const { device, session } = await openSession(() => 'proper', { described: { transferBytes: 8192 } });
  await session.download(1, { image: streamChunks(new Uint8Array(5000)), lenBytes: 5000, progress: ignore });
  assert.deepEqual(
    blocksOf(device).map((block) => block.data.byteLength),
    [4096, 904, 0],
  );
});

for (const pollMs of [0, 1, 100]) {
  test(`REQ-OTA-USB-01 waits bwPollTimeout of ${pollMs} ms exactly, no more and no less`, async () => {
    let asked = 0;
    let isBusy = false;
    const { clock, session } = await openSession((transfer) => {
      if (transfer.name === 'DNLOAD' && transfer.data.byteLength > 0) isBusy = true;
      if (transfer.name !== 'GETSTATUS' || !isBusy) return 'proper';
      isBusy = false;
      asked += pollMs;
      return statusBytes(State.busy, pollMs);
    });
    const done = await session.download(1, {
      image: streamChunks(new Uint8Array(640)),
      lenBytes: 640,
      progress: ignore,
    });
    assert.ok(done.ok);
    assert.equal(clock.totalMs, asked);
    assert.equal(asked, 10 * pollMs);
  });
}

test('REQ-OTA-USB-04 refuses a pause that the profile does not allow, without taking it', async () => {
  const { clock, session } = await openSession((transfer) =>
    transfer.name === 'GETSTATUS' ? statusBytes(State.busy, 0xff_ffff) : 'proper',
  );
  const done = await session.download(1, { image: streamChunks(new Uint8Array(10)), lenBytes: 10, progress: ignore });
  assert.equal(codeOf(done), 'device.poll-timeout-absurd');
  assert.equal(clock.totalMs, 0);
});

test('REQ-OTA-USB-04 a unit that stays busy for ever is given up at the deadline, also where it asks for no pause', async () => {
  for (const pollMs of [0, 500]) {
    const { clock, session } = await openSession((transfer) =>
      transfer.name === 'GETSTATUS' ? statusBytes(State.busy, pollMs) : 'proper',
    );
    const done = await session.download(1, { image: streamChunks(new Uint8Array(10)), lenBytes: 10, progress: ignore });
    assert.equal(codeOf(done), 'device.busy-too-long');
    assert.ok(clock.totalMs <= LIMITS.blockMs, `${clock.totalMs}`);
  }
});

test('REQ-OTA-APP-04 an error status ends the download with its code, is cleared, and nothing is manifested', async () => {
  const { device, session } = await openSession((transfer, unit) => {
    if (transfer.name !== 'GETSTATUS' || transfer.setup.value !== 0 || blocksOf(device).length !== 2) return 'proper';
    unit.state = State.error;
    return statusBytes(State.error, 0, 3);
  });
  const done = await session.download(1, { image: streamChunks(new Uint8Array(300)), lenBytes: 300, progress: ignore });
  assert.equal(codeOf(done), 'device.err-write');
  assert.deepEqual(device.log.slice(-4), ['GETSTATUS', 'GETSTATE', 'CLRSTATUS', 'GETSTATE']);
  assert.ok(blocksOf(device).every((block) => block.data.byteLength > 0));
});

test('REQ-OTA-USB-01 a stalled block is explained by the status that follows it', async () => {
  const { session } = await openSession((transfer, unit) => {
    if (transfer.name === 'DNLOAD') {
      unit.state = State.error;
      return stall();
    }
    return transfer.name === 'GETSTATUS' ? statusBytes(State.error, 0, 8) : 'proper';
  });
  const done = await session.download(0, { image: streamChunks(new Uint8Array(10)), lenBytes: 10, progress: ignore });
  assert.equal(codeOf(done), 'device.err-address');
});

test('REQ-OTA-USB-01 a stalled block without an error status stays a stall', async () => {
  const { session } = await openSession((transfer) => (transfer.name === 'DNLOAD' ? stall() : 'proper'));
  const done = await session.download(1, { image: streamChunks(new Uint8Array(10)), lenBytes: 10, progress: ignore });
  assert.equal(codeOf(done), 'device.stalled');
});

test('REQ-OTA-USB-04 refuses a state that DFU 1.1 does not allow after a block', async () => {
  const { session } = await openSession((transfer) =>
    transfer.name === 'GETSTATUS' ? statusBytes(State.uploadIdle) : 'proper',
  );
  const done = await session.download(1, { image: streamChunks(new Uint8Array(10)), lenBytes: 10, progress: ignore });
  assert.equal(codeOf(done), 'device.state-unexpected');
});

test('REQ-OTA-MAN-02 a stream longer or shorter than announced is never manifested', async () => {
  for (const given of [127, 129, 0, 200]) {
    const { device, session } = await openSession();
    const done = await session.download(1, {
      image: streamChunks(new Uint8Array(given)),
      lenBytes: 128,
      progress: ignore,
    });
    assert.equal(codeOf(done), 'device.image-length');
    assert.ok(
      blocksOf(device).every((block) => block.data.byteLength > 0),
      `${given}`,
    );
  }
});

test('REQ-OTA-APP-04 a source that fails leaves the unit in dfuIDLE and the failure is not hidden', async () => {
  const { device, session } = await openSession();
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield new Uint8Array(64);
    await Promise.reject(new Error('disk failure'));
  }
  await assert.rejects(session.download(1, { image: broken(), lenBytes: 128, progress: ignore }), /disk failure/);
  assert.deepEqual(device.log.slice(-3), ['GETSTATE', 'ABORT', 'GETSTATE']);
});

test('REQ-OTA-APP-04 a cancelled download stops between blocks and leaves the unit in dfuIDLE', async () => {
  const { device, session } = await openSession();
  const controller = new AbortController();
  const done = await session.download(1, {
    image: streamChunks(new Uint8Array(640)),
    lenBytes: 640,
    progress: (doneBytes) => {
      if (doneBytes === 128) controller.abort();
    },
    signal: controller.signal,
  });
  assert.equal(codeOf(done), 'device.cancelled');
  assert.equal(blocksOf(device).length, 2);
  assert.deepEqual(device.log.slice(-3), ['GETSTATE', 'ABORT', 'GETSTATE']);
});

test('REQ-OTA-APP-04 unplugging ends the call at once: nothing more is asked of the unit', async () => {
  const { device, session } = await openSession((transfer) =>
    transfer.name === 'DNLOAD' && transfer.setup.value === 1 ? unplugged() : 'proper',
  );
  const done = await session.download(1, { image: streamChunks(new Uint8Array(640)), lenBytes: 640, progress: ignore });
  assert.equal(codeOf(done), 'device.unplugged');
  assert.equal(device.log.at(-1), 'DNLOAD 1');
});

test('REQ-OTA-USB-01 waits through the manifestation of a tolerant unit', async () => {
  const answers = [
    statusBytes(State.manifestSync, 5),
    statusBytes(State.manifest, 20),
    statusBytes(State.manifestSync),
    statusBytes(State.idle),
  ];
  let isManifesting = false;
  const { clock, session } = await openSession((transfer) => {
    if (transfer.name === 'DNLOAD') isManifesting = transfer.data.byteLength === 0;
    return transfer.name === 'GETSTATUS' && isManifesting ? answers.shift() : 'proper';
  });
  const done = await session.download(1, { image: streamChunks(new Uint8Array(10)), lenBytes: 10, progress: ignore });
  assert.deepEqual(done, { ok: true, value: 'idle' });
  assert.equal(clock.totalMs, 25);
});

for (const [what, last, attributes, expected] of [
  ['ends in dfuMANIFEST-WAIT-RESET', statusBytes(State.waitReset), 0x03, 'reset-needed'],
  ['stops answering', timedOut(), 0x03, 'reset-needed'],
  ['leaves the bus', unplugged(), 0x03, 'reset-needed'],
  ['leaves the bus although it claims to tolerate manifestation', unplugged(), 0x07, 'device.unplugged'],
  ['stops answering although it claims to tolerate manifestation', timedOut(), 0x07, 'device.timeout'],
  ['fails in manifestation', statusBytes(State.error, 0, 7), 0x03, 'device.err-verify'],
] as const) {
  test(`REQ-OTA-USB-01 manifestation of a unit that ${what}: ${expected}`, async () => {
    let isManifesting = false;
    const { session } = await openSession(
      (transfer) => {
        if (transfer.name === 'DNLOAD') isManifesting = transfer.data.byteLength === 0;
        return transfer.name === 'GETSTATUS' && isManifesting ? last : 'proper';
      },
      { described: { attributes } },
    );
    const done = await session.download(1, { image: streamChunks(new Uint8Array(10)), lenBytes: 10, progress: ignore });
    assert.equal(done.ok ? done.value : done.code, expected);
  });
}

test('REQ-OTA-USB-01 a unit that takes no downloads, or has no such alternate, gets none', async () => {
  const without = await openSession(() => 'proper', { described: { attributes: 0x0e } });
  const request = { image: streamChunks(new Uint8Array(1)), lenBytes: 1, progress: ignore };
  assert.equal(codeOf(await without.session.download(1, request)), 'device.download-unsupported');
  const { device, session } = await openSession();
  assert.equal(codeOf(await session.download(2, request)), 'device.slot-missing');
  assert.deepEqual(device.log, []);
});

test('REQ-OTA-APP-02 reads back no more than was asked for, in whole blocks, and leaves the unit in dfuIDLE', async () => {
  const { device, session } = await openSession();
  const chunks: Uint8Array[] = [];
  const progress: number[] = [];
  const done = await session.upload(1, {
    lenBytes: 150,
    chunk: (bytes) => chunks.push(bytes.slice()),
    progress: (doneBytes) => progress.push(doneBytes),
  });
  assert.ok(done.ok);
  assert.deepEqual(
    chunks.map((chunk) => [chunk.byteLength, chunk[0]]),
    [
      [64, 0],
      [64, 1],
      [22, 2],
    ],
  );
  assert.deepEqual(progress, [64, 128, 150]);
  assert.ok(
    device.transfers.filter((transfer) => transfer.name === 'UPLOAD').every((transfer) => transfer.lenBytes === 64),
  );
  assert.deepEqual(device.log.slice(-3), ['GETSTATE', 'ABORT', 'GETSTATE']);
});

test('REQ-OTA-APP-02 a unit that ends early is refused with what it returned', async () => {
  const { session } = await openSession((transfer) =>
    transfer.name === 'UPLOAD' && transfer.setup.value === 1 ? new Uint8Array(10) : 'proper',
  );
  const done = await session.upload(1, { lenBytes: 150, chunk: ignore, progress: ignore });
  assert.ok(!done.ok);
  assert.equal(done.code, 'device.upload-short');
  assert.deepEqual(done.detail, { doneBytes: 74 });
});

test('REQ-OTA-APP-02 a short last frame that completes the image is accepted', async () => {
  const { session } = await openSession((transfer, unit) => {
    if (transfer.name !== 'UPLOAD' || transfer.setup.value !== 1) return 'proper';
    unit.state = State.idle;
    return new Uint8Array(36);
  });
  const done = await session.upload(1, { lenBytes: 100, chunk: ignore, progress: ignore });
  assert.ok(done.ok);
});

test('REQ-OTA-APP-02 a cancelled read-back stops between blocks', async () => {
  const { device, session } = await openSession();
  const controller = new AbortController();
  const done = await session.upload(1, {
    lenBytes: 6400,
    chunk: () => controller.abort(),
    progress: ignore,
    signal: controller.signal,
  });
  assert.equal(codeOf(done), 'device.cancelled');
  assert.equal(device.transfers.filter((transfer) => transfer.name === 'UPLOAD').length, 1);
});

test('REQ-OTA-APP-02 a unit that cannot be read back is refused before any request', async () => {
  const { device, session } = await openSession(() => 'proper', { described: { attributes: 0x0d } });
  assert.equal(
    codeOf(await session.upload(1, { lenBytes: 1, chunk: ignore, progress: ignore })),
    'device.upload-unsupported',
  );
  assert.deepEqual(device.log, []);
});

for (const [what, start, log] of [
  ['an error', State.error, ['GETSTATE', 'CLRSTATUS', 'GETSTATE']],
  ['a download that was never finished', State.dnloadIdle, ['GETSTATE', 'ABORT', 'GETSTATE']],
  ['a block whose status nobody asked for', State.sync, ['GETSTATE', 'GETSTATUS', 'GETSTATE']],
  ['an upload that was never finished', State.uploadIdle, ['GETSTATE', 'ABORT', 'GETSTATE']],
  ['a manifestation that waits for a question', State.manifestSync, ['GETSTATE', 'ABORT', 'GETSTATE']],
] as const) {
  test(`REQ-OTA-APP-04 recovers a unit that an earlier host left with ${what}`, async () => {
    let isStart = true;
    const { device, session } = await openSession((transfer) => {
      if (transfer.name !== 'GETSTATE' || !isStart) return 'proper';
      isStart = false;
      return Uint8Array.of(start);
    });
    assert.ok((await session.recover()).ok);
    assert.deepEqual(device.log, log);
  });
}

for (const [what, answers, log] of [
  [
    'stalls GETSTATE because it is busy',
    [stall(), statusBytes(State.error, 0, 15), 'proper', 'proper'],
    ['GETSTATE', 'GETSTATUS', 'CLRSTATUS', 'GETSTATE'],
  ],
  [
    'stalls ABORT after a whole download',
    [Uint8Array.of(State.manifestSync), stall(), Uint8Array.of(State.error), 'proper', 'proper'],
    ['GETSTATE', 'ABORT', 'GETSTATE', 'CLRSTATUS', 'GETSTATE'],
  ],
] as const) {
  test(`REQ-OTA-APP-04 recovers a unit that ${what}, without manifesting what an earlier host left`, async () => {
    let at = -1;
    const { device, session } = await openSession(() => (at < 0 ? 'proper' : (answers[at++] ?? 'proper')));
    at = 0;
    assert.ok((await session.recover()).ok);
    assert.deepEqual(device.log, log);
  });
}

test('REQ-OTA-APP-04 waits for a unit that is still at work, and clears the error that it ends in', async () => {
  const states = [State.busy, State.error, State.idle];
  const statuses = [statusBytes(State.busy, 300), statusBytes(State.error, 0, 4)];
  const { clock, device, session } = await openSession((transfer) => {
    if (transfer.name === 'GETSTATE') return Uint8Array.of(states.shift() ?? State.idle);
    return transfer.name === 'GETSTATUS' ? statuses.shift() : 'proper';
  });
  assert.ok((await session.recover()).ok);
  assert.deepEqual(device.log, ['GETSTATE', 'GETSTATUS', 'GETSTATUS', 'GETSTATE', 'CLRSTATUS', 'GETSTATE']);
  assert.equal(clock.totalMs, 300);
});

test('REQ-OTA-APP-04 where only a power cycle helps, the person is told so', async () => {
  for (const state of [0, 1, State.waitReset]) {
    const { session } = await openSession((transfer) =>
      transfer.name === 'GETSTATE' ? Uint8Array.of(state) : 'proper',
    );
    const recovered = await session.recover();
    assert.ok(!recovered.ok);
    assert.equal(recovered.code, 'device.power-cycle-needed');
    assert.match(recovered.reason, /switch it off and on/);
  }
});

test('REQ-OTA-USB-04 a unit that never becomes idle is given up', async () => {
  const { device, session } = await openSession((transfer) =>
    transfer.name === 'GETSTATE' ? Uint8Array.of(State.error) : 'proper',
  );
  assert.equal(codeOf(await session.recover()), 'device.state-unexpected');
  assert.ok(device.log.length < 20);
});

test('REQ-OTA-USB-04 an empty state is refused', async () => {
  const { session } = await openSession((transfer) => (transfer.name === 'GETSTATE' ? new Uint8Array(0) : 'proper'));
  assert.equal(codeOf(await session.recover()), 'device.status-invalid');
});

test('REQ-OTA-USB-01 DETACH carries the time-out that the unit states', async () => {
  const { device, session } = await openSession(() => 'proper', {
    described: { protocol: 1, alternates: 1, detachTimeoutMs: 750 },
  });
  await session.detach();
  assert.equal(device.transfers.at(-1)?.setup.value, 750);
});

test('REQ-OTA-USB-01 a DFU interface other than the one in the profile is refused', async () => {
  const device = new ScriptedUsbDevice({ respond: properUnit(() => 'proper', {}) });
  const link = new UsbLink(device, 'linux', { alarm: noAlarm });
  const session = await DfuSession.open({
    link,
    clock: new TestClock(),
    limits: LIMITS,
    interfaceNumber: 1,
    quirks: new Set(),
    hostTransferBytes: 4096,
  });
  assert.equal(codeOf(session), 'device.no-dfu-interface');
});

test('REQ-OTA-USB-01 the block number of an upload wraps like that of a download', async () => {
  const { device, session } = await openSession(() => 'proper', { described: { transferBytes: 8 } });
  const done = await session.upload(1, { lenBytes: 8 * 65_537, chunk: ignore, progress: ignore });
  assert.ok(done.ok);
  const numbers = device.transfers
    .filter((transfer) => transfer.name === 'UPLOAD')
    .map((transfer) => transfer.setup.value);
  assert.deepEqual(numbers.slice(65_534), [65_534, 65_535, 0]);
});

test('REQ-OTA-MAN-02 a refusal that the source throws into the stream is the refusal of the download', async () => {
  const { session } = await openSession();
  async function* refusing(): AsyncGenerator<Uint8Array> {
    yield new Uint8Array(64);
    await Promise.reject(new RefusalError(refuse('device.image-length', 'The stored image is damaged.')));
  }
  const done = await session.download(1, { image: refusing(), lenBytes: 128, progress: ignore });
  assert.deepEqual(done, refuse('device.image-length', 'The stored image is damaged.'));
});
