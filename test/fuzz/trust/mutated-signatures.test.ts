import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { oid } from '../../../core/trust/oid.ts';
import { verifyChain } from '../../../core/trust/verify-chain.ts';
import { type VerifiedCms, verifyCms } from '../../../core/trust/verify-cms.ts';
import { parseCrl } from '../../../core/trust/x509/crl.ts';
import { now } from '../../unit/trust/support/chain-case.ts';
import { certificate, crl, fixtureFile } from '../../unit/trust/support/fixture.ts';

const content = fixtureFile('cms/content.bin');
const rootsDer = ['root', 'rooted'].map(certificate);
const files = ['p256', 'keyid', 'cades', 'two', 'ed25519', 'rsa-pss'].map((name) => fixtureFile(`cms/${name}.der`));
const settings = { seed: 20_261_122, numRuns: 400 };

function verify(cms: Uint8Array): ReturnType<typeof verifyCms> {
  return verifyCms({ cms, content, rootsDer, crlsDer: [], at: now, eku: oid.codeSigning });
}

/** Replaces, cuts out or puts in a few bytes anywhere. */
interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly insert: Uint8Array;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  remove: fc.nat({ max: 3 }),
  insert: fc.uint8Array({ maxLength: 3 }),
});

function apply(bytes: Buffer, { at, remove, insert }: Edit): Buffer {
  const offset = Math.floor(at * bytes.length);
  return Buffer.concat([bytes.subarray(0, offset), insert, bytes.subarray(offset + remove)]);
}

/** Who signed, as far as Drydock acts on it. */
function meaning(result: VerifiedCms): string[] {
  return result.signers.map(({ fingerprintSha256, publicKeySha256, signingTime }) =>
    [fingerprintSha256, publicKeySha256, signingTime?.toISOString() ?? ''].join(' '),
  );
}

test('REQ-OTA-SIG-01 an edited CMS file is refused, or still means the same; nothing throws', () => {
  fc.assert(
    fc.property(fc.constantFrom(...files), fc.array(edit, { minLength: 1, maxLength: 3 }), (file, edits) => {
      const result = verify(edits.reduce(apply, file));
      if (!result.ok) {
        assert.match(result.code, /^trust\./);
        return;
      }
      const original = verify(file);
      assert.ok(original.ok);
      // Certificates that are not the signer's, and what stands unsigned around the signature, may change without a change in meaning.
      assert.deepEqual(meaning(result), meaning(original));
    }),
    settings,
  );
});

test('REQ-OTA-SIG-01 every flipped bit in the signed attributes and the signature is noticed', () => {
  const [file = Buffer.alloc(0)] = files;
  const signed = file.subarray(file.lastIndexOf(Buffer.from('06092a864886f70d010903', 'hex')));
  const start = file.length - signed.length;
  fc.assert(
    fc.property(fc.integer({ min: start, max: file.length - 1 }), fc.nat({ max: 7 }), (at, bit) => {
      const changed = Buffer.from(file);
      changed[at] = (changed[at] ?? 0) ^ (1 << bit);
      assert.equal(verify(changed).ok, false);
    }),
    settings,
  );
});

test('REQ-OTA-SIG-02 every flipped bit of a signer’s certificate is noticed', () => {
  const leafDer = certificate('leaf');
  fc.assert(
    fc.property(fc.nat({ max: leafDer.length - 1 }), fc.nat({ max: 7 }), (at, bit) => {
      const changed = Buffer.from(leafDer);
      changed[at] = (changed[at] ?? 0) ^ (1 << bit);
      const input = {
        leafDer: changed,
        intermediatesDer: [certificate('ica')],
        rootsDer,
        crlsDer: [],
        at: now,
        eku: oid.codeSigning,
      };
      assert.equal(verifyChain(input).ok, false);
    }),
    settings,
  );
});

test('REQ-OTA-SIG-01 arbitrary bytes are refused and throw nothing', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      assert.equal(verify(bytes).ok, false);
      assert.equal(parseCrl(bytes).ok, false);
    }),
    settings,
  );
});

test('REQ-OTA-SIG-02 an edited CRL never makes a revoked certificate pass as listed by its issuer', () => {
  const list = crl('ica-revokes-leaf');
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 2 }), (edits) => {
      const crlsDer = [edits.reduce(apply, list), list];
      const result = verifyChain({
        leafDer: certificate('leaf'),
        intermediatesDer: [certificate('ica')],
        rootsDer,
        crlsDer,
        at: now,
        eku: oid.codeSigning,
      });
      assert.equal(result.ok, false);
    }),
    settings,
  );
});

test('REQ-OTA-SIG-02 intermediates that certify each other in every combination end in a refusal', () => {
  const names = [
    'circle-a',
    'circle-b',
    'circle-a0',
    'circle-b0',
    'ica',
    'ica-again',
    'ica-old',
    'ica-cross',
    'ica-deep',
    'ica-rekeyed',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...names), { maxLength: 60 }), (via) => {
      const input = {
        leafDer: certificate('leaf-circle'),
        intermediatesDer: via.map(certificate),
        rootsDer,
        crlsDer: [],
        at: now,
        eku: oid.codeSigning,
      };
      assert.equal(verifyChain(input).ok, false);
    }),
    { ...settings, numRuns: 40 },
  );
});
