import { readdirSync } from 'node:fs';
import { fixtureFile, pemBody } from '../../unit/trust/support/fixture.ts';

const folder = new URL('../../fixtures/trust/', import.meta.url);

/** The DER of every PEM file in a folder of test/fixtures/trust. */
export function derFiles(kind: 'certs' | 'crls'): Buffer[] {
  return readdirSync(new URL(`${kind}/`, folder))
    .sort()
    .map((name) => pemBody(fixtureFile(`${kind}/${name}`)));
}

/** Every CMS file, as it is. */
export function cmsFiles(): Buffer[] {
  return readdirSync(new URL('cms/', folder))
    .filter((name) => /\.(der|pem|txt)$/.test(name))
    .sort()
    .map((name) => fixtureFile(`cms/${name}`));
}

/** Dotted OIDs are what the readers compare with; these are their content octets, and other words of X.509. */
export const derWords: readonly Uint8Array[] = [
  ...['551d13', '551d0f', '551d25', '551d1e', '551d0e', '551d23', '551d14', '551d15', '551d1c', '551d20', '551d24'],
  ...['2a864886f70d010901', '2a864886f70d010903', '2a864886f70d010904', '2a864886f70d010905', '2a864886f70d010934'],
  ...['2a864886f70d010910022f', '2a864886f70d010910020c', '2a864886f70d01010a', '2a8648ce3d040302', '2b6570'],
  ...['2b06010505070303', '0101ff', '010100', '3000', '3080', '0000', '30030101ff', '170d3439', '180f39393939'],
].map((hex) => Buffer.from(hex, 'hex'));
