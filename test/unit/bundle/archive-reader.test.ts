import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { openArchive } from '../../../core/bundle/archive/archive-reader.ts';
import { readEntryData } from '../../../core/bundle/archive/entry-data.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { zipBytes } from '../../helpers/zip-bytes.ts';
import type { ZipOptions, ZipPart } from '../../helpers/zip-bytes.ts';

const text = Buffer.from('{"a":1}'.repeat(50));
const manifest: ZipPart = { name: 'manifest.json', data: text };
const signature: ZipPart = { name: 'manifest.p7s', data: Buffer.from('signature') };
const image: ZipPart = { name: 'images/app.bin', data: Buffer.from('firmware'.repeat(100)) };

async function outcome(t: TestContext, bytes: Uint8Array): Promise<string> {
  const path = join(tempFolder(t), 'bundle.zip');
  writeFileSync(path, bytes);
  return outcomeOf(path);
}

async function outcomeOf(path: string): Promise<string> {
  const opened = await openArchive(path);
  if (!opened.ok) return opened.code;
  try {
    for (const entry of opened.value.entries.values()) {
      const read = await opened.value.readSmall(entry);
      if (!read.ok) return read.code;
    }
    return 'accepted';
  } finally {
    opened.value.close();
  }
}

const good: readonly [string, readonly ZipPart[], ZipOptions?][] = [
  ['stored entries', [manifest, signature, image]],
  [
    'deflated entries',
    [
      { ...manifest, deflate: true },
      { ...image, deflate: true },
    ],
  ],
  ['data descriptors with signature', [{ ...manifest, descriptor: 'signed' }, image]],
  ['data descriptors without signature', [{ ...manifest, descriptor: 'bare' }, image]],
  ['data descriptors of 64 bits', [{ ...manifest, descriptor: 'signed64', deflate: true }, image]],
  ['bare data descriptors of 64 bits', [manifest, { ...image, descriptor: 'bare64' }]],
  ['a ZIP64 end record that repeats the short one', [manifest, image], { zip64End: true, shortEnd: {} }],
  ['ZIP64 entries and end record', [{ ...manifest, zip64: true }, image], { zip64End: true }],
  ['an empty entry', [manifest, { name: 'images/empty', data: Buffer.alloc(0) }]],
  [
    'an unknown extra field',
    [{ ...manifest, central: { extra: Buffer.from('55540500010000000000', 'hex').subarray(0, 9) } }],
  ],
];
for (const [what, parts, options] of good) {
  test(`REQ-OTA-MAN-03 reads an archive with ${what}`, async (t) => {
    assert.equal(await outcome(t, zipBytes(parts, options)), 'accepted');
  });
}

test('REQ-OTA-MAN-01 gives out the very bytes of stored and deflated entries', async (t) => {
  const path = join(tempFolder(t), 'bundle.zip');
  writeFileSync(path, zipBytes([{ ...manifest, deflate: true }, signature]));
  const opened = await openArchive(path);
  assert.ok(opened.ok);
  t.after(() => opened.value.close());
  for (const [name, data] of [
    ['manifest.json', text],
    ['manifest.p7s', signature.data],
  ] as const) {
    const entry = opened.value.entries.get(name);
    assert.ok(entry);
    const read = await opened.value.readSmall(entry);
    assert.deepEqual(read, { ok: true, value: Buffer.from(data) });
  }
});

