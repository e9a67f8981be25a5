import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseProfile } from '../../../../core/device/profile/parse-profile.ts';
import { dualBankProfile } from '../../../helpers/stm32-profiles.ts';

const parse = (changes: object) =>
  parseProfile(Buffer.from(JSON.stringify({ ...dualBankProfile, ...changes })), 'own.json');

function refusedAt(changes: object): unknown {
  const profile = parse(changes);
  return profile.ok ? 'accepted' : profile.detail?.['field'];
}

test('REQ-OTA-USB-01 a profile of a dual-bank part describes its option bit, or says that it is hidden', () => {
  const { optionBit } = dualBankProfile;
  for (const given of [optionBit, 'hidden']) assert.ok(parse({ optionBit: given }).ok);
  assert.equal(refusedAt({ optionBit: 'visible' }), 'optionBit');
  assert.equal(refusedAt({ optionBit: { ...optionBit, bit: 32 } }), 'optionBit.bit');
  assert.equal(refusedAt({ optionBit: undefined }), 'optionBit');
  assert.equal(refusedAt({ optionBit: 'hidden', imageOffset: 7 }), 'imageOffset');
  assert.equal(refusedAt({ imageOffset: 0 }), 'accepted');
});

test('REQ-OTA-APP-01 without a word of the part, no more than 128 KiB of RAM are counted on', () => {
  const least = parse({});
  assert.ok(least.ok && least.value.scheme === 'dfuse-dual-bank');
  assert.deepEqual(least.value.stackPointers, { startAddress: 0x2000_0000, sizeBytes: 0x2_0000 });
  const more = parse({ stackPointers: { startAddress: '0x20000000', sizeBytes: 655_360 } });
  assert.ok(more.ok && more.value.scheme === 'dfuse-dual-bank');
  assert.equal(more.value.stackPointers.sizeBytes, 655_360);
  assert.equal(refusedAt({ stackPointers: { startAddress: '0x2000', sizeBytes: 1 } }), 'stackPointers.startAddress');
});
