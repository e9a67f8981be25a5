import assert from 'node:assert/strict';
import test from 'node:test';
import * as v from 'valibot';
import { parseCheckpoint } from '../../../core/audit/checkpoint.ts';
import { parseNote, verifyNote } from '../../../core/audit/signed-note.ts';
import { formatVerifierKey, parseVerifierKey, type VerifierKey } from '../../../core/audit/verifier-key.ts';
import { BigText, readVectors } from './read-vectors.ts';

const Notes = v.object({
  verifierKeys: v.array(v.object({ vkey: v.string(), name: v.string(), keyIdHex: v.string(), type: v.string() })),
  cases: v.array(
    v.object({
      id: v.string(),
      note: v.string(),
      vkeys: v.array(v.string()),
      expect: v.picklist(['accept', 'refuse']),
      verifiedBy: v.optional(v.array(v.string())),
      cosignatureTimestamp: v.optional(v.number()),
      origin: v.optional(v.string()),
      treeSize: v.optional(BigText),
      rootHashBase64: v.optional(v.string()),
      extensionLines: v.optional(v.array(v.string())),
    }),
  ),
});

const { verifierKeys, cases } = readVectors('signed-notes.json', Notes, ['treeSize']);

/** Drydock's logs and witnesses sign with Ed25519; ECDSA (02) and RFC 6962 tree heads (05) are refused as keys. */
function isEd25519(vkey: string): boolean {
  const material = vkey.split('+').slice(2).join('+');
  return [0x01, 0x04].includes(Buffer.from(material, 'base64')[0] ?? -1);
}

function parseKeys(vkeys: readonly string[]): VerifierKey[] {
  return vkeys.flatMap((vkey) => {
    const key = parseVerifierKey(vkey);
    return key.ok ? [key.value] : [];
  });
}

test('reads each Ed25519 verifier key back to its text and refuses the other types by name', () => {
  assert.equal(verifierKeys.length, 14);
  for (const { vkey, name, keyIdHex, type } of verifierKeys) {
    const key = parseVerifierKey(vkey);
    if (type === '0x01') {
      assert.ok(key.ok, vkey);
      assert.deepEqual([key.value.name, key.value.keyIdHex], [name, keyIdHex]);
      assert.equal(formatVerifierKey(key.value), vkey);
    } else {
      assert.ok(!key.ok && key.code === 'audit.verifier-key-invalid', vkey);
    }
  }
});

for (const { id, note, vkeys, expect, verifiedBy, cosignatureTimestamp, ...body } of cases) {
  test(`REQ-OTA-AUD-01 signed note ${id}: ${expect}`, () => {
    const parsed = parseNote(Buffer.from(note));
    const verified = parsed.ok ? verifyNote(parsed.value, parseKeys(vkeys)) : parsed;
    if (expect === 'refuse' || !vkeys.every(isEd25519)) {
      assert.equal(verified.ok, false);
      return;
    }
    assert.ok(verified.ok, verified.ok ? '' : verified.reason);
    assert.deepEqual(
      verified.value.map(({ key }) => key.name),
      verifiedBy,
    );
    const cosigned = verified.value.flatMap(({ cosignedAtSeconds }) => cosignedAtSeconds ?? []);
    assert.deepEqual(cosigned, cosignatureTimestamp === undefined ? [] : [BigInt(cosignatureTimestamp)]);
  });

  if (body.origin === undefined) continue;
  test(`REQ-OTA-AUD-01 checkpoint ${id}: origin, size, root and extensions are read`, () => {
    const parsed = parseNote(Buffer.from(note));
    assert.ok(parsed.ok);
    const checkpoint = parseCheckpoint(parsed.value.text);
    assert.ok(checkpoint.ok);
    const { origin, size, root, extensions } = checkpoint.value;
    assert.deepEqual(
      [origin, size, Buffer.from(root).toString('base64'), extensions],
      [body.origin, body.treeSize, body.rootHashBase64, body.extensionLines],
    );
  });
}
