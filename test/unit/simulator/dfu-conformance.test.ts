import assert from 'node:assert/strict';
import test from 'node:test';
import { DfuRequest, DfuState, DfuStatus, type DfuStateName } from '../../../core/device/dfu/constants.ts';
import { classIn, classOut, enterDfuMode, getStatus, openDevice, openTestBench, type TestBench } from './bench.ts';
import type { VirtualUsbDevice } from '../../../simulator/usb-device.ts';

type RequestName = keyof typeof DfuRequest | 'DNLOAD-empty';
type Outcome = DfuStateName | `stall ${DfuStateName}`;

const ERROR: Outcome = 'stall dfuERROR';

/**
 * USB DFU 1.1 Appendix A.2: state × request → stalled or not, and the state afterwards. A block is 8 bytes; an upload asks for 64
 * of 65,536. Busy states are seen before their poll time has passed; GETSTATUS may be repeated there.
 */
const TABLE: Record<DfuStateName, Record<RequestName, Outcome>> = {
  appIDLE: row('stall appIDLE', { DETACH: 'appDETACH', GETSTATUS: 'appIDLE', GETSTATE: 'appIDLE' }),
  appDETACH: row('stall appIDLE', { GETSTATUS: 'appDETACH', GETSTATE: 'appDETACH' }),
  dfuIDLE: row(ERROR, {
    DNLOAD: 'dfuDNLOAD-SYNC',
    UPLOAD: 'dfuUPLOAD-IDLE',
    ABORT: 'dfuIDLE',
    GETSTATUS: 'dfuIDLE',
    GETSTATE: 'dfuIDLE',
  }),
  'dfuDNLOAD-SYNC': row(ERROR, { GETSTATUS: 'dfuDNBUSY', GETSTATE: 'dfuDNLOAD-SYNC' }),
  dfuDNBUSY: row(ERROR, { GETSTATUS: 'dfuDNBUSY' }),
  'dfuDNLOAD-IDLE': row(ERROR, {
    DNLOAD: 'dfuDNLOAD-SYNC',
    'DNLOAD-empty': 'dfuMANIFEST-SYNC',
    ABORT: 'dfuIDLE',
    GETSTATUS: 'dfuDNLOAD-IDLE',
    GETSTATE: 'dfuDNLOAD-IDLE',
  }),
  'dfuMANIFEST-SYNC': row(ERROR, { GETSTATUS: 'dfuMANIFEST', GETSTATE: 'dfuMANIFEST-SYNC' }),
  dfuMANIFEST: row(ERROR, { GETSTATUS: 'dfuMANIFEST' }),
  'dfuMANIFEST-WAIT-RESET': row('stall dfuMANIFEST-WAIT-RESET', {
    GETSTATUS: 'dfuMANIFEST-WAIT-RESET',
    GETSTATE: 'dfuMANIFEST-WAIT-RESET',
  }),
  'dfuUPLOAD-IDLE': row(ERROR, {
    UPLOAD: 'dfuUPLOAD-IDLE',
    ABORT: 'dfuIDLE',
    GETSTATUS: 'dfuUPLOAD-IDLE',
    GETSTATE: 'dfuUPLOAD-IDLE',
  }),
  dfuERROR: row(ERROR, { CLRSTATUS: 'dfuIDLE', GETSTATUS: 'dfuERROR', GETSTATE: 'dfuERROR' }),
};

function row(otherwise: Outcome, known: Partial<Record<RequestName, Outcome>>): Record<RequestName, Outcome> {
  const all = {
    DETACH: otherwise,
    DNLOAD: otherwise,
    'DNLOAD-empty': otherwise,
    UPLOAD: otherwise,
    GETSTATUS: otherwise,
    CLRSTATUS: otherwise,
    GETSTATE: otherwise,
    ABORT: otherwise,
  };
  return { ...all, ...known };
}

const POLL_MS = { dfuDNBUSY: 50, dfuMANIFEST: 80 };

