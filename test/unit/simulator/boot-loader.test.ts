import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import test from 'node:test';
import { boot, type BootOutcome } from '../../../simulator/boot-loader/boot.ts';
import { formatVersion, parseHeader, parseImage, readSecurityCounter } from '../../../simulator/boot-loader/image.ts';
import { confirmRunning, markPending } from '../../../simulator/boot-loader/mark.ts';
import { findInterruptedSwap, isBegun } from '../../../simulator/boot-loader/swap-status.ts';
import { nextSwapType } from '../../../simulator/boot-loader/swap-type.ts';
import { layOutTrailer, trailerMagic } from '../../../simulator/boot-loader/trailer-layout.ts';
import { readTrailer, writeImageOk, type TrailerState } from '../../../simulator/boot-loader/trailer.ts';
import { PowerCutError } from '../../../simulator/flash.ts';
import { buildImage } from '../../../simulator/image-builder.ts';
import { installConfirmed, makeSmallUnit, signingKeys, writeImage, type SmallUnit } from './small-unit.ts';

const signingKey = signingKeys.privateKey;
const oldImage = buildImage({ version: '1.0.0+1', securityCounter: 3, bodyBytes: 900, signingKey });
const newImage = buildImage({ version: '2.0.0+1', securityCounter: 4, bodyBytes: 1200, signingKey });

function runningVersion(outcome: BootOutcome): string | undefined {
  return outcome.image && formatVersion(outcome.image.header.version);
}

function makePending(staged: Uint8Array = newImage, counter = 3): SmallUnit {
  const unit = makeSmallUnit({ counter });
  installConfirmed(unit, oldImage);
  writeImage(unit.loader.secondary, staged);
  markPending(unit.loader.secondary);
  return unit;
}

test('REQ-OTA-USB-02 the trailer lies where MCUboot has it: E-16, E-24, E-32, E-40, E-48 for 8-byte alignment', () => {
  const end = 0x80000;
  const layout = layOutTrailer(end, { maxAlignBytes: 8, writeBytes: 8, maxSectors: 128 });
  assert.deepEqual(
    [layout.magicOffset, layout.imageOkOffset, layout.copyDoneOffset, layout.swapInfoOffset, layout.swapSizeOffset],
    [end - 16, end - 24, end - 32, end - 40, end - 48],
  );
  for (const [writeBytes, lenBytes] of [
    [1, 432],
    [4, 1584],
    [8, 3120],
  ] as const) {
    assert.equal(layOutTrailer(end, { maxAlignBytes: 8, writeBytes, maxSectors: 128 }).lenBytes, lenBytes);
  }
});

test('REQ-OTA-USB-02 the trailer magic is MCUboot’s for 8-byte and for 32-byte alignment', () => {
  assert.equal(Buffer.from(trailerMagic(8)).toString('hex'), '77c295f360d2ef7f3552500f2cb67980');
  assert.equal(Buffer.from(trailerMagic(32)).toString('hex'), '20002de15d29410b8d77679c110f1f8a');
  assert.equal(layOutTrailer(1024, { maxAlignBytes: 32, writeBytes: 32, maxSectors: 1 }).imageOkOffset, 1024 - 64);
});

test('REQ-OTA-USB-02 marking pending writes the magic and swap_info, confirming writes 01: byte by byte', () => {
  const unit = makePending();
  const { area } = unit.loader.secondary;
  const tail = Buffer.from(area.read(area.sizeBytes - 40, 40)).toString('hex');
  assert.equal(tail, `02${'ff'.repeat(7)}${'ff'.repeat(16)}77c295f360d2ef7f3552500f2cb67980`);
  boot(unit.loader);
  confirmRunning(unit.loader.primary);
  const primary = unit.loader.primary.area;
  const flags = Buffer.from(primary.read(primary.sizeBytes - 40, 40)).toString('hex');
  const flag = `01${'ff'.repeat(7)}`;
  assert.equal(flags, `02${'ff'.repeat(7)}${flag}${flag}77c295f360d2ef7f3552500f2cb67980`);
});

test('REQ-OTA-USB-02 the image builder writes header and TLVs as imgtool does', () => {
  assert.equal(newImage.subarray(0, 4).toString('hex'), '3db8f396');
  assert.equal(newImage.readUInt16LE(8), 32);
  assert.equal(newImage.readUInt16LE(10), 12);
  assert.equal(newImage.readUInt32LE(12), 1200);
  assert.deepEqual(parseHeader(newImage)?.version, { major: 2, minor: 0, revision: 0, build: 1 });
  const parsed = parseImage(newImage);
  assert.ok(parsed.ok);
  assert.deepEqual(
    parsed.image.tlvs.map((tlv) => tlv.type),
    [0x50, 0x10, 0x01, 0x22],
  );
  assert.equal(readSecurityCounter(parsed.image), 4);
  assert.equal(parsed.image.lenBytes, newImage.length);
});

