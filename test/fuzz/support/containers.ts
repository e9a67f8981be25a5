import { readDerTrees } from '../engine/mutate/der-tree.ts';

/** Several files in one input: each in a constructed context tag that says what it is, so that mutations keep the frames in order. */
export interface Framed {
  /** 0 to 30. */
  readonly kind: number;
  readonly bytes: Buffer;
}

export function frame(files: readonly Framed[]): Buffer {
  return Buffer.concat(
    files.map(({ kind, bytes }) => {
      const header = Buffer.alloc(5);
      header.writeUInt8(0xa0 | kind);
      header.writeUInt8(0x83, 1);
      header.writeUIntBE(bytes.length, 2, 3);
      return Buffer.concat([header, bytes]);
    }),
  );
}

/** The files of an input; null where it is no row of frames. */
export function unframe(input: Uint8Array): Framed[] | null {
  const trees = readDerTrees(input);
  return trees?.map(({ identifier, content }) => ({ kind: identifier & 0x1f, bytes: Buffer.from(content) })) ?? null;
}
