import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorCodes } from '../../../contract/error-code.ts';
import { parseState, parseStatus, refuseStatus } from '../../../core/device/dfu/dfu-status.ts';
import { statusBytes } from '../../helpers/scripted-usb-device.ts';

/** DFU 1.1 §6.1.2, table of bStatus. */
const STATUS_TABLE = [
  [0x01, 'device.err-target'],
  [0x02, 'device.err-file'],
  [0x03, 'device.err-write'],
  [0x04, 'device.err-erase'],
  [0x05, 'device.err-check-erased'],
  [0x06, 'device.err-prog'],
  [0x07, 'device.err-verify'],
  [0x08, 'device.err-address'],
  [0x09, 'device.err-notdone'],
  [0x0a, 'device.err-firmware'],
  [0x0b, 'device.err-vendor'],
  [0x0c, 'device.err-usbr'],
  [0x0d, 'device.err-por'],
  [0x0e, 'device.err-unknown'],
  [0x0f, 'device.err-stalledpkt'],
] as const;

for (const [status, code] of STATUS_TABLE) {
  test(`REQ-OTA-USB-01 DFU status ${status} has its own code and sentence: ${code}`, () => {
    const answer = parseStatus(statusBytes(10, 0, status));
    assert.ok(answer.ok);
    const refusal = refuseStatus(answer.value);
    assert.equal(refusal.code, code);
    assert.match(refusal.reason, /^The unit.* \(DFU status err[A-Z_]+\)\.$/);
    assert.ok(Object.hasOwn(errorCodes, code));
  });
}

test('REQ-OTA-USB-01 no two DFU statuses share a sentence', () => {
  const reasons = STATUS_TABLE.map(([status]) => {
    const answer = parseStatus(statusBytes(10, 0, status));
    return answer.ok ? refuseStatus(answer.value).reason : '';
  });
  assert.equal(new Set(reasons).size, STATUS_TABLE.length);
});

test('REQ-OTA-USB-01 reads bwPollTimeout as 24 bits, little-endian', () => {
  const answer = parseStatus(Uint8Array.of(0, 0x01, 0x02, 0x03, 5, 0));
  assert.deepEqual(answer, { ok: true, value: { status: 'OK', pollTimeoutMs: 0x030201, state: 'dfuDNLOAD-IDLE' } });
});

for (const [what, bytes] of [
  ['no bytes', new Uint8Array(0)],
  ['five bytes', new Uint8Array(5)],
  ['seven bytes', new Uint8Array(7)],
  ['an unknown status', statusBytes(2, 0, 0x10)],
  ['an unknown state', statusBytes(11)],
] as const) {
  test(`REQ-OTA-USB-04 refuses a DFU status with ${what}`, () => {
    const answer = parseStatus(bytes);
    assert.equal(answer.ok ? 'accepted' : answer.code, 'device.status-invalid');
  });
}

test('REQ-OTA-USB-04 refuses a DFU state that does not exist', () => {
  for (const byte of [11, 255, undefined]) {
    const state = parseState(byte);
    assert.equal(state.ok ? 'accepted' : state.code, 'device.status-invalid');
  }
});