test('REQ-OTA-USB-02 the swap type follows MCUboot’s table, first match first', () => {
  const unset: TrailerState = { magic: 'unset', imageOk: 'unset', copyDone: 'unset', swapType: 'none' };
  const tried: TrailerState = { ...unset, magic: 'good', copyDone: 'set' };
  assert.equal(nextSwapType(unset, unset), 'none');
  assert.equal(nextSwapType(tried, { ...unset, magic: 'good' }), 'test');
  assert.equal(nextSwapType(tried, { ...unset, magic: 'good', imageOk: 'set' }), 'perm');
  assert.equal(nextSwapType(tried, unset), 'revert');
  assert.equal(nextSwapType(tried, { ...unset, magic: 'bad' }), 'revert');
  assert.equal(nextSwapType({ ...tried, imageOk: 'set' }, unset), 'none');
  assert.equal(nextSwapType({ ...tried, copyDone: 'unset' }, unset), 'none');
});

test('REQ-OTA-APP-03 trial, confirm, stay', () => {
  const unit = makePending();
  const trial = boot(unit.loader);
  assert.deepEqual([runningVersion(trial), trial.swapType], ['2.0.0+1', 'test']);
  assert.ok(confirmRunning(unit.loader.primary));
  const next = boot(unit.loader);
  assert.deepEqual([runningVersion(next), next.swapType], ['2.0.0+1', 'none']);
});

test('REQ-OTA-APP-03 trial without confirmation reverts, and the reverted image is permanent', () => {
  const unit = makePending();
  boot(unit.loader);
  const reverted = boot(unit.loader);
  assert.deepEqual([runningVersion(reverted), reverted.swapType], ['1.0.0+1', 'revert']);
  assert.equal(readTrailer(unit.loader.primary).imageOk, 'set');
  assert.equal(boot(unit.loader).swapType, 'none');
});

test('REQ-OTA-APP-03 an image marked permanent in its own trailer skips the trial', () => {
  const unit = makePending();
  writeImageOk(unit.loader.secondary);
  assert.equal(boot(unit.loader).swapType, 'perm');
  assert.deepEqual([runningVersion(boot(unit.loader)), boot(unit.loader).swapType], ['2.0.0+1', 'none']);
});

test('REQ-OTA-APP-03 an image that nobody marked stays where it is', () => {
  const unit = makeSmallUnit();
  installConfirmed(unit, oldImage);
  writeImage(unit.loader.secondary, newImage);
  assert.equal(runningVersion(boot(unit.loader)), '1.0.0+1');
  assert.ok(Buffer.from(unit.loader.secondary.area.read(0, newImage.length)).equals(newImage));
});

const otherKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const changedBody = Buffer.from(newImage);
changedBody.writeUInt8(changedBody.readUInt8(400) ^ 0x10, 400);
const changedCounter = Buffer.from(newImage);
changedCounter.writeUInt8(99, 32 + 1200 + 8);
const changedSignature = Buffer.from(newImage);
changedSignature.writeUInt8(changedSignature.readUInt8(newImage.length - 5) ^ 1, newImage.length - 5);

for (const [what, image, fault] of [
  ['a changed byte in the body', changedBody, /SHA-256 TLV does not match/],
  ['a changed security counter', changedCounter, /SHA-256 TLV does not match/],
  ['a changed signature', changedSignature, /signature does not verify/],
  ['a key that is not burnt in', buildImage({ version: '2.0.0+1', securityCounter: 4, signingKey: otherKey }), /key/],
  ['no signature', buildImage({ version: '2.0.0+1', securityCounter: 4 }), /key hash/],
  ['no security counter', buildImage({ version: '2.0.0+1', signingKey }), /no protected security counter/],
  ['a lower security counter', buildImage({ version: '9.0.0+1', securityCounter: 2, signingKey }), /2 is below 3/],
  ['an encrypted body', buildImage({ version: '2.0.0+1', securityCounter: 4, signingKey, flags: 4 }), /flags/],
] as const) {
  test(`REQ-OTA-TST-01 an image with ${what} is erased, the old one boots, and no trace is left`, () => {
    const unit = makePending(image);
    const before = readTrailer(unit.loader.primary);
    const outcome = boot(unit.loader);
    assert.match(outcome.refusal ?? '', fault);
    assert.equal(runningVersion(outcome), '1.0.0+1');
    const staging = unit.loader.secondary.area;
    assert.ok(staging.read(0, staging.sizeBytes).every((byte) => byte === 0xff));
    assert.deepEqual(readTrailer(unit.loader.primary), before);
  });
}