const zeros = Buffer.alloc(100_000);
const refused: readonly [string, string, readonly ZipPart[], ZipOptions?][] = [
  ['an absolute name', 'bundle.archive-name', [manifest, { ...image, name: '/images/app.bin' }]],
  ['a drive letter', 'bundle.archive-name', [manifest, { ...image, name: 'C:/images/app.bin' }]],
  ['a parent folder', 'bundle.archive-name', [manifest, { ...image, name: 'images/../../etc/cron' }]],
  ['a dot folder', 'bundle.archive-name', [manifest, { ...image, name: 'images/./app.bin' }]],
  ['a backslash', 'bundle.archive-name', [manifest, { ...image, name: 'images\\app.bin' }]],
  ['a NUL', 'bundle.archive-name', [manifest, { ...image, name: 'images/app\0.bin' }]],
  ['a non-ASCII name', 'bundle.archive-name', [manifest, { ...image, name: 'images/äpp.bin' }]],
  ['an empty name', 'bundle.archive-name', [manifest, { ...image, name: '' }]],
  ['an endless name', 'bundle.archive-name', [manifest, { ...image, name: `images/${'a'.repeat(104)}` }]],
  [
    'a second name in an extra field',
    'bundle.archive-name',
    [manifest, { ...image, central: { extra: Buffer.from('7570050001000000ff'.replace('ff', '00'), 'hex') } }],
  ],
  ['a foreign file', 'bundle.archive-entry-unknown', [manifest, { ...image, name: 'autorun.inf' }]],
  ['a file in a sub-folder of images', 'bundle.archive-entry-unknown', [manifest, { ...image, name: 'images/a/b' }]],
  ['a hidden image', 'bundle.archive-entry-unknown', [manifest, { ...image, name: 'images/.app' }]],
  ['a folder entry', 'bundle.archive-entry-type', [manifest, { name: 'images/', data: Buffer.alloc(0) }]],
  [
    'a folder by its DOS attribute',
    'bundle.archive-entry-type',
    [manifest, { ...image, central: { externalAttributes: 0x10 } }],
  ],
  [
    'a symbolic link',
    'bundle.archive-entry-type',
    [manifest, { ...image, central: { externalAttributes: (0o120777 << 16) >>> 0 } }],
  ],
  ['an encrypted entry', 'bundle.archive-encrypted', [manifest, { ...image, central: { flags: 1 } }]],
  ['masked headers', 'bundle.archive-encrypted', [manifest, { ...image, central: { flags: 0x2000 } }]],
  ['patch data', 'bundle.archive-method', [manifest, { ...image, central: { flags: 0x20 } }]],
  ['bzip2', 'bundle.archive-method', [manifest, { ...image, central: { method: 12 }, local: { method: 12 } }]],
  ['a name twice', 'bundle.archive-duplicate', [manifest, image, image]],
  ['a name twice in other case', 'bundle.archive-duplicate', [manifest, image, { ...image, name: 'images/APP.bin' }]],
  [
    'data that is used twice',
    'bundle.archive-overlap',
    [manifest, image, { ...image, name: 'images/b', central: { headerAt: 0 }, centralOnly: true }],
  ],
  [
    'an entry inside another one',
    'bundle.archive-overlap',
    [{ ...manifest, central: { packedBytes: 400, lenBytes: 400 }, local: { packedBytes: 400, lenBytes: 400 } }, image],
  ],
  ['bytes between two entries', 'bundle.archive-gap', [{ ...manifest, gap: Buffer.from('hidden') }, image]],
  ['bytes before the directory', 'bundle.archive-gap', [manifest, { ...image, gap: Buffer.from('x') }]],
  ['an entry without directory record', 'bundle.archive-gap', [manifest, image], { end: { start: 0, lenBytes: 1 } }],
  [
    'another name at the data',
    'bundle.archive-header-mismatch',
    [manifest, { ...image, local: { name: Buffer.from('images/xpp.bin') } }],
  ],
  ['another method at the data', 'bundle.archive-header-mismatch', [manifest, { ...image, local: { method: 8 } }]],
  ['another length at the data', 'bundle.archive-header-mismatch', [manifest, { ...image, local: { lenBytes: 9 } }]],
  [
    'another packed length at the data',
    'bundle.archive-header-mismatch',
    [manifest, { ...image, local: { packedBytes: 9 } }],
  ],
  ['another checksum at the data', 'bundle.archive-header-mismatch', [manifest, { ...image, local: { crc32: 9 } }]],
  ['other flags at the data', 'bundle.archive-header-mismatch', [manifest, { ...image, local: { flags: 1 } }]],
  [
    'a descriptor that only the data knows',
    'bundle.archive-header-mismatch',
    [manifest, { ...image, local: { flags: 8 } }],
  ],
  [
    'a descriptor with another checksum',
    'bundle.archive-header-mismatch',
    [{ ...manifest, descriptor: 'signed', descriptorClaims: { crc32: 1 } }, image],
  ],
  [
    'a descriptor with another length',
    'bundle.archive-header-mismatch',
    [{ ...manifest, descriptor: 'bare', descriptorClaims: { lenBytes: 1 } }, image],
  ],
  [
    'a 64-bit descriptor with another packed length',
    'bundle.archive-header-mismatch',
    [{ ...manifest, descriptor: 'signed64', descriptorClaims: { packedBytes: 1 } }, image],
  ],
  [
    'a zip bomb',
    'bundle.archive-ratio',
    [manifest, { name: 'images/z', data: Buffer.alloc(1_000_000), deflate: true }],
  ],
  [
    'a length that no packed byte backs',
    'bundle.archive-ratio',
    [
      manifest,
      { name: 'images/z', data: Buffer.alloc(0), deflate: true, packed: Buffer.alloc(0), central: { lenBytes: 5 } },
    ],
  ],
  [
    'an entry beyond 8 GiB',
    'bundle.archive-too-large',
    [manifest, { ...image, zip64: true, central: { lenBytes: 9 * 2 ** 30, packedBytes: 2 ** 30, method: 8 } }],
  ],
  [
    'entries beyond 8 GiB together',
    'bundle.archive-too-large',
    [1, 2, 3].map((n) => ({
      ...image,
      name: `images/${n}`,
      central: { lenBytes: 3 * 2 ** 30, packedBytes: 2 ** 30, method: 8 },
    })),
  ],
  ['a huge manifest', 'bundle.archive-too-large', [{ name: 'manifest.json', data: Buffer.alloc(2 ** 20 + 1) }]],
  [
    'a huge signature',
    'bundle.archive-too-large',
    [manifest, { name: 'manifest.p7s', data: Buffer.alloc(2 ** 18 + 1) }],
  ],
  ['two lengths for a stored entry', 'bundle.archive-damaged', [manifest, { ...image, central: { lenBytes: 801 } }]],
  ['a wrong checksum', 'bundle.archive-crc', [{ ...manifest, central: { crc32: 1 }, local: { crc32: 1 } }, image]],
  [
    'a deflated entry that unpacks to more than it says',
    'bundle.archive-damaged',
    [
      {
        name: 'manifest.json',
        data: zeros.subarray(0, 600),
        deflate: true,
        central: { lenBytes: 500 },
        local: { lenBytes: 500 },
      },
    ],
  ],
  [
    'a deflated entry that unpacks to less than it says',
    'bundle.archive-damaged',
    [
      {
        name: 'manifest.json',
        data: zeros.subarray(0, 600),
        deflate: true,
        central: { lenBytes: 700 },
        local: { lenBytes: 700 },
      },
    ],
  ],
  [
    'bytes behind the deflate stream',
    'bundle.archive-damaged',
    [
      {
        name: 'manifest.json',
        data: Buffer.from('hello'),
        deflate: true,
        packed: Buffer.concat([Buffer.from('cb48cdc9c90700', 'hex'), Buffer.from('hidden')]),
      },
    ],
  ],
  [
    'bytes that are no deflate stream',
    'bundle.archive-damaged',
    [{ name: 'manifest.json', data: Buffer.from('hello'), deflate: true, packed: Buffer.alloc(9, 0xff) }],
  ],
  [
    'a deflate stream that is cut off',
    'bundle.archive-damaged',
    [
      {
        name: 'manifest.json',
        data: text,
        deflate: true,
        packed: Buffer.from('cb48', 'hex'),
        central: { lenBytes: 10 },
        local: { lenBytes: 10 },
      },
    ],
  ],
  [
    'more entries than its end record says',
    'bundle.archive-damaged',
    [manifest, image],
    { end: { entries: 1, total: 1 } },
  ],
  ['fewer entries than its end record says', 'bundle.archive-damaged', [manifest], { end: { entries: 2, total: 2 } }],
  ['several disks', 'bundle.archive-damaged', [manifest, image], { end: { disk: 1 } }],
  ['two counts of entries', 'bundle.archive-damaged', [manifest, image], { end: { total: 3 } }],
  ['no entry at all', 'bundle.archive-entries', []],
  ['103 entries', 'bundle.archive-entries', Array.from({ length: 103 }, (_, n) => ({ ...image, name: `images/${n}` }))],
  ['65,000 claimed entries', 'bundle.archive-entries', [manifest], { end: { entries: 65_000, total: 65_000 } }],
  [
    'a directory beyond 128 KiB',
    'bundle.archive-entries',
    [1, 2, 3].map((n) => ({ ...image, name: `images/${n}`, central: { extra: Buffer.alloc(60_000) } })),
  ],
  ['prepended bytes', 'bundle.archive-gap', [manifest, image], { prepend: Buffer.from('MZ executable') }],
  ['appended bytes', 'bundle.archive-not-zip', [manifest, image], { append: Buffer.from('more') }],
  ['a comment that is announced and missing', 'bundle.archive-not-zip', [manifest, image], { commentBytes: 9 }],
  [
    'bytes between the ZIP64 end records',
    'bundle.archive-gap',
    [manifest, image],
    { zip64End: true, zip64Gap: Buffer.from('x') },
  ],
  [
    'two end records that count differently',
    'bundle.archive-damaged',
    [manifest, image],
    { zip64End: true, shortEnd: { entries: 1, total: 1 } },
  ],
  [
    'two end records that name different directories',
    'bundle.archive-damaged',
    [manifest, image],
    { zip64End: true, shortEnd: { start: 0 } },
  ],
  [
    'a ZIP64 field in its directory that is too short',
    'bundle.archive-damaged',
    [
      manifest,
      {
        ...image,
        central: {
          packedBytes: 0xffff_ffff,
          lenBytes: 0xffff_ffff,
          extra: Buffer.from('010008002003000000000000', 'hex'),
        },
      },
    ],
  ],
  [
    'a ZIP64 field in its directory that runs over it',
    'bundle.archive-damaged',
    [manifest, { ...image, central: { lenBytes: 0xffff_ffff, extra: Buffer.from('0100ff00', 'hex') } }],
  ],
  [
    'no ZIP64 field in its directory although one is announced',
    'bundle.archive-header-mismatch',
    [manifest, { ...image, central: { packedBytes: 0xffff_ffff, lenBytes: 0xffff_ffff } }],
  ],
  [
    'a ZIP64 length that no number holds',
    'bundle.archive-too-large',
    [
      manifest,
      {
        ...image,
        central: {
          packedBytes: 0xffff_ffff,
          lenBytes: 0xffff_ffff,
          extra: Buffer.from(`01001000${'ff'.repeat(16)}`, 'hex'),
        },
      },
    ],
  ],
  ['a checksum of 0 at the data', 'bundle.archive-header-mismatch', [manifest, { ...image, local: { crc32: 0 } }]],
  [
    'a descriptor without its signature',
    'bundle.archive-header-mismatch',
    [{ ...manifest, descriptor: 'signed', descriptorSignature: 1 }, image],
  ],
  [
    'a ZIP64 field that is too short',
    'bundle.archive-header-mismatch',
    [
      manifest,
      {
        ...image,
        local: {
          packedBytes: 0xffff_ffff,
          lenBytes: 0xffff_ffff,
          extra: Buffer.from('010008000000000000000000', 'hex'),
        },
      },
    ],
  ],
  [
    'a ZIP64 field that ends behind the header',
    'bundle.archive-header-mismatch',
    [
      manifest,
      { ...image, local: { packedBytes: 0xffff_ffff, lenBytes: 0xffff_ffff, extra: Buffer.from('0100ff00', 'hex') } },
    ],
  ],
  ['a comment', 'bundle.archive-not-zip', [manifest, image], { comment: 'made by hand' }],
];
for (const [what, code, parts, options] of refused) {
  test(`REQ-OTA-MAN-03 refuses an archive with ${what}`, async (t) => {
    assert.equal(await outcome(t, zipBytes(parts, options)), code);
  });
}

