import { accept, refuse, RefusalError, type Refusal, type Result } from '../../../contract/result.ts';
import type { AuditEventDraft } from '../../audit/event.ts';
import { sha256Hex, type Sha256Hex } from '../../digest.ts';
import type { JsonObject, Transact } from '../../ports.ts';
import { checkTypedFingerprint } from '../fingerprint.ts';
import type { TrustStore } from '../trust-store.ts';
import type { AdoptedPackage } from './adopted-packages.ts';
import { describeChange, signChange, type TrustApprover, type TrustChange } from './change-statement.ts';
import { checkProducts } from './check-products.ts';
import { readPackageCrls, type TakenCrls } from './package-crls.ts';
import { readTrustPackage, type TrustPackage } from './read-package.ts';
import type { ProposalKind, SignedStatement, StoredProposal, TrustPackageRepository } from './repository.ts';
import { type PackageFiles, verifyFirstPackage, type VerifiedPackage, verifyNextPackage } from './verify-package.ts';

/** Most packages that are proposed at once: a station that was long away takes the versions that it missed together. */
export const maxStepsOfProposal = 16;

export interface TrustChangePorts {
  readonly repository: TrustPackageRepository;
  readonly adopted: () => readonly AdoptedPackage[];
  readonly store: TrustStore;
  readonly audit: { append(draft: AuditEventDraft): unknown };
  readonly transact: Transact;
  readonly stationId: string;
}

/** Who acts, and the trusted time of the act. */
export interface Act {
  readonly operator: { readonly id: string; readonly username: string };
  readonly at: Date;
}

export interface ProposalInput {
  /** In the order of their versions. */
  readonly packages: readonly PackageFiles[];
  /** Not null: the first package of a family, or a new beginning, which a person vouches for by the document's SHA-256. */
  readonly begin: { readonly typedFingerprint: string; readonly anew: boolean } | null;
}

/** A proposal that was verified, and what it would change. */
export interface VerifiedProposal {
  readonly proposal: StoredProposal;
  readonly change: TrustChange;
  readonly steps: readonly VerifiedStep[];
}

interface VerifiedStep extends VerifiedPackage {
  readonly crls: TakenCrls;
}

/**
 * Changes of what a trust package manages (REQ-OTA-SIG-05): proposed by one person and verified, approved by another with an own
 * signature and verified again, and then in force, all with their audit events.
 */
export class TrustChanges {
  readonly #ports: TrustChangePorts;

  constructor(ports: TrustChangePorts) {
    this.#ports = ports;
  }

