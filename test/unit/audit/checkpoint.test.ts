import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import test from 'node:test';
import fc from 'fast-check';
import { cosignCheckpoint, parseCheckpoint, signCheckpoint, verifyCheckpoint } from '../../../core/audit/checkpoint.ts';
import { makeCosignature } from '../../../core/audit/cosignature.ts';
import { hashLeaf } from '../../../core/audit/merkle-tree.ts';
import { formatSignatureLine, parseNote, signNote } from '../../../core/audit/signed-note.ts';
import { formatTlogProof, parseTlogProof } from '../../../core/audit/tlog-proof.ts';
import { formatVerifierKey, makeVerifierKey, parseVerifierKey } from '../../../core/audit/verifier-key.ts';

const station = generateKeyPairSync('ed25519');
const officer = generateKeyPairSync('ed25519');
const stationKey = makeVerifierKey('drydock/station-1', station.publicKey);
const officerKey = makeVerifierKey('example.org/officer', officer.publicKey, 'ed25519-cosignature');
const checkpoint = { origin: 'drydock/station-1', size: 7n, root: hashLeaf(Buffer.from('root')), extensions: [] };
const note = signCheckpoint(checkpoint, stationKey, station.privateKey);

function codeOf(text: string, keys = [stationKey]): string {
  const verified = verifyCheckpoint(Buffer.from(text), keys);
  return verified.ok ? 'ok' : verified.code;
}

test('REQ-OTA-AUD-01 a signed checkpoint has the form of the specification and verifies', () => {
  assert.match(note, /^drydock\/station-1\n7\n[A-Za-z0-9+/]{43}=\n\n— drydock\/station-1 [A-Za-z0-9+/]{91}=\n$/);
  const verified = verifyCheckpoint(Buffer.from(note), [stationKey]);
  assert.ok(verified.ok);
  assert.deepEqual(verified.value.checkpoint, checkpoint);
});

test('REQ-OTA-AUD-02 a checkpoint with any character changed does not verify', () => {
  for (let at = 0; at < note.length; at += 1) {
    const changed = `${note.slice(0, at)}${note[at] === 'x' ? 'y' : 'x'}${note.slice(at + 1)}`;
    assert.notEqual(codeOf(changed), 'ok', `character ${at}`);
  }
});

test('REQ-OTA-AUD-01 an officer cosigns a checkpoint, and both signatures verify', () => {
  const time = new Date('2026-11-22T09:00:00.999Z');
  const cosigned = cosignCheckpoint(note, officerKey, officer.privateKey, time);
  assert.ok(cosigned.ok);
  assert.ok(cosigned.value.startsWith(note));
  const verified = verifyCheckpoint(Buffer.from(cosigned.value), [stationKey, officerKey]);
  assert.ok(verified.ok);
  assert.deepEqual(
    verified.value.signatures.map(({ key, cosignedAtSeconds }) => [key.name, cosignedAtSeconds]),
    [
      ['drydock/station-1', undefined],
      ['example.org/officer', BigInt(Date.parse('2026-11-22T09:00:00Z')) / 1000n],
    ],
  );
  assert.equal(codeOf(cosigned.value), 'ok', 'a verifier who does not know the officer ignores him');

  const line = cosigned.value.trimEnd().split(' ').at(-1) ?? '';
  const bytes = Buffer.from(line, 'base64');
  bytes.writeUInt8(bytes.readUInt8(11) ^ 1, 11);
  const backdated = cosigned.value.replace(line, bytes.toString('base64'));
  assert.equal(codeOf(backdated, [stationKey, officerKey]), 'audit.note-signature-invalid');
  bytes.writeUInt8(0x80, 4);
  assert.equal(
    codeOf(cosigned.value.replace(line, bytes.toString('base64')), [officerKey]),
    'audit.note-signature-invalid',
  );
  assert.ok(!cosignCheckpoint('nothing', officerKey, officer.privateKey, time).ok);
});

test('REQ-OTA-AUD-01 a cosignature of a time beyond 2^63 - 1 does not count', () => {
  const text = note.slice(0, note.indexOf('\n\n') + 1);
  const cosign = (timeSeconds: bigint) =>
    `${text}\n${formatSignatureLine(officerKey, makeCosignature(text, timeSeconds, officer.privateKey))}`;
  assert.equal(codeOf(cosign(2n ** 63n - 1n), [officerKey]), 'ok');
  assert.equal(codeOf(cosign(2n ** 63n), [officerKey]), 'audit.note-signature-invalid');
});

test('REQ-OTA-AUD-01 a key that signed twice counts once', () => {
  const twice = verifyCheckpoint(Buffer.from(note + note.slice(note.indexOf('—'))), [stationKey]);
  assert.ok(twice.ok);
  assert.equal(twice.value.signatures.length, 1);
});

