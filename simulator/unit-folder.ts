import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { SimulatorClock } from './clock.ts';
import { deviceKinds, restoreDevice, type BenchDevice, type DeviceKind, type StoredDevice } from './device-kind.ts';

const STATE_FILE = 'state.json';
const FORMAT = 1;

type StoredUnit = StoredDevice & {
  readonly format: typeof FORMAT;
  readonly position: string;
  /** The flash image that belongs to this state. */
  readonly flashFile: string;
};

/**
 * One unit on disk: a flash image, and a JSON file that names it. A new state is a new flash image, where the flash has changed, and then the
 * renaming of the JSON, so a program that is killed at any point leaves the old state or the new one.
 */
export class UnitFolder {
  readonly #folder: string;
  #written = 0;
  /** The flash image that was written last, and how much the flash had worked by then. */
  #flash: { readonly file: string; readonly operations: number } | null = null;

  constructor(folder: string) {
    this.#folder = folder;
  }

  static isUsed(folder: string): boolean {
    return existsSync(join(folder, STATE_FILE));
  }

  save(unit: BenchDevice, position: string): void {
    mkdirSync(this.#folder, { recursive: true });
    const flashFile = this.#saveFlash(unit);
    const state: Record<keyof StoredUnit, unknown> = {
      format: FORMAT,
      kind: unit.kind,
      position,
      flashFile,
      options: unit.options,
      memory: unit.saveMemory(),
    };
    const draft = join(this.#folder, `${STATE_FILE}.new`);
    writeDurably(draft, Buffer.from(JSON.stringify(state, null, 2)));
    renameSync(draft, join(this.#folder, STATE_FILE));
    for (const name of readdirSync(this.#folder)) {
      if (name.startsWith('flash-') && name !== flashFile) rmSync(join(this.#folder, name));
    }
  }

  #saveFlash({ flash }: BenchDevice): string {
    if (this.#flash?.operations === flash.operations) return this.#flash.file;
    const file = this.#nameFlashFile();
    writeDurably(join(this.#folder, file), flash.snapshot());
    this.#flash = { file, operations: flash.operations };
    return file;
  }

  #nameFlashFile(): string {
    do this.#written += 1;
    while (existsSync(join(this.#folder, `flash-${this.#written}.bin`)));
    return `flash-${this.#written}.bin`;
  }
}

/** Opens a stored unit where it was left. Throws where the folder was not written by `UnitFolder`. */
export function loadUnit(
  folder: string,
  clock: SimulatorClock,
): { readonly unit: BenchDevice; readonly position: string } {
  const state: unknown = JSON.parse(readFileSync(join(folder, STATE_FILE), 'utf8'));
  if (!isStoredUnit(state)) throw new Error(`${join(folder, STATE_FILE)} is not the state of a virtual unit`);
  const unit = restoreDevice(state, readFileSync(join(folder, state.flashFile)), clock);
  return { unit, position: state.position };
}

function isStoredUnit(value: unknown): value is StoredUnit {
  if (typeof value !== 'object' || value === null) return false;
  if (!('format' in value) || value.format !== FORMAT) return false;
  if (!('kind' in value) || !deviceKinds.includes(value.kind as DeviceKind)) return false;
  return 'position' in value && 'flashFile' in value && 'options' in value && 'memory' in value;
}

function writeDurably(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'w');
  try {
    writeSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
