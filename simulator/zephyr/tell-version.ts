/** Where the image header has its version (MCUboot, struct image_header). */
const VERSION_OFFSET = 20;

/** A part of the running slot as a unit shows it that lies about its version: only these eight bytes of the header differ. */
export function tellVersion(bytes: Uint8Array, offset: number, version: string): Uint8Array {
  const match = /^(\d+)\.(\d+)\.(\d+)\+(\d+)$/.exec(version);
  if (match === null) throw new TypeError(`version "${version}" is not major.minor.revision+build`);
  const [, major = 0, minor = 0, revision = 0, build = 0] = match.map(Number);
  const field = Buffer.alloc(8);
  field.writeUInt8(major, 0);
  field.writeUInt8(minor, 1);
  field.writeUInt16LE(revision, 2);
  field.writeUInt32LE(build, 4);
  const told = bytes.slice();
  field.forEach((byte, index) => {
    const at = VERSION_OFFSET + index - offset;
    if (at >= 0 && at < told.length) told[at] = byte;
  });
  return told;
}