test('REQ-OTA-AUD-01 a tree size is at most 2^64 - 1', () => {
  const body = (size: string) => `log\n${size}\n${Buffer.from(checkpoint.root).toString('base64')}\n`;
  assert.ok(parseCheckpoint(body('18446744073709551615')).ok);
  assert.ok(!parseCheckpoint(body('18446744073709551616')).ok);
});

test('REQ-OTA-AUD-02 a proof file has at most 64 hashes and a mebibyte', () => {
  const proof = (lenHashes: number, text = note) =>
    parseTlogProof(
      formatTlogProof({
        index: 0n,
        hashes: Array.from({ length: lenHashes }, () => checkpoint.root),
        checkpoint: text,
        extra: null,
      }),
    );
  assert.ok(proof(64).ok);
  for (const refused of [proof(65), proof(0, 'x'.repeat(1024 * 1024))]) {
    assert.ok(!refused.ok && refused.code === 'audit.proof-malformed');
  }
});

test('REQ-OTA-AUD-02 one bad signature of a trusted key spoils a note', () => {
  const twice =
    signNote('text\n', stationKey, officer.privateKey) + signNote('text\n', stationKey, station.privateKey).slice(6);
  assert.equal(codeOf(twice), 'audit.note-signature-invalid');
});

test('REQ-OTA-AUD-01 a signed note that is no checkpoint is refused as such', () => {
  assert.equal(codeOf(signNote('hello\n', stationKey, station.privateKey)), 'audit.checkpoint-malformed');
});

const badNotes: readonly (readonly [string, string])[] = [
  ['a carriage return', note.replaceAll('\n', '\r\n')],
  ['more than 100 signatures', note + note.slice(note.indexOf('—')).repeat(100)],
  ['a signature of nothing but the key ID', note.replace(/ [A-Za-z0-9+/=]+\n$/, ' AAAAAA==\n')],
  ['base64 without padding', note.replace(/=\n$/, '\n')],
  ['a no-break space in a key name', note.replace('— drydock', '— dry\u00a0dock')],
  ['a plus in a key name', note.replace('— drydock', '— dry+dock')],
  ['more than a mebibyte', `${'x'.repeat(1024 * 1024)}\n${note}`],
];

for (const [what, text] of badNotes) {
  test(`REQ-OTA-AUD-02 a note with ${what} is refused`, () => {
    assert.equal(codeOf(text), 'audit.note-malformed');
  });
}

test('REQ-OTA-AUD-02 a note that is not UTF-8 is refused', () => {
  const parsed = parseNote(Buffer.concat([Buffer.from([0xff]), Buffer.from(note)]));
  assert.ok(!parsed.ok && parsed.code === 'audit.note-malformed');
});

test('REQ-OTA-AUD-01 a verifier key is one line that reads back, and any change of it is refused', () => {
  for (const key of [stationKey, officerKey]) {
    const line = formatVerifierKey(key);
    const parsed = parseVerifierKey(line);
    assert.ok(parsed.ok);
    assert.deepEqual([parsed.value.name, parsed.value.keyIdHex, parsed.value.type], [key.name, key.keyIdHex, key.type]);
    assert.ok(parsed.value.publicKey.equals(key.publicKey));
    for (let at = 0; at < line.length; at += 1) {
      const changed = `${line.slice(0, at)}${line[at] === 'A' ? 'B' : 'A'}${line.slice(at + 1)}`;
      assert.ok(!parseVerifierKey(changed).ok, `character ${at}`);
    }
  }
});

test('REQ-OTA-AUD-02 readers of notes, keys and proofs never throw, whatever they are given', () => {
  const proof = formatTlogProof({ index: 3n, hashes: [checkpoint.root], checkpoint: note, extra: Buffer.from('x') });
  const garble = fc.array(
    fc.tuple(fc.nat(400), fc.constantFrom('\n', '\n\n', '— ', '+', '0', '=', '\ud800', 'é', '')),
    {
      maxLength: 6,
    },
  );
  fc.assert(
    fc.property(fc.constantFrom(note, proof, formatVerifierKey(stationKey), ''), garble, (text, changes) => {
      for (const [at, insert] of changes) text = text.slice(0, at) + insert + text.slice(at + 1);
      for (const read of [
        () => verifyCheckpoint(Buffer.from(text), [stationKey]),
        () => parseTlogProof(text),
        () => parseVerifierKey(text),
      ]) {
        const result = read();
        if (!result.ok) assert.match(result.code, /^audit\./);
      }
    }),
    { seed: 2026, numRuns: 2000 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      assert.ok(!verifyCheckpoint(bytes, [stationKey]).ok);
    }),
    { seed: 2026, numRuns: 500 },
  );
});
