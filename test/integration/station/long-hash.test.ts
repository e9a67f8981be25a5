import assert from 'node:assert/strict';
import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { signedImage, VirtualDepot } from '../../helpers/virtual-depot.ts';
import { zephyrDocument, zephyrOrder } from '../../helpers/zephyr-profile.ts';

/** Boot loaders that are built for another hash than SHA-256, as their keys say. */
const loaders = [
  { what: 'SHA-384 with ECDSA P-384', keyFile: 'root-ec-p384.pem', digits: 96 },
  { what: 'SHA-512 with Ed25519', keyFile: 'root-ed25519.pem', digits: 128 },
] as const;
const schemes = [
  { scheme: 'drydock-info', unit: {}, profiles: [] },
  {
    scheme: 'mcuboot',
    unit: { ...zephyrOrder('legacy'), busReset: 'boots' as const },
    profiles: [zephyrDocument('legacy', { resetBy: 'bus-reset' })],
  },
] as const;

for (const { what, keyFile, digits } of loaders) {
  for (const { scheme, unit, profiles } of schemes) {
    test(`REQ-OTA-VER-01 REQ-OTA-TST-01 REQ-OTA-RPT-01 scheme ${scheme}: a unit whose boot loader wants ${what} is updated and known by that hash, and its report verifies`, async (t) => {
      const signingKey = createPrivateKey(
        readFileSync(new URL(`../../fixtures/mcuboot/keys/${keyFile}`, import.meta.url)),
      );
      const key = createPublicKey(signingKey);
      const imagePublicKey = key.export({ format: 'pem', type: 'spki' }).toString();
      const image = (securityCounter: number) => signedImage(securityCounter, { signingKey });
      const depot = await VirtualDepot.set(t, [{ ...unit, imagePublicKey, factoryImage: image(1) }], { profiles });
      await depot.call('administrator', 'trust.pin-image-key', {
        publicKey: imagePublicKey,
        label: what,
        products: ['*'],
        typedFingerprint: createHash('sha256')
          .update(key.export({ format: 'der', type: 'spki' }))
          .digest('hex'),
      });

      const job = await depot.update(await depot.approved({ images: [{ bytes: image(2) }] }));
      assert.equal(job.state, 'confirmed', `${String(job.code)}: ${String(job.reason)}`);
      assert.deepEqual([job.bootHashBefore?.length, job.bootHash?.length], [digits, digits]);
      const state = await depot.call('technician', 'device.read', { position: '1-1', enterUpdateMode: true });
      assert.equal(state.slots.find(({ role }) => role === 'running')?.hash, job.bootHash);

      const folder = join(depot.folder, 'report');
      mkdirSync(folder);
      // The station refuses to write a report whose evidence does not verify.
      await depot.call('auditor', 'report.export', { jobId: job.id, folder, paper: 'A4' });
    });
  }
}
