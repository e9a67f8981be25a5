import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';

const headerBytes = 8;

/** The input that a child works on and its running number, in a file that outlives the child. */
export interface CurrentInput {
  readonly number: number;
  readonly input: Buffer;
}

/** Written by the child before each run: of a child that hangs or was killed, this is all that is left. */
export class CurrentInputFile {
  readonly #fd: number;
  #number = 0;

  constructor(path: string) {
    this.#fd = openSync(path, 'w');
  }

  write(input: Uint8Array): void {
    this.#number = (this.#number + 1) >>> 0;
    const header = Buffer.alloc(headerBytes);
    header.writeUInt32LE(this.#number, 0);
    header.writeUInt32LE(input.length, 4);
    writeSync(this.#fd, Buffer.concat([header, input]), 0, headerBytes + input.length, 0);
  }

  close(): void {
    closeSync(this.#fd);
  }
}

/** Null before the first run, when there may be no file yet. Exact once the child has ended; while it runs, only the number is. */
export function readCurrentInput(path: string): CurrentInput | null {
  if (!existsSync(path)) return null;
  const bytes = readFileSync(path);
  if (bytes.length < headerBytes) return null;
  const input = bytes.subarray(headerBytes, headerBytes + bytes.readUInt32LE(4));
  return { number: bytes.readUInt32LE(0), input };
}
