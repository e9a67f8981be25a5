import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  classifyTransferError,
  classifyTransferStatus,
  refuseTransfer,
} from '../../../core/device/dfu/transfer-error.ts';

for (const [message, fault] of [
  ['endpoint stalled', 'stall'],
  ['transfer was cancelled', 'timeout'],
  ['device disconnected', 'unplugged'],
  ['No such device (os error 19)', 'unplugged'],
  ['Permission denied (os error 13)', 'access-denied'],
  ['interface is busy', 'interface-busy'],
  ['something else', 'failed'],
] as const) {
  test(`REQ-OTA-USB-04 the USB error "${message}" is told apart as ${fault}`, () => {
    const error = Object.assign(new Error(message), { code: 'GenericFailure' });
    assert.equal(classifyTransferError(error), fault);
  });
}

test('REQ-OTA-USB-04 what is thrown and is no Error is a failure, not a crash', () => {
  assert.equal(classifyTransferError('endpoint stalled'), 'failed');
  assert.equal(classifyTransferError(undefined), 'failed');
});

test('REQ-OTA-USB-04 a WebUSB result that says stall or babble is no success', () => {
  assert.equal(classifyTransferStatus('ok'), null);
  assert.equal(classifyTransferStatus(undefined), null);
  assert.equal(classifyTransferStatus('stall'), 'stall');
  assert.equal(classifyTransferStatus('babble'), 'failed');
});

test('REQ-OTA-USB-04 denied access tells Linux users of the udev rules and Windows users of the driver', () => {
  assert.match(refuseTransfer('access-denied', 'open', 'linux').reason, /udev/);
  assert.match(refuseTransfer('access-denied', 'open', 'win32').reason, /WinUSB/);
  assert.doesNotMatch(refuseTransfer('access-denied', 'open', 'darwin').reason, /udev|WinUSB/);
});