test('REQ-OTA-VER-01 the counter is raised by a confirmed image only, never by a trial', () => {
  const unit = makePending(newImage, 0);
  boot(unit.loader);
  assert.equal(unit.loader.counter.read(), 0);
  confirmRunning(unit.loader.primary);
  boot(unit.loader);
  assert.equal(unit.loader.counter.read(), 4);
});

test('REQ-OTA-VER-01 without downgrade prevention the older image is simply tried', () => {
  const unit = makePending(buildImage({ version: '0.9.0+1', securityCounter: 1, bodyBytes: 500, signingKey }));
  const outcome = boot({ ...unit.loader, downgradePrevention: false });
  assert.equal(runningVersion(outcome), '0.9.0+1');
});

test('REQ-OTA-APP-05 a unit with both slots empty finds nothing to boot', () => {
  const unit = makeSmallUnit();
  assert.equal(boot(unit.loader).image, undefined);
});

test('REQ-OTA-APP-05 a unit with a broken running image and a good pending one installs it', () => {
  const unit = makeSmallUnit();
  writeImage(unit.loader.primary, changedBody);
  assert.equal(boot(unit.loader).image, undefined);
  writeImage(unit.loader.secondary, newImage);
  markPending(unit.loader.secondary);
  assert.equal(runningVersion(boot(unit.loader)), '2.0.0+1');
});

test('REQ-OTA-APP-04 a half-erased pending image is forgotten with its trailer', () => {
  const unit = makePending();
  unit.loader.secondary.area.eraseSector(0);
  assert.equal(runningVersion(boot(unit.loader)), '1.0.0+1');
  assert.equal(readTrailer(unit.loader.secondary).magic, 'unset');
});

test('REQ-OTA-APP-03 marking fails where the staging trailer is damaged, and the slot is clean afterwards', () => {
  const unit = makeSmallUnit();
  const { secondary } = unit.loader;
  writeImage(secondary, newImage);
  secondary.area.program(secondary.trailer.magicOffset, new Uint8Array(8));
  assert.equal(markPending(secondary), false);
  assert.equal(readTrailer(secondary).magic, 'unset');
});

test('REQ-OTA-APP-03 an unfinished swap cannot be confirmed', () => {
  const unit = makeSmallUnit();
  const { primary } = unit.loader;
  assert.equal(confirmRunning(primary), true, 'an image without trailer is permanent already');
  primary.area.program(primary.trailer.magicOffset, trailerMagic(8));
  assert.equal(confirmRunning(primary), false);
});

test('REQ-OTA-SIG-04 a protected TLV area that differs from what the header says is refused', () => {
  const changed = Buffer.from(newImage);
  changed.writeUInt16LE(16, 10);
  const parsed = parseImage(changed);
  assert.deepEqual(parsed, { ok: false, fault: 'protected TLV area differs from the header' });
});

test('REQ-OTA-APP-04 a running image that leaves no room to swap keeps the staged one where it is', () => {
  const unit = makeSmallUnit();
  writeImage(unit.loader.primary, buildImage({ version: '1.0.0+1', securityCounter: 1, bodyBytes: 3200, signingKey }));
  writeImage(unit.loader.secondary, newImage);
  markPending(unit.loader.secondary);
  assert.equal(boot(unit.loader).refusal, 'no room to swap');
  assert.ok(Buffer.from(unit.loader.secondary.area.read(0, newImage.length)).equals(newImage));
});

test('REQ-OTA-APP-04 a trial whose old image is broken stays: there is nothing to revert to', () => {
  const unit = makePending();
  boot(unit.loader);
  unit.loader.secondary.area.program(512, new Uint8Array(8));
  assert.equal(runningVersion(boot(unit.loader)), '2.0.0+1');
  assert.equal(readTrailer(unit.loader.primary).imageOk, 'set');
});

test('REQ-OTA-APP-04 a swap given up before its first step is not taken up with the next image', () => {
  const unit = makePending();
  const { primary, secondary } = unit.loader;
  const isJustBegun = (): boolean => {
    const found = findInterruptedSwap(primary, secondary);
    return found !== undefined && !isBegun(found.progress) && readTrailer(primary).swapType === 'test';
  };
  for (let nth = 1; !isJustBegun(); nth += 1) {
    const fresh = makePending();
    fresh.flash.cutPowerAt(nth);
    assert.throws(() => boot(fresh.loader), PowerCutError);
    unit.flash.restore(fresh.flash.snapshot());
  }
  secondary.area.program(512, new Uint8Array(8));
  assert.equal(runningVersion(boot(unit.loader)), '1.0.0+1');
  writeImage(secondary, newImage);
  assert.equal(runningVersion(boot(unit.loader)), '1.0.0+1', 'nobody marked the new one');
});
