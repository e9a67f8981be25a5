import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { DeviceProfile } from '../../../core/device/profile/profile.ts';
import { parseProfile } from '../../../core/device/profile/parse-profile.ts';

const text = readFileSync(new URL('../../../docs/device-profiles.md', import.meta.url), 'utf8');
const examples = [...text.matchAll(/```json\n([^`]+)```/g)].map(([, json = '']) => json);

test('REQ-OTA-USB-01 each scheme is documented with an example that a station reads', () => {
  const schemes = examples.map((json) => {
    const profile = parseProfile(Buffer.from(json), 'example.json');
    assert.ok(profile.ok, profile.ok ? '' : profile.reason);
    return profile.value.scheme;
  });
  const known = DeviceProfile.options.map((form) => form.entries.scheme.literal);
  assert.deepEqual(schemes.sort(), [...known].sort());
});

test('REQ-OTA-USB-01 each field of the examples is explained', () => {
  for (const json of examples) {
    for (const field of Object.keys(JSON.parse(json) as object)) {
      assert.ok(new RegExp(`^\\| \`${field}\` `, 'm').test(text) || text.includes(`\`${field}\`,`), field);
    }
  }
});
