import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { checkProfile } from '../../../core/bundle/profiles/check-profile.ts';
import { describeProfile } from '../../../core/device/profile/describe-profile.ts';
import { ProfileRegistry } from '../../../core/device/profile/profile-registry.ts';
import { findRomLoader } from '../../../core/device/profile/rom-usb-ids.ts';
import { broughtProfile } from '../../helpers/brought-profile.ts';
import { bootstrapProfile, dualBankProfile } from '../../helpers/stm32-profiles.ts';
import { sha256Of } from '../../helpers/test-bundle.ts';
import { zephyrDocument } from '../../helpers/zephyr-profile.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { checkRefusal } from '../support/check-refusal.ts';

const product = 'drydock.virtual-unit';
const shipped = readFileSync(new URL('../../../resources/profiles/drydock-virtual-unit.json', import.meta.url));
const documents = [broughtProfile(), zephyrDocument('2.5'), zephyrDocument('next'), dualBankProfile, bootstrapProfile];

/** What is accepted names what the bytes say to any JSON reader, is for the bundle's product, and for no ROM boot loader. */
export const target: FuzzTarget = {
  seeds: () => [shipped, ...documents.map((document) => Buffer.from(JSON.stringify(document)))],
  shapes: ['json'],
  dictionary: [
    '"scheme"',
    '"mcuboot"',
    '"drydock-info"',
    '"dfuse-dual-bank"',
    '"0483"',
    '"df11"',
    '"quirks"',
    '"upload-broken"',
    '3600001',
    '-0',
    '1e400',
    'null',
  ],
  run(input) {
    const listed = { file: 'profiles/unit.json', len: Math.max(1, input.length), hash: sha256Of(input) };
    const profile = checkProfile({ listed, bytes: input }, product);
    checkRefusal(profile);
    if (!profile.ok) return;
    const { id, scheme, name, deadlines } = profile.value;
    const said = JSON.parse(Buffer.from(input).toString('utf8')) as Record<string, unknown>;
    assert.deepEqual([said['id'], said['scheme'], said['name'], said['product']], [id, scheme, name, product]);
    assert.deepEqual(said['deadlines'], deadlines);
    assert.ok(scheme === 'drydock-info' || scheme === 'mcuboot', scheme);
    const source = { kind: 'file', file: listed.file, sha256: listed.hash } as const;
    const { usbIds } = describeProfile({ profile: profile.value, source });
    assert.ok(usbIds.every((usbId) => /^[0-9a-f]{4}:[0-9a-f]{4}$/.test(usbId) && findRomLoader(usbId) === null));
    checkRefusal(ProfileRegistry.create([profile.value], [source]));
  },
};