test('REQ-OTA-MAN-03 never hands out a byte beyond the declared length', async (t) => {
  const bomb = Buffer.alloc(5_000_000);
  const path = join(tempFolder(t), 'bundle.zip');
  const packed = deflateRawSync(bomb);
  const claims = { lenBytes: packed.length };
  writeFileSync(path, zipBytes([{ name: 'images/z', data: bomb, deflate: true, central: claims, local: claims }]));
  const opened = await openArchive(path);
  assert.ok(opened.ok, opened.ok ? '' : opened.reason);
  t.after(() => opened.value.close());
  const entry = opened.value.entries.get('images/z');
  assert.ok(entry);
  let released = 0;
  await assert.rejects(async () => {
    for await (const chunk of readEntryData(opened.value.file, entry)) released += chunk.length;
  }, /does not unpack/);
  assert.ok(released <= entry.lenBytes, `${released} bytes were handed out`);
});

test('REQ-OTA-MAN-03 says in plain words that an archive is split', async (t) => {
  for (const end of [{ disk: 1 }, { total: 3 }]) {
    const path = join(tempFolder(t), 'bundle.zip');
    writeFileSync(path, zipBytes([manifest, image], { end }));
    const opened = await openArchive(path);
    assert.equal(opened.ok ? '' : opened.reason, 'The archive says that it is split over several disks.');
  }
});

