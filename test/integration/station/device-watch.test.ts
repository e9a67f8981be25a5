import assert from 'node:assert/strict';
import { test } from 'node:test';
import { learnBench } from '../../../cli/commands/bench-learn.ts';
import { watchDevices, type WatchedStation } from '../../../cli/commands/device-watch.ts';
import type { DeviceEvent } from '../../../contract/events.ts';
import { UsageError } from '../../../cli/usage-error.ts';
import { VirtualDepot } from '../../helpers/virtual-depot.ts';

/** What a command writes, and a wait for what it will write. */
class Output {
  text = '';
  readonly #waiting: (() => void)[] = [];

  readonly write = (text: string): void => {
    this.text += text;
    for (const look of [...this.#waiting]) look();
  };

  shows(pattern: RegExp): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (pattern.test(this.text)) resolve();
      };
      this.#waiting.push(look);
      look();
    });
  }
}

function runFor(depot: VirtualDepot, wantsJson = false): WatchedStation {
  return {
    call: (name, input) => depot.call('technician', name, input),
    subscribe: (listener) => depot.station.subscribe(listener),
    wantsJson,
  };
}

test('REQ-OTA-USB-03 from device.watch on the station tells of units that come, go and restart, until it closes', async (t) => {
  const depot = await VirtualDepot.set(t);
  const { bus } = depot.bench;
  const told = () => depot.events.flatMap((event) => ('unit' in event ? [`${event.type} ${event.unit.position}`] : []));
  bus.plug('1-5', bus.unplug('1-1'));
  await depot.call('technician', 'device.list', {});
  const before = told().length;
  assert.equal((await depot.refusal(null, 'device.watch', {})).code, 'station.not-logged-in');
  const units = await depot.call('auditor', 'device.watch', {});
  assert.deepEqual(
    units.map(({ position }) => position),
    ['1-5'],
  );
  bus.powerCycle('1-5');
  await depot.call('technician', 'device.list', {});
  assert.deepEqual(told().slice(before), ['device.left 1-5', 'device.arrived 1-5']);
  await depot.station.close();
  const end = told().length;
  bus.unplug('1-5');
  assert.equal(told().length, end);
});

test('REQ-OTA-USB-03 device watch prints what is there, then each arrival and departure, and ends when it is stopped', async (t) => {
  const depot = await VirtualDepot.set(t);
  await depot.call('technician', 'bench.name', { position: '1-4', name: 'Window' });
  const output = new Output();
  const stop = new AbortController();
  const watch = watchDevices(runFor(depot), stop.signal, output.write);
  await output.shows(/^ {2}1-1 .*VU-0001/m);
  const unit = depot.bench.bus.unplug('1-1');
  await output.shows(/^- 1-1 .*VU-0001/m);
  depot.bench.bus.plug('1-4', unit);
  await output.shows(/^\+ 1-4 +Window .*VU-0001/m);
  stop.abort();
  await watch;
  assert.equal(output.text.match(/VU-0001/g)?.length, 3, output.text);
});

test('REQ-OTA-USB-03 device watch with --json writes an event a line', async (t) => {
  const depot = await VirtualDepot.set(t);
  const output = new Output();
  const stop = new AbortController();
  const watch = watchDevices(runFor(depot, true), stop.signal, output.write);
  await output.shows(/\n/);
  depot.bench.bus.unplug('1-1');
  await output.shows(/\n.*\n/);
  stop.abort();
  await watch;
  const events = output.text
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line)) as DeviceEvent[];
  assert.deepEqual(
    events.map((event) => [event.type, 'unit' in event && event.unit.position]),
    [
      ['device.arrived', '1-1'],
      ['device.left', '1-1'],
    ],
  );
});

test('REQ-OTA-USB-01 a machine without USB is watched too, and told of when USB comes', async (t) => {
  const depot = await VirtualDepot.set(t);
  let hasUsb = false;
  let beat = (): void => undefined;
  const usb = {
    getDevices: () =>
      hasUsb ? depot.bench.bus.getDevices() : Promise.reject(new Error('/sys/bus/usb/devices/ not found')),
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  };
  const heartbeat = (look: () => void) => {
    beat = look;
    return () => undefined;
  };
  await depot.restart({ usb, heartbeat });
  const output = new Output();
  const stop = new AbortController();
  const watch = watchDevices(runFor(depot), stop.signal, output.write);
  await output.shows(/no USB that Drydock can read/);
  hasUsb = true;
  beat();
  await output.shows(/USB can be read[^]*\+ 1-1/);
  stop.abort();
  await watch;
});

test('REQ-OTA-USB-03 bench learn leads from place to place; a port counts once, however often its unit restarts', async (t) => {
  const depot = await VirtualDepot.set(t);
  const { bus } = depot.bench;
  await depot.call('technician', 'bench.learn', { number: 2, position: '1-9', name: 'Old right' });
  const output = new Output();
  const learnt = learnBench(runFor(depot), { from: 1, places: 2 }, new AbortController().signal, output.write);
  await output.shows(/place 1 now/);
  // Plugged in before: its restart is no answer. Unplugged and plugged in again it is.
  const unit = bus.unplug('1-1');
  await depot.call('technician', 'device.list', {});
  bus.plug('1-6', unit);
  await output.shows(/Place 1 is port 1-6 \(VU-0001\)[^]*place 2 now/);
  bus.powerCycle('1-6');
  await output.shows(/That is Place 1 \(1-6\) again/);
  bus.plug('1-7', bus.unplug('1-6'));
  await learnt;
  assert.match(output.text, /Old right is port 1-7/);
  const { places } = await depot.call('technician', 'bench.show', {});
  assert.deepEqual(
    places.map(({ number, name, position }) => [number, name, position]),
    [
      [1, 'Place 1', '1-6'],
      [2, 'Old right', '1-7'],
    ],
  );
});

test('REQ-OTA-USB-03 bench learn that is stopped keeps what it has learned; a number that no place has is refused before', async (t) => {
  const depot = await VirtualDepot.set(t);
  const output = new Output();
  const stop = new AbortController();
  const options = { from: 15, places: 2, name: 'Bench #' };
  const learnt = learnBench(runFor(depot), options, stop.signal, output.write);
  await output.shows(/place 15 now/);
  depot.bench.bus.plug('1-6', depot.bench.bus.unplug('1-1'));
  await output.shows(/place 16 now/);
  stop.abort();
  await learnt;
  assert.match(output.text, /Stopped/);
  const { places } = await depot.call('technician', 'bench.show', {});
  assert.deepEqual(places, [{ position: '1-6', name: 'Bench 15', number: 15 }]);
  for (const wrong of [
    { from: 10, places: 8 },
    { from: 1, places: 2, name: 'Bench' },
  ])
    await assert.rejects(learnBench(runFor(depot), wrong, stop.signal, output.write), UsageError);
});
