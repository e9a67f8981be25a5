import { unwrap } from '../der/read-strictly.ts';
import { readTrustPackage, type TrustPackage } from './read-package.ts';
import type { StoredPackage, TrustPackageRepository } from './repository.ts';

/** A package in force. */
export interface AdoptedPackage extends TrustPackage {
  readonly adoptedAt: Date;
  readonly adoptedBy: string;
}

/**
 * Reads the packages in force, each only once: they are asked for with every bundle. Throws a `RefusalError` where a stored package
 * cannot be read any more: then it is not known what is trusted.
 */
export function createAdoptedPackages(
  repository: Pick<TrustPackageRepository, 'currentPackages'>,
): () => readonly AdoptedPackage[] {
  let known = new Map<string, AdoptedPackage>();
  return () => {
    const stored = repository.currentPackages();
    known = new Map(stored.map((one) => [one.sha256, known.get(one.sha256) ?? readAdopted(one)]));
    return [...known.values()];
  };
}

function readAdopted({ document, adoptedAt, adoptedBy }: StoredPackage): AdoptedPackage {
  return { ...unwrap(readTrustPackage(document)), adoptedAt, adoptedBy };
}
