import { accept, refuse, type Result } from '../../../contract/result.ts';
import { importCrl } from '../import-crl.ts';
import type { StoredCrl } from '../repository.ts';
import { toPem } from '../pem.ts';
import type { PackageAnchor, PackageCrl, TrustPackage } from './read-package.ts';

/** The lists of a package that the station takes over, and how many it leaves out since it has newer ones, or they are out of date. */
export interface TakenCrls {
  readonly taken: readonly StoredCrl[];
  readonly leftOut: number;
}

/** A package that came late may bring lists that time has overtaken; anything else that is wrong with a list speaks against the package. */
const overtaken: ReadonlySet<string> = new Set(['trust.crl-superseded', 'trust.crl-not-current']);

/**
 * Checks every list of a package against the package's own anchors, as `trust import-crl` does. Refuses with what is wrong with a list,
 * unless time has overtaken it.
 */
export function readPackageCrls(
  from: TrustPackage,
  stored: readonly StoredCrl[],
  stamp: { readonly addedAt: Date; readonly addedBy: string },
): Result<TakenCrls> {
  const anchorsFor = (purpose: PackageAnchor['purpose']): readonly PackageAnchor[] =>
    from.anchors.filter((anchor) => anchor.purpose === purpose);
  const anchors = { bundle: anchorsFor('bundle'), timestamp: anchorsFor('timestamp') };
  const taken: StoredCrl[] = [];
  for (const list of from.crls) {
    const known = [
      ...stored.filter((one) => taken.every((newer) => newer.issuerSha256 !== one.issuerSha256)),
      ...taken,
    ];
    const read = importCrl({ file: fileOf(list), ...stamp }, anchors, known);
    if (read.ok) {
      if (taken.some(({ issuerSha256 }) => issuerSha256 === read.value.issuerSha256)) return refuseTwoLists(read.value);
      taken.push(read.value);
    } else if (!overtaken.has(read.code)) return read;
  }
  return accept({ taken, leftOut: from.crls.length - taken.length });
}

function refuseTwoLists({ issuer }: StoredCrl): Result<never> {
  return refuse('trust.package-invalid', `The trust package holds two revocation lists of "${issuer}".`, { issuer });
}

function fileOf({ der, issuersDer }: PackageCrl): Uint8Array {
  if (issuersDer.length === 0) return der;
  return Buffer.from(
    [toPem('X509 CRL', der), ...issuersDer.map((one) => toPem('CERTIFICATE', one))].join(''),
    'latin1',
  );
}
