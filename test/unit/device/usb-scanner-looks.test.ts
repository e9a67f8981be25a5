import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProfileRegistry } from '../../../core/device/profile/profile-registry.ts';
import { UsbScanner } from '../../../core/device/usb-scanner.ts';

/** A bus that is looked at slowly: each look lasts until the test ends it. */
function slowBus() {
  const looks: (() => void)[] = [];
  const backend = {
    getDevices: () => new Promise<[]>((resolve) => looks.push(() => resolve([]))),
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  };
  const registry = ProfileRegistry.create([]);
  assert.ok(registry.ok);
  return { looks, scanner: new UsbScanner(backend, registry.value) };
}

/** Lets everything that can go on go on. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('REQ-OTA-USB-03 many who ask at once share one look at the bus, however slow it is', async () => {
  const { looks, scanner } = slowBus();
  const answers = Array.from({ length: 8 }, (_, index) => scanner.find(`1-${index + 1}`));
  await settle();
  assert.equal(looks.length, 1);
  looks[0]?.();
  for (const answer of await Promise.all(answers)) assert.equal(answer.ok ? '' : answer.code, 'device.not-found');
  assert.equal(looks.length, 1, 'nobody queued up behind the others');
});

test('REQ-OTA-USB-03 who asks while the bus is being looked at gets a look that began after the question', async () => {
  const { looks, scanner } = slowBus();
  const first = scanner.list();
  await settle();
  let isAnswered = false;
  const later = [scanner.list(), scanner.list()];
  void later[0]?.then(() => (isAnswered = true));
  looks[0]?.();
  await first;
  await settle();
  assert.equal(isAnswered, false, 'an old look was taken for a new one');
  assert.equal(looks.length, 2);
  looks[1]?.();
  await Promise.all(later);
  assert.equal(looks.length, 2);
});
