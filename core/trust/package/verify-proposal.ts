import { accept, refuse, type Refusal, type Result } from '../../../contract/result.ts';
import type { StoredCrl, TrustAnchor } from '../repository.ts';
import type { AdoptedPackage } from './adopted-packages.ts';
import { describeChange, type TrustChange } from './change-statement.ts';
import { checkProducts } from './check-products.ts';
import { readPackageCrls, type TakenCrls } from './package-crls.ts';
import { readTrustPackage, type TrustPackage } from './read-package.ts';
import type { ProposalKind } from './repository.ts';
import {
  type PackageFiles,
  type PackageInput,
  verifyFirstPackage,
  type VerifiedPackage,
  verifyNextPackage,
} from './verify-package.ts';

/** Most packages that are proposed at once: a station that was long away takes the versions that it missed together. */
const maxStepsOfProposal = 16;

/** What a station trusts before a proposal takes effect. */
export interface TrustBefore {
  readonly adopted: readonly AdoptedPackage[];
  readonly pinned: readonly TrustAnchor[];
  readonly crls: readonly StoredCrl[];
}

/** One package of a proposal, and which of its lists are taken with it. */
export interface VerifiedStep extends VerifiedPackage {
  readonly crls: TakenCrls;
}

/** What a proposal changes, from what is in force to its last package. */
export interface VerifiedSteps {
  readonly change: TrustChange;
  readonly steps: readonly VerifiedStep[];
}

/** 1 to 16 packages, and one where a person vouches for a beginning: `trust.package-invalid`. */
export function checkStepCount(count: number, kind: ProposalKind): Refusal | undefined {
  if (count < 1 || count > maxStepsOfProposal)
    return refuseCount(count, `1 to ${maxStepsOfProposal} are taken at once`);
  return kind !== 'next' && count > 1 ? refuseCount(count, 'a beginning is one package') : undefined;
}

/**
 * Verifies packages one after the other, each against the one before it and with the lists that it left. Refuses with `trust.package-…`, or as
 * the signature file, a certificate or a list does.
 */
export function verifySteps(
  { kind, steps }: { readonly kind: ProposalKind; readonly steps: readonly PackageFiles[] },
  { adopted, pinned, crls }: TrustBefore,
  stamp: { readonly addedAt: Date; readonly addedBy: string },
): Result<VerifiedSteps> {
  const verified: VerifiedStep[] = [];
  const inForce = (family: string): TrustPackage | null => adopted.find((one) => one.family === family) ?? null;
  let lists = crls;
  for (const files of steps) {
    const input = { ...files, crlsDer: lists.map(({ der }) => der), at: stamp.addedAt };
    const before = verified.at(-1)?.package ?? null;
    const step = before === null ? verifyFromInForce(input, kind, inForce) : verifyNextPackage(input, before);
    if (!step.ok) return step;
    const next = step.value.package;
    const previous = before ?? (kind === 'next' ? inForce(next.family) : null);
    const refusal = checkProducts(next, previous, adopted, pinned);
    if (refusal !== undefined) return refusal;
    const taken = readPackageCrls(next, lists, stamp);
    if (!taken.ok) return taken;
    lists = replaceLists(lists, taken.value);
    verified.push({ ...step.value, crls: taken.value });
  }
  const last = verified.at(-1)?.package;
  if (last === undefined) return refuseCount(0, 'at least one is needed');
  return accept({ steps: verified, change: describeChange(kind, inForce(last.family), last) });
}

/** As the repository does: one list is kept for each certificate of a CA. */
function replaceLists(lists: readonly StoredCrl[], { taken }: TakenCrls): readonly StoredCrl[] {
  const replaced = new Set(taken.map(({ issuerSha256 }) => issuerSha256));
  return [...lists.filter(({ issuerSha256 }) => !replaced.has(issuerSha256)), ...taken];
}

/** The first step goes on from what is in force, or begins. */
function verifyFromInForce(
  input: PackageInput,
  kind: ProposalKind,
  inForce: (family: string) => TrustPackage | null,
): Result<VerifiedPackage> {
  // Which family a package is of is read before its signature is verified, and decides only what it is verified against.
  const read = readTrustPackage(input.document);
  if (!read.ok) return read;
  const { family } = read.value;
  const current = inForce(family);
  if (kind === 'next') {
    return current === null
      ? refuseFamily(family, 'This station has no trust package of it; begin with drydock trust init')
      : verifyNextPackage(input, current);
  }
  if (kind === 'first' && current !== null) {
    return refuseFamily(
      family,
      `This station has version ${current.version} of it; import the next version (drydock trust import), or begin anew after a compromise (drydock trust init --anew)`,
    );
  }
  if (kind === 'anew' && current === null)
    return refuseFamily(family, 'This station has no trust package of it to begin anew; leave --anew out');
  return verifyFirstPackage(input, current?.version ?? 0);
}

function refuseFamily(family: string, why: string): Refusal {
  return refuse('trust.package-family', `The trust package is one of ${family}. ${why}.`, { family });
}

function refuseCount(count: number, why: string): Refusal {
  return refuse('trust.package-invalid', `${count} trust packages are given; ${why}.`, { count });
}
