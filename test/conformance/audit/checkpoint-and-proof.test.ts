import assert from 'node:assert/strict';
import test from 'node:test';
import * as v from 'valibot';
import { formatCheckpoint, parseCheckpoint } from '../../../core/audit/checkpoint.ts';
import { formatTlogProof, parseTlogProof, verifyTlogProof } from '../../../core/audit/tlog-proof.ts';
import { parseVerifierKey } from '../../../core/audit/verifier-key.ts';
import { HexBytes, readVectors } from './read-vectors.ts';

const Texts = v.object({
  checkpointBodies: v.array(v.object({ text: v.string(), expect: v.string(), why: v.string() })),
  tlogProofs: v.array(
    v.object({
      name: v.string(),
      text: v.string(),
      expect: v.picklist(['parse', 'refuse', 'verify']),
      index: v.optional(v.number()),
      hashes: v.optional(v.array(v.string())),
      extra: v.optional(v.string()),
      checkpoint: v.optional(v.string()),
      leafDataHex: v.optional(HexBytes),
      vkeys: v.optional(v.array(v.string())),
    }),
  ),
});

const { checkpointBodies, tlogProofs } = readVectors('checkpoint-and-proof-parsing.json', Texts);

for (const { text, expect, why } of checkpointBodies) {
  // Roots that are not SHA-256, empty extension lines and an empty tree with a root are accepted upstream, not by the specification.
  test(`REQ-OTA-AUD-01 checkpoint body, ${expect}: ${why}`, () => {
    const checkpoint = parseCheckpoint(text);
    assert.equal(checkpoint.ok, expect === 'accept');
    if (checkpoint.ok) assert.equal(formatCheckpoint(checkpoint.value), text);
    else assert.equal(checkpoint.code, 'audit.checkpoint-malformed');
  });
}

for (const { name, text, expect, index, hashes, extra, checkpoint, leafDataHex, vkeys } of tlogProofs) {
  test(`REQ-OTA-AUD-01 tlog-proof, ${expect}: ${name}`, () => {
    const proof = parseTlogProof(text);
    if (expect === 'refuse') {
      assert.ok(!proof.ok && proof.code === 'audit.proof-malformed');
      return;
    }
    assert.ok(proof.ok, proof.ok ? '' : proof.reason);
    assert.equal(formatTlogProof(proof.value), text);
    if (expect === 'parse') {
      assert.equal(proof.value.index, BigInt(index ?? -1));
      assert.deepEqual(
        proof.value.hashes.map((hash) => Buffer.from(hash).toString('base64')),
        hashes,
      );
      assert.equal(proof.value.extra && Buffer.from(proof.value.extra).toString(), extra ?? null);
      assert.equal(proof.value.checkpoint, checkpoint);
      return;
    }
    const keys = (vkeys ?? []).map((vkey) => {
      const key = parseVerifierKey(vkey);
      assert.ok(key.ok);
      return key.value;
    });
    assert.ok(leafDataHex);
    const verified = verifyTlogProof(proof.value, leafDataHex, keys);
    assert.ok(verified.ok, verified.ok ? '' : verified.reason);
    assert.equal(verified.value.signatures.length, keys.length);

    const otherLeaf = verifyTlogProof(proof.value, Buffer.concat([leafDataHex, Buffer.of(0)]), keys);
    assert.ok(!otherLeaf.ok && otherLeaf.code === 'audit.proof-invalid');
    const stranger = verifyTlogProof(proof.value, leafDataHex, []);
    assert.ok(!stranger.ok && stranger.code === 'audit.note-untrusted');
  });
}
