import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { sha256Of } from '../../helpers/test-bundle.ts';
import { demoPki, signedImage, VirtualDepot } from '../../helpers/virtual-depot.ts';

test('REQ-OTA-SIG-01 an approved bundle whose first signer is no longer trusted installs again once it is imported under a new signature', async (t) => {
  const depot = await VirtualDepot.set(t);
  const recipe = { images: [{ bytes: signedImage(2) }] };
  const digest = await depot.approved(recipe);
  await depot.pinRoot(demoPki.strangerRootPem);
  await depot.call('administrator', 'trust.remove-anchor', {
    fingerprintSha256: sha256Of(new X509Certificate(demoPki.rootPem).raw),
  });
  const again = await depot.call('administrator', 'bundle.import', {
    path: depot.bundle({ ...recipe, signer: demoPki.stranger }),
  });
  assert.deepEqual([again.bundle.digest, again.alreadyPresent], [digest, true]);
  assert.equal((await depot.update(digest)).state, 'confirmed');
});