  /**
   * Verifies packages and keeps them for approval, in the place of what was proposed for the family before. Refuses with
   * `trust.package-…`, `trust.fingerprint-…`, or as the signature file, a certificate or a list in it does.
   */
  propose({ packages, begin }: ProposalInput, { operator, at }: Act): Result<VerifiedProposal> {
    const last = packages.at(-1);
    if (last === undefined || packages.length > maxStepsOfProposal) return refuseCount(packages.length);
    if (begin !== null) {
      if (packages.length > 1) return refuseCount(packages.length, 'a beginning is one package');
      const mistyped = checkTypedFingerprint(begin.typedFingerprint, sha256Hex(last.document));
      if (mistyped !== undefined) return mistyped;
    }
    const kind: ProposalKind = begin === null ? 'next' : begin.anew ? 'anew' : 'first';
    const steps = packages.map((files) => ({ ...files, sha256: sha256Hex(files.document) }));
    const draft = { kind, sha256: sha256Hex(last.document), steps, proposedAt: at, proposedBy: operator };
    const verified = this.#verify(draft, operator.id, at);
    if (!verified.ok) return verified;
    const { change } = verified.value;
    const proposal: StoredProposal = { ...draft, family: change.family };
    this.#ports.transact(() => {
      this.#ports.repository.putProposal(proposal);
      this.#record('trust.package-proposed', operator, { ...describe(change), packages: digestsOf(proposal) });
    });
    return accept({ ...verified.value, proposal });
  }

  /** The proposal of a family. Refuses with `trust.no-proposal`, also where it is not the one that `sha256` names. */
  find(family: string, sha256: Sha256Hex): Result<StoredProposal> {
    const proposal = this.#ports.repository.proposals().find((one) => one.family === family);
    if (proposal === undefined)
      return refuse('trust.no-proposal', `No change of the trust of ${family} is proposed.`, { family });
    if (proposal.sha256 === sha256) return accept(proposal);
    const reason = `Another change of the trust of ${family} has been proposed since: ${proposal.sha256}, not ${sha256}.`;
    return refuse('trust.no-proposal', reason, { family, sha256: proposal.sha256 });
  }

  /**
   * Verifies the proposed packages once more, signs, and puts them in force, all in one transaction. Refuses as {@link propose}, and
   * with `trust.no-proposal`.
   */
  approve(
    { family, sha256, meaning }: { readonly family: string; readonly sha256: Sha256Hex; readonly meaning: string },
    approver: TrustApprover,
    at: Date,
  ): Result<VerifiedProposal> {
    const { operator } = approver;
    const found = this.find(family, sha256);
    if (!found.ok) return found;
    const proposal = found.value;
    const verified = this.#verify(proposal, operator.id, at);
    if (!verified.ok) return verified;
    const { change, steps } = verified.value;
    const packages = digestsOf(proposal);
    const approval = signChange(approver, change, { packages, meaning, station: this.#ports.stationId, at });
    this.#ports.transact(() => {
      let before: TrustPackage | null = this.#current(family);
      for (const [index, step] of steps.entries()) {
        const files = proposal.steps[index];
        if (files === undefined) throw new Error('every verified step is one of the proposal');
        const stored = {
          ...files,
          family,
          version: step.package.version,
          adoptedAt: at,
          adoptedBy: operator.id,
          approval,
        };
        this.#ports.repository.addPackage(stored);
        this.#takeEffect(step, describeChange(index === 0 ? proposal.kind : 'next', before, step.package), {
          approver,
          approval,
          proposal,
          meaning,
          at,
        });
        before = step.package;
      }
      this.#ports.repository.removeProposal(family);
    });
    return accept({ ...verified.value, proposal });
  }

  /** Drops what was proposed for a family. Refuses with `trust.no-proposal`. */
  reject(
    { family, sha256, reason }: { readonly family: string; readonly sha256: Sha256Hex; readonly reason: string },
    operator: Act['operator'],
  ): Result<void> {
    const found = this.find(family, sha256);
    if (!found.ok) return found;
    this.#ports.transact(() => {
      this.#ports.repository.removeProposal(family);
      this.#record('trust.package-rejected', operator, { family, packages: digestsOf(found.value), reason });
    });
    return accept(undefined);
  }

  /** What waits for approval, verified at `at`. */
  pending(at: Date): readonly { readonly proposal: StoredProposal; readonly verified: Result<TrustChange> }[] {
    return this.#ports.repository.proposals().map((proposal) => {
      const verified = this.#verify(proposal, proposal.proposedBy.id, at);
      return { proposal, verified: verified.ok ? accept(verified.value.change) : verified };
    });
  }

  #verify(
    { kind, steps }: Omit<StoredProposal, 'family'>,
    operatorId: string,
    at: Date,
  ): Result<Omit<VerifiedProposal, 'proposal'>> {
    try {
      return this.#verifySteps(kind, steps, { addedAt: at, addedBy: operatorId });
    } catch (error) {
      if (error instanceof RefusalError) return error.refusal;
      throw error;
    }
  }

  #verifySteps(
    kind: ProposalKind,
    steps: readonly PackageFiles[],
    stamp: { readonly addedAt: Date; readonly addedBy: string },
  ): Result<Omit<VerifiedProposal, 'proposal'>> {
    const { store, adopted } = this.#ports;
    const verified: VerifiedStep[] = [];
    const begun = (family: string): TrustPackage | null => this.#current(family);
    let lists = store.listCrls();
    for (const [index, files] of steps.entries()) {
      const input = { ...files, crlsDer: lists.map(({ der }) => der), at: stamp.addedAt };
      const before = verified.at(-1)?.package ?? null;
      const step = before === null ? verifyFromCurrent(input, kind, begun) : verifyNextPackage(input, before);
      if (!step.ok) return step;
      const next = step.value.package;
      const previous = before ?? (kind === 'next' ? begun(next.family) : null);
      const refusal = checkProducts(next, previous, adopted(), store.listAnchors());
      if (refusal !== undefined) return refusal;
      const crls = readPackageCrls(next, lists, stamp);
      if (!crls.ok) return crls;
      const replaced = new Set(crls.value.taken.map(({ issuerSha256 }) => issuerSha256));
      lists = [...lists.filter(({ issuerSha256 }) => !replaced.has(issuerSha256)), ...crls.value.taken];
      verified.push({ ...step.value, crls: crls.value });
      if (index === steps.length - 1)
        return accept({ steps: verified, change: describeChange(kind, begun(next.family), next) });
    }
    return refuseCount(steps.length);
  }

  #takeEffect(step: VerifiedStep, change: TrustChange, deed: AdoptionDeed): void {
    const { store } = this.#ports;
    const { approver, approval, proposal, meaning, at } = deed;
    for (const list of step.crls.taken) store.addCheckedCrl(list);
    this.#record('trust.package-adopted', approver.operator, {
      ...describe(change),
      packageSha256: step.package.sha256,
      why: step.package.reason,
      threshold: step.package.threshold,
      products: [...step.package.products],
      signers: step.signers.map(({ fingerprintSha256 }) => fingerprintSha256),
      crlsTaken: step.crls.taken.length,
      crlsLeftOut: step.crls.leftOut,
      proposedBy: proposal.proposedBy.username,
      meaning,
      statementSha256: sha256Hex(Buffer.from(approval.statement, 'utf8')),
      signature: approval.signature,
      publicKeySha256: sha256Hex(approver.publicKey),
    });
    // REQ-OTA-SIG-06: a package tells a time that its signers vouch for, and so do its lists.
    const { issued, minimumTime } = step.package;
    const sources: readonly (readonly [Date, string])[] = [
      [issued > minimumTime ? issued : minimumTime, 'trust package'],
      ...step.crls.taken.map(({ thisUpdate }) => [thisUpdate, 'revocation list'] as const),
    ];
    for (const [time, by] of sources) {
      const raised = store.raiseTimeFloor(time, at);
      if (raised) this.#record('trust.time-floor-raised', approver.operator, { to: raised.toISOString(), by });
    }
  }

  #current(family: string): AdoptedPackage | null {
    return this.#ports.adopted().find((one) => one.family === family) ?? null;
  }

  #record(type: AuditEventDraft['type'], { id, username }: Act['operator'], data: JsonObject): void {
    const actor = { kind: 'operator', id, username } as const;
    this.#ports.audit.append({ type, actor, outcome: 'done', subject: {}, data });
  }
}

