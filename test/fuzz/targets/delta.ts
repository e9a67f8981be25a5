import assert from 'node:assert/strict';
import { constants, zstdCompressSync } from 'node:zlib';
import { checkDeltaFrame, reconstruct } from '../../../core/bundle/delta/apply-delta.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { checkRefusal } from '../support/check-refusal.ts';

const base = Buffer.from(Array.from({ length: 8192 }, (_, i) => (i * 131 + (i >>> 5) * 7) & 0xff));
const result = Buffer.concat([base.subarray(0, 4000), Buffer.from('new code'), base.subarray(4000)]);
const made = (content: Buffer): Buffer =>
  zstdCompressSync(content, {
    dictionary: base,
    params: { [constants.ZSTD_c_checksumFlag]: 0, [constants.ZSTD_c_contentSizeFlag]: 1 },
  });

/** A delta never leads to another length than the manifest's, whatever it unpacks to; its content is the manifest's hash to judge. */
export const target: FuzzTarget = {
  seeds: () => [made(result), made(base), made(Buffer.alloc(result.length)), zstdCompressSync(result), Buffer.alloc(0)],
  shapes: [],
  dictionary: ['28b52ffd', '37a430ec', '502a4d18', 'ffffffff', '00000080'].map((hex) => Buffer.from(hex, 'hex')),
  async run(delta) {
    checkRefusal(checkDeltaFrame('deltas/x', Buffer.from(delta), result.length));
    const rebuilt = await reconstruct({ file: 'deltas/x', base, delta: Buffer.from(delta), lenBytes: result.length });
    checkRefusal(rebuilt);
    if (rebuilt.ok) assert.equal(rebuilt.value.length, result.length);
  },
};
