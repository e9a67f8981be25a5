import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DfuRequest } from '../../../core/device/dfu/constants.ts';
import { FLASH_PARTS, type FlashPart } from '../../../simulator/flash-time.ts';
import { readPollTime } from '../../../simulator/poll-time.ts';
import { provisionUnit } from '../../../simulator/provision.ts';
import { VirtualUsbBus } from '../../../simulator/usb-bus.ts';
import { TestClock } from '../../helpers/test-clock.ts';
import { publicKeyPem } from './bench.ts';

/** bwPollTimeout that an empty unit reports after the first block of a download. */
async function pollAfterBlock(part: FlashPart, lenBytes: number): Promise<number> {
  const clock = new TestClock();
  const bus = new VirtualUsbBus({ clock });
  bus.plug('1-1', provisionUnit({ serial: 'S', imagePublicKey: publicKeyPem, ...part }, clock));
  const [device] = await bus.getDevices();
  assert.ok(device);
  await device.open();
  await device.claimInterface(0);
  await device.selectAlternateInterface(0, 1);
  const setup = { requestType: 'class', recipient: 'interface', value: 0, index: 0 } as const;
  await device.controlTransferOut({ ...setup, request: DfuRequest.DNLOAD }, new Uint8Array(lenBytes));
  const { data } = await device.controlTransferIn({ ...setup, request: DfuRequest.GETSTATUS }, 6);
  return data.getUint8(1) | (data.getUint8(2) << 8) | (data.getUint8(3) << 16);
}

test('REQ-OTA-USB-02 a unit with the flash of a real part asks for the time that its data sheet gives', async () => {
  // The trailer's sector is erased when a download begins, then the sector of the first block: two erases, and the programming.
  assert.equal(await pollAfterBlock(FLASH_PARTS.nrf52840, 4096), Math.ceil(2 * 85 + 1024 * 0.041));
  assert.equal(await pollAfterBlock(FLASH_PARTS.stm32f407, 4096), Math.ceil(2 * 250 + 1024 * 0.016));
  assert.equal(await pollAfterBlock(FLASH_PARTS.w25q128, 4096), Math.ceil(2 * 45 + 16 * 0.4));
});

test('REQ-OTA-USB-02 a poll time is a state of DFU 1.1 and a number that three bytes hold', () => {
  assert.deepEqual(readPollTime('dfuDNBUSY=10'), { dfuDNBUSY: 10 });
  assert.deepEqual(readPollTime('dfuMANIFEST-SYNC=16777215'), { 'dfuMANIFEST-SYNC': 16_777_215 });
  for (const text of ['dfuDNBUSY', 'dfuDNBUSY=', 'dfuDNBUSY=-1', 'dfuDNBUSY=16777216', 'busy=1', 'toString=1', '=1']) {
    assert.equal(readPollTime(text), undefined, text);
  }
});
