import type { SelfTestView } from '../../../contract/schema/device.ts';
import { confirmedMoves, manifest, type StoryOptions } from './station-fixture.ts';

/** Name and finding of each check. */
export const simpleChecks = [
  ['bundle', 'Acme Infusion Pump 300 mobile, release 2.4.0, change CC-2026-0117.'],
  ['signature', 'Signed by Example Medical release signing (demo, do not trust), until 2124-12-31.'],
  ['expiry', 'The bundle is valid until 2027-10-01T08:00:00Z.'],
  ['unit', 'acme.infusion-pump, hardware pump-a, serial PMP-300-00417, at position 1-2.4.'],
  ['unit-settled', 'The running image (security counter 3) is confirmed and no swap is pending.'],
  ['compatible', 'Hardware pump-a is among pump-a; 262144 bytes go to image-1 of 524288 bytes.'],
  ['stored-image', "262144 bytes with the manifest's SHA-256; the image's own signature is valid."],
  ['policy', 'The policy for all products is in force (5f2acb4f…).'],
  ['update-window', 'Updates are allowed at any time.'],
  ['executor', 'Ana María Ruiz (technician) may execute updates of this product.'],
  ['anti-rollback', 'From security counter 3 to 7: an upgrade.'],
  ['approvals', 'Approved by Jo Park (6fa61784…); valid until 2026-12-22T09:00:00.425Z.'],
  ['read-back', '262144 bytes read back from the staging slot; their SHA-256 is the manifest’s.'],
  ['contact-after-reset', 'The unit is back at position 1-2.4 with serial PMP-300-00417.'],
  ['running-version', 'The unit runs security counter 7, image hash ef98e534…, as it says itself.'],
  ['self-test', '4 of 4 tests passed.'],
  ['permanent', 'The new image is marked permanent.'],
] as const;

/** Name and detail of each self-test. */
export const simpleSelfTests = [
  ['flash-crc', 'image hash matches'],
  ['pump-motor', '20 % duty: 412 rpm'],
  ['air-detector', 'clear 1.91 V, bubble 0.22 V'],
  ['battery', '12.4 V under load'],
] as const;

type Moves = NonNullable<StoryOptions['moves']>;

const toTesting: Moves = [
  ['staging', {}],
  ['staged', {}],
  ['activating', {}],
  ['testing', {}],
];

/** The moves from `ready` to the end of a job that went well. */
export const confirmation: Moves = [...toTesting, ['confirmed', { versionAfter: 7, selfTest: selfTestOf(() => true) }]];

/** The same of one whose unit put its old firmware back. */
export const reversion: Moves = [
  ...toTesting,
  ['reverting', { code: 'update.self-test-failed', reason: 'The new firmware failed its self-test (pump-motor).' }],
  ['reverted', { versionAfter: 3, selfTest: selfTestOf((name) => name !== 'pump-motor') }],
];

/**
 * A simple job: one approval, and as many checks, self-tests and events as a job of `drydock demo` has, in words as long. The
 * checks are of `checkedAt`.
 */
export function simpleStory(
  ending: Moves,
  options: StoryOptions = {},
  checkedAt = '2026-11-22T09:00:13Z',
): StoryOptions {
  const checks = simpleChecks.map(([name, detail]) => ({ name, passed: true, detail, at: checkedAt }));
  const opening: Moves = confirmedMoves.slice(0, 1).map(([to, change]) => [to, { ...change, checks }]);
  return {
    training: true,
    passwordsSet: true,
    manifest: { ...manifest, product: { ...manifest.product, name: 'Acme Infusion Pump 300 mobile' } },
    moves: [...opening, ...ending],
    ...options,
  };
}

function selfTestOf(passes: (name: string) => boolean): SelfTestView {
  const results = simpleSelfTests.map(([name, detail]) => ({ name, passed: passes(name), detail }));
  return { state: results.every(({ passed }) => passed) ? 'passed' : 'failed', results };
}
