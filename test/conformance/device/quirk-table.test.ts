import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { dfuQuirks } from '../../../core/device/dfu/quirk.ts';

interface KnownQuirk {
  readonly device: string;
  readonly usbIds: readonly string[];
  readonly tags: readonly string[];
  readonly hostMust: string;
}

interface Answer extends Pick<KnownQuirk, 'device' | 'usbIds' | 'tags'> {
  readonly flags?: readonly string[];
  readonly reason?: string;
  /** Which protocol the quirk belongs to; `none`: what the unit speaks is neither. */
  readonly layer: 'dfu' | 'dfuse' | 'none';
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/dfu/${name}`, import.meta.url), 'utf8'));
const { quirks } = read('dfu-quirks.json') as { quirks: readonly KnownQuirk[] };
const { answers } = read('quirk-answers.json') as { answers: readonly Answer[] };

/** Facts that need no flag because every unit is treated so, or that the station has another place for. */
const TAGS_OF_FLAG: Readonly<Record<keyof typeof dfuQuirks, readonly string[]>> = {
  'poll-timeout-ignored': ['poll-timeout'],
  'version-1.1': ['force-version'],
  'version-dfuse': ['force-version'],
  'boot-loader-says-runtime': ['force-dfu-mode'],
  'same-id-in-both-modes': ['no-pid-change'],
  'no-runtime-interface': ['no-runtime'],
  'upload-broken': ['ignore-upload'],
  'detach-to-attach': ['detach-for-attach'],
  'no-bus-reset': ['no-bus-reset'],
  'extra-bus-reset': ['extra-reset'],
  'transfer-before-attach': ['attach'],
  'detach-forced-by-index': ['no-bus-reset'],
  'leaves-after-manifest': ['will-disappear', 'leave'],
  'serial-as-bytes': ['serial-encoding'],
  'layout-from-serial': ['layout-fixup'],
  'mass-erase-time-wrong': ['mass-erase'],
};

test('REQ-OTA-USB-01 each of the 46 known quirks has an answer: a flag, or a reason why none is needed', () => {
  assert.equal(quirks.length, 46);
  assert.deepEqual(
    answers.map(({ device, usbIds, tags }) => ({ device, usbIds, tags })),
    quirks.map(({ device, usbIds, tags }) => ({ device, usbIds, tags })),
  );
  for (const { device, flags = [], reason = '' } of answers) {
    assert.ok(flags.length > 0 || reason.length > 20, device);
    assert.equal(new Set(flags).size, flags.length, device);
  }
});

test('REQ-OTA-USB-01 a flag answers to a tag of the quirk, and the tags that ask for a flag get it', () => {
  for (const { device, tags, flags = [], layer } of answers) {
    for (const flag of flags) {
      assert.ok(Object.hasOwn(TAGS_OF_FLAG, flag), `${flag} of ${device} is no flag`);
      const answered = TAGS_OF_FLAG[flag as keyof typeof TAGS_OF_FLAG];
      assert.ok(
        answered.some((tag) => tags.includes(tag)),
        `${device} has no tag for ${flag}`,
      );
    }
    if (layer !== 'dfu' || tags.includes('dfuse') || tags.includes('generic')) continue;
    const answered = new Set(flags.flatMap((flag) => TAGS_OF_FLAG[flag as keyof typeof TAGS_OF_FLAG]));
    const asked = new Set(Object.values(TAGS_OF_FLAG).flat());
    for (const tag of tags) if (asked.has(tag)) assert.ok(answered.has(tag), `${device}: ${tag}`);
  }
});

test('REQ-OTA-USB-01 every flag is there for a unit that needs it, and says why and who has seen it', () => {
  const used = new Set(answers.flatMap(({ flags = [] }) => flags));
  for (const [name, { effect, reason, source }] of Object.entries(dfuQuirks)) {
    assert.ok(used.has(name), `no known unit needs ${name}`);
    for (const text of [effect, reason]) assert.match(text, /^\w.{20,}\.$/, name);
    assert.match(source, /dfu-util|fwupd/, name);
  }
});

test('REQ-OTA-USB-01 docs/device-profiles.md explains every flag', () => {
  const guide = readFileSync(new URL('../../../docs/device-profiles.md', import.meta.url), 'utf8');
  for (const name of Object.keys(dfuQuirks)) {
    assert.ok(
      guide.split('\n').some((line) => line.startsWith(`| \`${name}\` `)),
      name,
    );
  }
});
