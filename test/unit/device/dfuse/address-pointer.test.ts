import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DfuPort } from '../../../../core/device/dfu/dfu-port.ts';
import { AddressPointer } from '../../../../core/device/dfuse/address-pointer.ts';
import { UsbLink } from '../../../../core/device/usb-link.ts';
import { ScriptedUsbDevice, statusBytes } from '../../../helpers/scripted-usb-device.ts';
import { TestClock } from '../../../helpers/test-clock.ts';
import { noAlarm } from '../../../helpers/alarms.ts';

const BLOCK_BYTES = 64;

/** A unit that takes every command, and the addresses that it was told. */
async function makePointer(): Promise<{ pointer: AddressPointer; addresses: number[] }> {
  const addresses: number[] = [];
  let isBusy = false;
  const device = new ScriptedUsbDevice({
    respond: ({ name, data }) => {
      if (name === 'DNLOAD') addresses.push(Buffer.from(data).readUInt32LE(1));
      if (name !== 'GETSTATUS') return undefined;
      isBusy = !isBusy;
      return statusBytes(isBusy ? 4 : 5);
    },
  });
  const link = new UsbLink(device, 'linux', { alarm: noAlarm });
  assert.ok((await link.open()).ok);
  const limits = { transferMs: 100, blockMs: 100, manifestMs: 100, massEraseMs: 100, maxPollTimeoutMs: 100 };
  const context = {
    port: new DfuPort(link, 0, 100),
    clock: new TestClock(),
    limits,
    quirks: new Set<never>(),
    speaksDfuse: true,
    unitTransferBytes: BLOCK_BYTES,
    blockBytes: BLOCK_BYTES,
  };
  return { pointer: new AddressPointer(context), addresses };
}

const START = 0x0800_0000;

async function blockFor(pointer: AddressPointer, address: number, lenBytes = BLOCK_BYTES): Promise<number | null> {
  const number = await pointer.blockFor(address, lenBytes);
  return number.ok ? number.value : null;
}

test('REQ-OTA-USB-01 blocks that follow each other count up from 2 with one address', async () => {
  const { pointer, addresses } = await makePointer();
  const numbers = [];
  for (let block = 0; block < 4; block += 1) numbers.push(await blockFor(pointer, START + block * BLOCK_BYTES));
  assert.deepEqual([numbers, addresses], [[2, 3, 4, 5], [START]]);
});

test('REQ-OTA-USB-01 a block number beyond 16 bits is never sent: the address is set anew', async () => {
  const { pointer, addresses } = await makePointer();
  await blockFor(pointer, START);
  const last = START + (0xffff - 2) * BLOCK_BYTES;
  assert.equal(await blockFor(pointer, last), 0xffff);
  assert.equal(await blockFor(pointer, last + BLOCK_BYTES), 2);
  assert.deepEqual(addresses, [START, last + BLOCK_BYTES]);
});

test('REQ-OTA-USB-01 a shorter block, a gap and a step back set the address anew', async () => {
  const { pointer, addresses } = await makePointer();
  await blockFor(pointer, START);
  assert.equal(await blockFor(pointer, START + BLOCK_BYTES, 8), 2);
  assert.equal(await blockFor(pointer, START + BLOCK_BYTES + 8), 2);
  assert.equal(await blockFor(pointer, START), 2);
  assert.equal(addresses.length, 4);
});
