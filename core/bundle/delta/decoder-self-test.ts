import { zstdDecompressSync } from 'node:zlib';

/** Made with `zstd -19 --patch-from` 1.5.4; the words mean nothing else. */
export const knownDelta = {
  base: 'Drydock known-answer base: the quick brown fox jumps over the lazy dog.',
  deltaHex: '28b52ffd2450c500007844726573756c742c2074776963652e020032619642872bb6bc3f8b',
  result: 'Drydock known-answer result: the quick brown fox jumps over the lazy dog, twice.',
};

/**
 * Names the decoder of deltas where this runtime lacks it, or gets it wrong; empty where all is well. Node knows zstd since 22.15 and
 * its dictionaries since 24.6.
 */
export function findMissingDecoders(known = knownDelta): readonly string[] {
  try {
    const decoded = zstdDecompressSync(Buffer.from(known.deltaHex, 'hex'), { dictionary: Buffer.from(known.base) });
    return decoded.toString() === known.result ? [] : [decoderName];
  } catch {
    // "Not supported" is the answer that is asked for here, whatever its text.
    return [decoderName];
  }
}

const decoderName = 'zstd with a dictionary';
