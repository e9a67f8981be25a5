import { accept, refuse, type Result } from '../../contract/result.ts';
import type { TrainingFault, TrainingUnit } from '../../contract/window/window-operations.ts';
import { demoImage, demoImageKeyPem } from '../../demo/materials.ts';
import { FULL_SPEED } from '../../simulator/bus-speed.ts';
import type { SimulatorClock } from '../../simulator/clock.ts';
import { turnOfOwn } from '../../simulator/turn-of-own.ts';
import { openVirtualBench, type VirtualBench } from '../../simulator/virtual-bench.ts';
import type { VirtualUsbBus } from '../../simulator/usb-bus.ts';
import { olderPumpSerial, orderOlderPump } from './older-pump.ts';
import { trainingFaults } from './training-faults.ts';

const UNITS = 8;

/**
 * Eight virtual pumps that keep what was done to them, and one of an older series whose cable hangs loose at the beginning; with hands that
 * pull and plug cables, and faults that can be chosen.
 */
export class TrainingBench {
  readonly #bench: VirtualBench;
  /** Where each unit is plugged in, or was last. */
  readonly #positions = new Map<string, string>();
  readonly #armed = new Map<string, string>();

  /** Throws where another program holds the folder. */
  constructor(folder: string, clock: SimulatorClock) {
    const factoryImage = demoImage(3, '2.3.1');
    const serials = Array.from({ length: UNITS }, (_, index) => `PUMP-${String(401 + index).padStart(4, '0')}`);
    this.#bench = openVirtualBench({
      clock,
      folder,
      busSpeed: FULL_SPEED,
      leaveMs: 200,
      returnMs: 500,
      takeTurn: turnOfOwn,
      units: [
        ...serials.map((serial, index) => ({
          position: `1-${index + 1}`,
          serial,
          imagePublicKey: demoImageKeyPem,
          factoryImage,
          pollTimeoutMs: { dfuDNBUSY: 3 },
          // Going back is to be learned as well: here it is the station alone that asks for its approval.
          downgradePrevention: false,
        })),
        orderOlderPump(`1-${UNITS + 1}`),
      ],
    });
    for (const serial of [...serials, olderPumpSerial]) {
      const position = this.#bench.bus.positionOf(this.#bench.device(serial));
      this.#positions.set(serial, position ?? `1-${this.#positions.size + 1}`);
    }
    this.connect(olderPumpSerial, false);
  }

  get usb(): VirtualUsbBus {
    return this.#bench.bus;
  }

  get units(): TrainingUnit[] {
    return [...this.#positions.keys()].map((serial) => this.#view(serial));
  }

  get faults(): TrainingFault[] {
    return Object.keys(trainingFaults).map((id) => ({ id }));
  }

  /** Arms one fault in place of any other; null: the unit behaves again. Refuses with `window.unit-unknown`. */
  setFault(serial: string, id: string | null): Result<TrainingUnit> {
    const fault = id === null || !Object.hasOwn(trainingFaults, id) ? undefined : trainingFaults[id];
    if (!this.#positions.has(serial) || (id !== null && fault === undefined)) return refuseUnit();
    const unit = this.#bench.device(serial);
    unit.disarm();
    this.#armed.delete(serial);
    if (fault !== undefined && id !== null) {
      unit.arm(fault);
      this.#armed.set(serial, id);
    }
    return accept(this.#view(serial));
  }

  /**
   * Pulls a unit's cable, or plugs it in where it was, or at another port. A unit that is plugged in elsewhere is pulled first. Refuses with
   * `window.unit-unknown`, or `window.port-taken` where another unit is at the port.
   * @param port left out: where it was
   */
  connect(serial: string, connected: boolean, port?: string): Result<TrainingUnit> {
    const { bus } = this.#bench;
    if (!this.#positions.has(serial)) return refuseUnit();
    const unit = this.#bench.device(serial);
    const position = bus.positionOf(unit);
    if (position !== undefined) this.#positions.set(serial, position);
    const wanted = connected ? (port ?? this.#positions.get(serial) ?? '') : null;
    if (wanted === (position ?? null)) return accept(this.#view(serial));
    if (wanted !== null && bus.deviceAt(wanted) !== undefined)
      return refuse('window.port-taken', `Another unit is plugged in at port ${wanted}.`, { position: wanted });
    if (position !== undefined) bus.unplug(position);
    if (wanted !== null) {
      this.#positions.set(serial, wanted);
      bus.plug(wanted, unit);
    }
    return accept(this.#view(serial));
  }

  close(): Promise<void> {
    return this.#bench.close();
  }

  #view(serial: string): TrainingUnit {
    const unit = this.#bench.device(serial);
    const position = this.#bench.bus.positionOf(unit);
    const fault = this.#armed.get(serial) ?? null;
    return {
      serial,
      position: position ?? this.#positions.get(serial) ?? '',
      connected: position !== undefined,
      fault,
      isOlderSeries: serial === olderPumpSerial,
      faultHasCome: fault !== null && !unit.hasFaultToCome,
    };
  }
}

function refuseUnit(): Result<TrainingUnit> {
  return refuse('window.unit-unknown', 'There is no such unit, or no such fault, at the training bench.');
}
