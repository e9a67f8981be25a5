import { accept, type Refusal, type Result } from '../../../contract/result.ts';
import { isOutdated } from '../chain/check-crl.ts';
import { unwrap } from '../der/read-strictly.ts';
import { importCrl } from '../import-crl.ts';
import { toPem } from '../pem.ts';
import type { StoredCrl } from '../repository.ts';
import { type Crl, parseCrl } from '../x509/crl.ts';
import type { PackageAnchor, PackageCrl, TrustPackage } from './read-package.ts';

/** The lists of a package that the station takes over, and how many it leaves out since it has newer ones, or they are out of date. */
export interface TakenCrls {
  readonly taken: readonly StoredCrl[];
  readonly leftOut: number;
}

/**
 * Checks every list of a package against the package's own anchors, as `trust import-crl` does. Refuses with what is wrong with a list,
 * unless time has overtaken it. Of two lists of one CA the newer is taken.
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
  for (const { list, crl } of newestFirst(from.crls)) {
    const read = importCrl({ file: fileOf(list), ...stamp }, anchors, [...stored, ...taken]);
    if (read.ok) taken.push(read.value);
    else if (!isOvertaken(read, crl, stamp.addedAt)) return read;
  }
  return accept({ taken, leftOut: from.crls.length - taken.length });
}

/** So that an older list of a CA is known to be older, whatever the package's order. Reading the package has read each list. */
function newestFirst(lists: readonly PackageCrl[]): readonly { readonly list: PackageCrl; readonly crl: Crl }[] {
  return lists
    .map((list) => ({ list, crl: unwrap(parseCrl(list.der)) }))
    .sort((a, b) => b.crl.thisUpdate.getTime() - a.crl.thisUpdate.getTime());
}

/**
 * A package that came late may bring lists that are out of date by now, or older than the station's. Anything else that is wrong with a list
 * speaks against the package: also a date that is yet to come, and a number that contradicts the station's lists (`trust.crl-number`).
 */
function isOvertaken({ code }: Refusal, crl: Crl, at: Date): boolean {
  return code === 'trust.crl-superseded' || (code === 'trust.crl-not-current' && isOutdated(crl, at));
}

function fileOf({ der, issuersDer }: PackageCrl): Uint8Array {
  if (issuersDer.length === 0) return der;
  return Buffer.from(
    [toPem('X509 CRL', der), ...issuersDer.map((one) => toPem('CERTIFICATE', one))].join(''),
    'latin1',
  );
}