test('REQ-OTA-MAN-03 refuses what is no archive', async (t) => {
  assert.equal(await outcome(t, Buffer.alloc(0)), 'bundle.archive-not-zip');
  assert.equal(await outcome(t, Buffer.from('%PDF-1.7 something else altogether')), 'bundle.archive-not-zip');
});

test('REQ-OTA-MAN-03 refuses an archive that is cut off at any length', async (t) => {
  const bytes = zipBytes([manifest, signature, image]);
  for (let length = 0; length < bytes.length; length += 7) {
    assert.notEqual(await outcome(t, bytes.subarray(0, length)), 'accepted', `cut to ${length} bytes`);
  }
});

test('REQ-OTA-MAN-03 refuses a file beyond 8 GiB before reading it', async (t) => {
  const path = join(tempFolder(t), 'huge.zip');
  writeFileSync(path, '');
  truncateSync(path, 8 * 2 ** 30 + 1);
  assert.equal(await outcomeOf(path), 'bundle.archive-too-large');
});

test('REQ-OTA-MAN-03 refuses links, folders, pipes and files that are not there', async (t) => {
  const folder = tempFolder(t);
  const real = join(folder, 'real.zip');
  writeFileSync(real, zipBytes([manifest, image]));
  assert.equal(await outcomeOf(join(folder, 'absent.zip')), 'bundle.file-unreadable');
  mkdirSync(join(folder, 'folder'));
  assert.equal(await outcomeOf(join(folder, 'folder')), 'bundle.file-irregular');
  if (process.platform === 'win32') return;
  symlinkSync(real, join(folder, 'link.zip'));
  assert.equal(await outcomeOf(join(folder, 'link.zip')), 'bundle.file-irregular');
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  assert.equal(await outcomeOf(join(folder, 'pipe')), 'bundle.file-irregular');
});
