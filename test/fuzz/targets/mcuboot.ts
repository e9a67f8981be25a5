import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { verifyMcubootHash } from '../../../core/mcuboot/verify-hash.ts';
import { verifyMcubootImage } from '../../../core/mcuboot/verify-image.ts';
import { parseMcubootImage } from '../../../core/mcuboot/parse-image.ts';
import { readSlotTrailer } from '../../../core/mcuboot/trailer.ts';
import { fixtureKeyPem, sha256Of } from '../../helpers/test-bundle.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { checkRefusal } from '../support/check-refusal.ts';

const folder = new URL('../../fixtures/mcuboot/signed/', import.meta.url);
const images = readdirSync(folder)
  .sort()
  .map((name) => readFileSync(new URL(name, folder)));
const keys = ['root-ec-p256', 'root-ec-p384', 'root-ed25519', 'root-ed25519-2', 'root-rsa-2048', 'root-rsa-3072'].map(
  (name) => createPublicKey(fixtureKeyPem(name)).export({ format: 'der', type: 'spki' }),
);
const signedContents = new Set(images.flatMap((image) => signedContent(image) ?? []));

/** An accepted image is, as far as it is signed, one that was signed. */
export const target: FuzzTarget = {
  seeds: () => images,
  shapes: [],
  dictionary: ['3db8f396', '0769', '0869', '77c295f360d2ef7f3552500f2cb67980', '50000400', '10002000'].map((hex) =>
    Buffer.from(hex, 'hex'),
  ),
  run(input) {
    checkRefusal(parseMcubootImage(input));
    checkRefusal(verifyMcubootHash(input));
    readSlotTrailer(input);
    const content = signedContent(input);
    if (content !== null) assert.ok(signedContents.has(content), 'nobody signed this image');
  },
};

/** SHA-256 of header, body and protected TLVs of an image that verifies, null of any other. */
function signedContent(image: Uint8Array): string | null {
  const verified = verifyMcubootImage({ image, keys });
  checkRefusal(verified);
  return verified.ok ? sha256Of(image.subarray(0, verified.value.image.hashedBytes)) : null;
}