/** A unit driven into a state by the shortest legal way. */
async function reach(state: DfuStateName): Promise<{ bench: TestBench; device: VirtualUsbDevice }> {
  const attributes = state === 'appIDLE' || state === 'appDETACH' ? 0x07 : state.endsWith('WAIT-RESET') ? 0x0b : 0x0f;
  const bench = openTestBench({ attributes, pollTimeoutMs: POLL_MS });
  if (state === 'appIDLE' || state === 'appDETACH') {
    const device = await openDevice(bench);
    if (state === 'appDETACH') await classOut(device, DfuRequest.DETACH, 1000);
    return { bench, device };
  }
  const device = await enterDfuMode(bench);
  await drive(bench, device, state);
  return { bench, device };
}

async function drive(bench: TestBench, device: VirtualUsbDevice, state: DfuStateName): Promise<void> {
  if (state === 'dfuERROR') await assert.rejects(classOut(device, DfuRequest.DETACH));
  if (state === 'dfuUPLOAD-IDLE') await classIn(device, DfuRequest.UPLOAD, 0, 64);
  if (state === 'dfuIDLE' || state === 'dfuERROR' || state === 'dfuUPLOAD-IDLE') return;
  await classOut(device, DfuRequest.DNLOAD, 0, new Uint8Array(8));
  if (state === 'dfuDNLOAD-SYNC') return;
  await getStatus(device);
  if (state === 'dfuDNBUSY') return;
  bench.clock.advance(POLL_MS.dfuDNBUSY);
  await getStatus(device);
  if (state === 'dfuDNLOAD-IDLE') return;
  await classOut(device, DfuRequest.DNLOAD, 1);
  if (state === 'dfuMANIFEST-SYNC') return;
  await getStatus(device);
  if (state === 'dfuMANIFEST') return;
  bench.clock.advance(POLL_MS.dfuMANIFEST);
}

async function send(device: VirtualUsbDevice, request: RequestName): Promise<number | undefined> {
  switch (request) {
    case 'DNLOAD':
      await classOut(device, DfuRequest.DNLOAD, 1, new Uint8Array(8));
      return undefined;
    case 'DNLOAD-empty':
      await classOut(device, DfuRequest.DNLOAD, 1);
      return undefined;
    case 'UPLOAD':
      await classIn(device, DfuRequest.UPLOAD, 1, 64);
      return undefined;
    case 'GETSTATUS':
      return (await getStatus(device)).state;
    case 'GETSTATE':
      return (await classIn(device, DfuRequest.GETSTATE, 0, 1)).readUInt8(0);
    default:
      await classOut(device, DfuRequest[request], 1000);
      return undefined;
  }
}

/** The state as the unit holds it, without asking by a request that would change it. */
function peekState(bench: TestBench): number | undefined {
  return bench.unit('VU-0001').saveMemory().dfu?.state;
}

const states = Object.keys(TABLE).filter((name): name is DfuStateName => name in TABLE);

for (const state of states) {
  for (const [request, outcome] of Object.entries(TABLE[state])) {
    test(`REQ-OTA-USB-01 DFU 1.1 Appendix A: ${request} in ${state} → ${outcome}`, async () => {
      const { bench, device } = await reach(state);
      const stalls = outcome.startsWith('stall ');
      const next = DfuState[outcome.replace('stall ', '') as DfuStateName];
      let reported: number | undefined;
      const sent = send(device, request as RequestName).then((answer) => {
        reported = answer;
      });
      if (stalls) await assert.rejects(sent, /endpoint stalled/);
      else await sent;
      if (reported !== undefined) assert.equal(reported, next);
      const held = peekState(bench) ?? (await getStatus(device)).state;
      assert.equal(held, next);
      if (next === DfuState.dfuERROR && stalls) {
        assert.equal((await getStatus(device)).status, DfuStatus.errSTALLEDPKT);
      }
    });
  }
}

test('REQ-OTA-USB-01 the busy time is told in bwPollTimeout, and shrinks as the clock goes on', async () => {
  const { bench, device } = await reach('dfuDNLOAD-SYNC');
  assert.deepEqual(await getStatus(device), { status: 0, pollMs: 50, state: DfuState.dfuDNBUSY });
  bench.clock.advance(30);
  assert.deepEqual(await getStatus(device), { status: 0, pollMs: 20, state: DfuState.dfuDNBUSY });
  bench.clock.advance(20);
  assert.deepEqual(await getStatus(device), { status: 0, pollMs: 0, state: DfuState['dfuDNLOAD-IDLE'] });
});

