import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ComponentComparison, ImageSide } from '../../../../contract/schema/bundle-comparison.ts';
import {
  describeComparison,
  describeComponents,
  describeInstalled,
} from '../../../../cli/terminal/describe-comparison.ts';
import { describeApprovalState } from '../../../../cli/terminal/describe-approval-state.ts';

const digest = 'a'.repeat(64);
const side = (version: number, sha = 'b'): ImageSide => ({
  ...{ file: 'images/app', version, lenBytes: 1, sha256: sha.repeat(64), keySha256: null },
});
const image = (from: ImageSide | null, to: ImageSide | null, isSame = false) => ({
  ...{ slot: 'application', hardware: ['a', 'b'], from, to, isSame },
});

test('each kind of change of an image has its own sentence', () => {
  const lines = describeComparison({
    ...{ digest, against: digest, documents: [], hardwareAdded: ['c'], hardwareRemoved: [], profilesChanged: true },
    images: [
      image(side(3), side(4)),
      image(side(3), side(3, 'c')),
      image(side(3), side(3), true),
      image(null, side(1)),
      image(side(1), null),
      image(side(3), { ...side(4), keySha256: digest }),
    ],
  });
  const [, ...rest] = lines.map((line) => line.trim());
  assert.deepEqual(rest, [
    'image     application for a, b: version 3 becomes 4',
    'image     application for a, b: another image under the same version 3',
    'image     application for a, b: version 3, the same image bit for bit',
    'image     application for a, b: new, version 1',
    'image     application for a, b: not part of it any more',
    'image     application for a, b: version 3 becomes 4, signed with another image key',
    'hardware  new: c',
    'profiles  the device profiles are other ones',
  ]);
});

test('components that changed are listed up to a bound, and nothing of them can pass for our words', () => {
  const compared: ComponentComparison = {
    ...{ hasSbom: true, againstHasSbom: true, omitted: 0 },
    lines: [
      {
        name: 'zl\u001b[2Jib',
        from: { version: '1', licence: null },
        to: { version: '2', licence: null },
        change: 'version',
      },
      { name: 'a', from: { version: '1', licence: 'MIT' }, to: { version: '1', licence: null }, change: 'licence' },
      { name: 'b', from: null, to: { version: null, licence: null }, change: 'added' },
      { name: 'c', from: { version: '1', licence: null }, to: { version: '1', licence: null }, change: 'same' },
    ],
    counts: { added: 1, removed: 0, version: 1, licence: 1, same: 1, listed: 0 },
  };
  const text = describeComponents(compared).join('\n');
  assert.ok(!text.includes('\u001b[2J'));
  assert.match(text, /1 added, 0 removed, 1 of another version/);
  assert.match(text, /licence +a {2}MIT → no licence stated/);
  assert.match(text, /added +b {2}no version stated/);
  assert.doesNotMatch(text, /same +c/);
  const [line] = compared.lines;
  assert.ok(line);
  const many = describeComponents({ ...compared, lines: Array.from({ length: 60 }, () => line), omitted: 7 });
  assert.match(many.at(-1) ?? '', /and 27 more/);
  assert.deepEqual(describeComponents({ ...compared, hasSbom: false }), ['The bundle brings no SBOM.']);
});

test('what units run is told in plain words, also where nothing is known', () => {
  const none = { product: 'acme.pump', versions: [], unknown: 0, isWhole: true, suggested: null };
  assert.match(describeInstalled(none).join('\n'), /No unit of the product was updated at this station yet/);
  const version = { version: 3, bundle: null, units: 2, atBench: 1, serials: [], step: 'lower' as const };
  const text = describeInstalled({ ...none, versions: [version], unknown: 4, isWhole: false }).join('\n');
  assert.match(text, /2 at version 3 \(1 at the bench\): the bundle is older: a downgrade/);
  assert.match(text, /4 of which nobody knows/);
});

test('REQ-OTA-POL-01 only approvals that are complete are called complete', () => {
  const of = { bundleDigest: digest };
  const waiting = describeApprovalState({ ...of, state: 'waiting', required: 2, given: 1, limited: 3, ended: 0 });
  assert.equal(waiting, '1 of 2 approvals for every unit; 3 more for single units or work orders');
  const ended = describeApprovalState({ ...of, state: 'waiting', required: 1, given: 0, limited: 0, ended: 1 });
  assert.equal(ended, '0 of 1 approvals for every unit; 1 ended by time');
  const others = [
    describeApprovalState({ ...of, state: 'expired' }),
    describeApprovalState({ ...of, state: 'no-policy', reason: 'None.' }),
    waiting,
  ];
  assert.ok(others.every((text) => !text.includes('complete')));
  assert.match(
    describeApprovalState({ ...of, state: 'complete', required: 0, until: null }),
    /complete.*none is needed/,
  );
});
