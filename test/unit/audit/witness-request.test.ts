import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { signCheckpoint } from '../../../core/audit/checkpoint.ts';
import { makeVerifierKey, parseVerifierKey, formatVerifierKey } from '../../../core/audit/verifier-key.ts';
import { checkWitnessRequest, type WitnessedLog } from '../../../core/audit/witness/check-request.ts';
import { parseWitnessRequest } from '../../../core/audit/witness/witness-request.ts';
import { mth, subproof } from '../../helpers/rfc6962.ts';

const origin = 'drydock/other';
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const key = makeVerifierKey(origin, publicKey);
const leaves = Array.from({ length: 9 }, (_, index) => Buffer.from(`event ${index}`));
const base64 = (hash: Uint8Array): string => Buffer.from(hash).toString('base64');

interface Wish {
  readonly old?: number | string;
  readonly size?: number | bigint;
  readonly root?: Uint8Array;
  readonly proof?: readonly Uint8Array[];
  readonly signer?: typeof privateKey;
  readonly name?: string;
}

/** A request as the log would write it, but for what is wished; proof and root by the recursion of RFC 6962. */
function request(wish: Wish = {}): Buffer {
  const { old = 4, size = 9, signer = privateKey, name = origin } = wish;
  const proof =
    wish.proof ?? (typeof old === 'number' && old > 0 ? subproof(old, leaves.slice(0, Number(size)), true) : []);
  const root = wish.root ?? mth(leaves.slice(0, Number(size)));
  const note = signCheckpoint({ origin: name, size: BigInt(size), root, extensions: [] }, key, signer);
  return Buffer.from([`old ${old}`, ...proof.map(base64), '', note].join('\n'));
}

function answer(file: Uint8Array, cosigned: number | null = 4, root = mth(leaves.slice(0, cosigned ?? 0))): string {
  const parsed = parseWitnessRequest(file);
  if (!parsed.ok) return parsed.code;
  const latest: WitnessedLog | null = cosigned === null ? null : { origin, size: cosigned, root };
  const checked = checkWitnessRequest(parsed.value, [key], (asked) => (asked === origin ? latest : null));
  return checked.ok ? `from ${checked.value.from} to ${checked.value.size}` : checked.code;
}

test('REQ-OTA-AUD-01 a witness cosigns what continues its last cosignature, at each size', () => {
  for (let size = 1; size <= leaves.length; size += 1) {
    assert.equal(answer(request({ old: 0, size }), null), `from 0 to ${size}`);
    for (let old = 1; old <= size; old += 1) {
      assert.equal(answer(request({ old, size }), old), `from ${old} to ${size}`);
    }
  }
});

test('REQ-OTA-AUD-01 a log that was put back, or has two histories, is named as such whatever its request says', () => {
  for (const old of [0, 3]) assert.equal(answer(request({ old, size: 3 })), 'audit.witness-rollback');
  const root = randomBytes(32);
  for (const old of [0, 4]) {
    assert.equal(answer(request({ old, size: 4, root, proof: [] })), 'audit.witness-fork', `old ${old}`);
  }
  assert.equal(answer(request({ size: 9, root })), 'audit.witness-proof-invalid');
  assert.equal(answer(request(), 4, randomBytes(32)), 'audit.witness-proof-invalid');
});

test('REQ-OTA-AUD-01 a request that begins elsewhere, or proves nothing, is not cosigned', () => {
  for (const old of [0, 3, 5]) assert.equal(answer(request({ old })), 'audit.witness-stale', `old ${old}`);
  assert.equal(answer(request({ old: 4, size: 4 }), 9), 'audit.witness-rollback');
  assert.equal(answer(request(), null), 'audit.witness-stale');
  const proof = subproof(4, leaves, true);
  assert.ok(proof.length > 0);
  for (const wrong of [[], proof.slice(1), [...proof, randomBytes(32)], [randomBytes(32), ...proof.slice(1)]]) {
    assert.equal(answer(request({ proof: wrong })), 'audit.witness-proof-invalid');
  }
  assert.equal(answer(request({ old: 0, proof }), null), 'audit.witness-proof-invalid', 'a first proof is empty');
  assert.equal(answer(request({ old: 4, size: 4, proof })), 'audit.witness-proof-invalid', 'of one size, too');
});

test('REQ-OTA-AUD-01 only the confirmed key of the log speaks for it', () => {
  const stranger = generateKeyPairSync('ed25519');
  assert.equal(answer(request({ signer: stranger.privateKey })), 'audit.note-signature-invalid');
  assert.equal(answer(request({ name: 'drydock/third' })), 'audit.witness-log-unknown');
  const own = makeVerifierKey(origin, stranger.publicKey);
  const note = signCheckpoint({ origin, size: 9n, root: mth(leaves), extensions: [] }, own, stranger.privateKey);
  assert.equal(answer(Buffer.from(`old 0\n\n${note}`), null), 'audit.note-untrusted');
  // The key of a witness of the same name and bytes is none of a log.
  const cosigner = parseVerifierKey(formatVerifierKey(makeVerifierKey(origin, publicKey, 'ed25519-cosignature')));
  const parsed = parseWitnessRequest(request());
  assert.ok(cosigner.ok && parsed.ok);
  const checked = checkWitnessRequest(parsed.value, [cosigner.value], () => null);
  assert.equal(checked.ok ? null : checked.code, 'audit.witness-log-unknown');
});

test('REQ-OTA-AUD-01 what is no request is refused, within bounds', () => {
  const note = request().toString().split('\n\n').slice(1).join('\n\n');
  const hash = base64(randomBytes(32));
  const malformed: Readonly<Record<string, string | Buffer>> = {
    nothing: '',
    'a checkpoint alone': note,
    'no old size': `${hash}\n\n${note}`,
    'a leading zero': `old 04\n\n${note}`,
    'a negative size': `old -1\n\n${note}`,
    'more than 20 digits': `old ${'1'.repeat(21)}\n\n${note}`,
    'a line that is no base64': `old 4\n!\n\n${note}`,
    'a short hash': `old 4\n${base64(randomBytes(31))}\n\n${note}`,
    'a carriage return': `old 4\r\n\r\n${note}`,
    '64 hashes': `old 4\n${`${hash}\n`.repeat(64)}\n${note}`,
    'too many bytes': `old 0\n\n${note}${`— other ${base64(Buffer.alloc(600))}\n`.repeat(90)}`,
    'old above the checkpoint': request({ old: 10, proof: [] }),
    'no event': request({ old: 0, size: 0, root: mth([]), proof: [] }),
    'more events than can be counted': request({ old: 0, size: 2n ** 53n, root: randomBytes(32), proof: [] }),
    'a name that no event has room for': request({ name: 'x'.repeat(1025) }),
  };
  for (const [what, file] of Object.entries(malformed)) {
    assert.equal(answer(Buffer.from(file), null), 'audit.witness-request-malformed', what);
  }
  assert.equal(answer(Buffer.from(`old 4\n${`${hash}\n`.repeat(63)}\n${note}`)), 'audit.witness-proof-invalid');
  assert.equal(answer(Buffer.from('old 4\n\nno note')), 'audit.note-malformed');
  assert.equal(answer(Buffer.from('old 4\n\nsome text\n\n— name AAAAAAAA\n')), 'audit.checkpoint-malformed');
});