test('REQ-OTA-USB-01 a poll time is reported for each state that has one', async () => {
  const bench = openTestBench({ pollTimeoutMs: { dfuIDLE: 256, dfuDNBUSY: 0x012345 } });
  const device = await enterDfuMode(bench);
  assert.equal((await getStatus(device)).pollMs, 256);
  await classOut(device, DfuRequest.DNLOAD, 0, new Uint8Array(8));
  assert.equal((await getStatus(device)).pollMs, 0x012345);
});

test('REQ-OTA-USB-01 flash time makes the unit busy for as long as the flash works', async () => {
  const bench = openTestBench({ flashTime: { eraseSectorMs: 40, programPageMs: 2, pageBytes: 256 } });
  const device = await enterDfuMode(bench);
  await classOut(device, DfuRequest.DNLOAD, 0, new Uint8Array(4096));
  // The trailer's sector and the first one erased, sixteen pages programmed.
  assert.deepEqual(await getStatus(device), { status: 0, pollMs: 40 + 40 + 32, state: DfuState.dfuDNBUSY });
});

test('REQ-OTA-USB-01 manifestation: tolerant goes back to dfuIDLE, the other kind waits for a reset', async () => {
  const tolerant = await reach('dfuMANIFEST');
  tolerant.bench.clock.advance(80);
  assert.equal((await getStatus(tolerant.device)).state, DfuState.dfuIDLE);
  const other = await reach('dfuMANIFEST-WAIT-RESET');
  assert.equal((await getStatus(other.device)).state, DfuState['dfuMANIFEST-WAIT-RESET']);
  await other.device.reset();
  assert.equal((await openDevice(other.bench)).productId, 0x0001);
});

test('REQ-OTA-USB-01 an upload ends with a short frame, an empty one where the slot is whole blocks', async () => {
  const bench = openTestBench();
  const device = await enterDfuMode(bench);
  let block = await classIn(device, DfuRequest.UPLOAD, 0, 4096);
  let total = block.length;
  for (let number = 1; block.length === 4096; number += 1) {
    block = await classIn(device, DfuRequest.UPLOAD, number, 4096);
    total += block.length;
  }
  assert.equal(total, 64 * 1024);
  assert.equal(block.length, 0);
  assert.equal((await getStatus(device)).state, DfuState.dfuIDLE);
});

test('REQ-OTA-USB-01 a download above wTransferSize is stalled, an upload above it gets wTransferSize and looks finished', async () => {
  const bench = openTestBench({ transferBytes: 128 });
  const device = await enterDfuMode(bench);
  assert.equal((await classIn(device, DfuRequest.UPLOAD, 0, 1024)).length, 128);
  assert.equal((await getStatus(device)).state, DfuState.dfuIDLE);
  await assert.rejects(classOut(device, DfuRequest.DNLOAD, 0, new Uint8Array(129)), /endpoint stalled/);
});

test('REQ-OTA-USB-01 block numbers are ignored, or must go up by one and wrap at 16 bits', async () => {
  const ignoring = await enterDfuMode(openTestBench());
  await classOut(ignoring, DfuRequest.DNLOAD, 7, new Uint8Array(8));
  await getStatus(ignoring);
  await classOut(ignoring, DfuRequest.DNLOAD, 99, new Uint8Array(8));
  assert.equal((await getStatus(ignoring)).status, DfuStatus.OK);
  const checking = await enterDfuMode(openTestBench({ blockNumbers: 'checked' }));
  for (const [block, status] of [
    [0xffff, DfuStatus.OK],
    [0, DfuStatus.OK],
    [2, DfuStatus.errUNKNOWN],
  ] as const) {
    await classOut(checking, DfuRequest.DNLOAD, block, new Uint8Array(8));
    assert.equal((await getStatus(checking)).status, status);
  }
});

test('REQ-OTA-USB-01 a unit that cannot upload, or cannot download, stalls', async () => {
  const noUpload = await enterDfuMode(openTestBench({ attributes: 0x0d }));
  await assert.rejects(classIn(noUpload, DfuRequest.UPLOAD, 0, 64), /endpoint stalled/);
  const noDownload = await enterDfuMode(openTestBench({ attributes: 0x0e }));
  await assert.rejects(classOut(noDownload, DfuRequest.DNLOAD, 0, new Uint8Array(8)), /endpoint stalled/);
});