interface AdoptionDeed {
  readonly approver: TrustApprover;
  readonly approval: SignedStatement;
  readonly proposal: StoredProposal;
  readonly meaning: string;
  readonly at: Date;
}

/** The first step goes on from what is in force, or begins. */
function verifyFromCurrent(
  input: Parameters<typeof verifyNextPackage>[0],
  kind: ProposalKind,
  currentOf: (family: string) => TrustPackage | null,
): Result<VerifiedPackage> {
  // Which family a package is of is read before its signature is verified, and decides only what it is verified against.
  const read = readTrustPackage(input.document);
  if (!read.ok) return read;
  const { family } = read.value;
  const current = currentOf(family);
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

function refuseCount(count: number, why = `1 to ${maxStepsOfProposal} are taken at once`): Refusal {
  return refuse('trust.package-invalid', `${count} trust packages are given; ${why}.`, { count });
}

function digestsOf({ steps }: Pick<StoredProposal, 'steps'>): Sha256Hex[] {
  return steps.map(({ sha256 }) => sha256);
}

function describe(change: TrustChange): JsonObject {
  const { anchorsBefore, anchorsAfter, imageKeysBefore, imageKeysAfter, ...facts } = change;
  return {
    ...facts,
    anchorsBefore: [...anchorsBefore],
    anchorsAfter: [...anchorsAfter],
    imageKeysBefore: [...imageKeysBefore],
    imageKeysAfter: [...imageKeysAfter],
  };
}
