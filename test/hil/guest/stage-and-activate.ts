import assert from 'node:assert/strict';
import type { UpdateTarget } from '../../../core/device/update-target.ts';
import { codeOf, ignore, streamOf } from '../../integration/device/virtual-station.ts';

/** Brings an image onto a unit and into its trial boot; each step must be accepted. */
export async function stageAndActivate(target: UpdateTarget, image: Uint8Array): Promise<void> {
  assert.equal(codeOf(await target.enterUpdateMode()), 'accepted');
  assert.equal(codeOf(await target.stage('application', streamOf(image), image.byteLength, ignore)), 'accepted');
  assert.equal(codeOf(await target.markPending('application')), 'accepted');
  assert.equal(codeOf(await target.reboot(120_000)), 'accepted');
}
