import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { after, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { usb } from 'usb';
import { UsbDeviceBench } from '../../../core/device/device-bench.ts';
import { createLinuxAccessProbe } from '../../../core/device/linux-access.ts';
import { loadProfiles } from '../../../core/device/profile/load-profiles.ts';
import { ProfileRegistry } from '../../../core/device/profile/profile-registry.ts';
import { positionOfEvent } from '../../../core/device/position.ts';
import type { UsbEventListener } from '../../../core/device/usb-backend.ts';
import { UsbScanner } from '../../../core/device/usb-scanner.ts';
import type { UpdateTarget } from '../../../core/device/update-target.ts';
import { systemAlarm, systemClock } from '../../../core/system-clock.ts';
import type { Fault } from '../../../simulator/faults.ts';
import { imageKey, oldImage } from '../../integration/device/virtual-station.ts';
import { eventually } from './eventually.ts';
import type { BenchAnswer, BenchRequest, OrderedUnit } from './served-bench.ts';

const program = fileURLToPath(new URL('served-bench.ts', import.meta.url));
const imagePublicKey = imageKey.publicKey.export({ format: 'pem', type: 'spki' }).toString();

/** From a unit's return to its event on an emulated machine: 0.6 to 0.8 s. */
const HEARD_WITHIN_MS = 3000;

/** One process serves the units of all tests of a file: starting one takes an emulated machine seconds. */
let child: ChildProcess | undefined;
after(() => child?.disconnect());

export interface WishedUnit extends Partial<Omit<OrderedUnit, 'image'>> {
  /** No image at all: the unit waits in its boot loader. */
  readonly isEmpty?: boolean;
}

/** Units that the guest's kernel sees on its USB, and a station's device layer on the `usb` package beside them. */
export class RealBench {
  readonly scanner: UsbScanner;
  readonly bench: UsbDeviceBench;

  private constructor() {
    const registry = loadPatientProfiles();
    this.scanner = new UsbScanner(usb, registry, { probeAccess: createLinuxAccessProbe() });
    this.bench = new UsbDeviceBench(this.scanner, {
      clock: systemClock,
      platform: process.platform,
      alarm: systemAlarm,
    });
  }

  /** Serves and attaches the units, VU-0001 at 1-1, VU-0002 at 1-2 and so on, and waits until the station sees all of them. */
  static async start(t: TestContext, units: readonly WishedUnit[] = [{}]): Promise<RealBench> {
    const real = new RealBench();
    const placed = units.map(({ isEmpty = false, ...unit }, index) => ({
      position: `1-${index + 1}`,
      serial: `VU-000${index + 1}`,
      imagePublicKey,
      image: isEmpty ? null : oldImage.toString('base64'),
      ...unit,
    }));
    await ask({ kind: 'open', units: placed });
    t.after(() => real.#close());
    await real.seesUnits(placed.length);
    return real;
  }

  async arm(serial: string, fault: Fault): Promise<void> {
    await ask({ kind: 'arm', serial, fault });
  }

  async unplug(position: string): Promise<void> {
    await ask({ kind: 'unplug', position });
  }

  async plug(position: string): Promise<void> {
    await ask({ kind: 'plug', position });
  }

  /**
   * Returns when the kernel's events are heard. The `usb` package begins to hear some time after it is asked to, does not say when, and
   * drops the leaving of a unit that it has not listed yet (the station's heartbeat finds such a unit): so the unit at the position
   * leaves and returns until its return was heard. Until the test ends the package goes on hearing.
   */
  async hearsEvents(t: TestContext, position: string): Promise<void> {
    let isHeard = false;
    const hear: UsbEventListener = ({ device }) => {
      isHeard ||= positionOfEvent(device) === position;
    };
    usb.addEventListener('connect', hear);
    t.after(() => usb.removeEventListener('connect', hear));
    await eventually(async () => {
      await this.unplug(position);
      await this.plug(position);
      await delay(HEARD_WITHIN_MS);
      return isHeard;
    }, `an event of ${position}`);
  }

  async list() {
    const listed = await this.scanner.list();
    assert.ok(listed.ok, listed.ok ? '' : listed.reason);
    return listed.value;
  }

  async seesUnits(count: number): Promise<void> {
    await eventually(async () => (await this.list()).length === count, `${count} units on the bus`);
  }

  async open(position = '1-1'): Promise<UpdateTarget> {
    const opened = await this.bench.open(position);
    assert.ok(opened.ok, opened.ok ? '' : `${opened.code}: ${opened.reason}`);
    return opened.value.target;
  }

  /** Every unit leaves its port, and the next test begins with an empty bus. */
  async #close(): Promise<void> {
    this.scanner.stop();
    await ask({ kind: 'close' });
    await this.seesUnits(0);
  }
}

/**
 * The shipped profiles, with more time for a return: a kernel enumerates one unit after the other, and where it is emulated and has a
 * part of a processor, eight of them take longer than the 15 s that one has on a bench.
 */
function loadPatientProfiles(): ProfileRegistry {
  const shipped = fileURLToPath(new URL('../../../resources/profiles/', import.meta.url));
  const loaded = loadProfiles({ shipped });
  assert.ok(loaded.ok);
  const patient = loaded.value.profiles.map((profile) => ({
    ...profile,
    deadlines: { ...profile.deadlines, detachMs: 120_000, rebootMs: 120_000 },
  }));
  const registry = ProfileRegistry.create(patient);
  assert.ok(registry.ok);
  return registry.value;
}

async function ask(request: BenchRequest): Promise<void> {
  child ??= fork(program, { stdio: 'inherit' });
  const over = new AbortController();
  const { signal } = over;
  const answered = once(child, 'message', { signal }) as Promise<[BenchAnswer]>;
  const died = once(child, 'exit', { signal }).then(() => Promise.reject(new Error('the bench process has ended')));
  child.send(request);
  const [answer] = await Promise.race([answered, died]);
  // Whoever lost the race is let go; its rejection says nothing more.
  answered.catch(() => undefined);
  died.catch(() => undefined);
  over.abort();
  assert.ok(answer.ok, answer.ok ? '' : answer.reason);
}
