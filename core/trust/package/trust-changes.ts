import { accept, refuse, RefusalError, type Result } from '../../../contract/result.ts';
import type { AuditEventDraft } from '../../audit/event.ts';
import { sha256Hex, type Sha256Hex } from '../../digest.ts';
import type { JsonObject, Transact } from '../../ports.ts';
import { checkTypedFingerprint } from '../fingerprint.ts';
import type { TrustStore } from '../trust-store.ts';
import type { AdoptedPackage } from './adopted-packages.ts';
import { type Adoption, changeAsJson, describeAdoption, digestsOf, draftDeed, timesOf } from './adoption-events.ts';
import { describeChange, signChange, type TrustApprover, type TrustChange } from './change-statement.ts';
import type { TrustPackage } from './read-package.ts';
import type { ProposalKind, StoredProposal, TrustPackageRepository } from './repository.ts';
import type { PackageFiles } from './verify-package.ts';
import { checkStepCount, type VerifiedStep, type VerifiedSteps, verifySteps } from './verify-proposal.ts';

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
export interface VerifiedProposal extends VerifiedSteps {
  readonly proposal: StoredProposal;
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
    const kind: ProposalKind = begin === null ? 'next' : begin.anew ? 'anew' : 'first';
    const steps = packages.map((files) => ({ ...files, sha256: sha256Hex(files.document) }));
    const sha256 = steps.at(-1)?.sha256 ?? '';
    const refusal =
      checkStepCount(steps.length, kind) ?? (begin ? checkTypedFingerprint(begin.typedFingerprint, sha256) : undefined);
    if (refusal !== undefined) return refusal;
    const draft = { kind, sha256, steps, proposedAt: at, proposedBy: operator };
    const verified = this.#verify(draft, operator.id, at);
    if (!verified.ok) return verified;
    const { change } = verified.value;
    const proposal: StoredProposal = { ...draft, family: change.family };
    this.#ports.transact(() => {
      this.#ports.repository.putProposal(proposal);
      this.#record('trust.package-proposed', operator, { ...changeAsJson(change), packages: digestsOf(proposal) });
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
    const adoption = { approver, approval, proposal, meaning };
    this.#ports.transact(() => {
      let before: TrustPackage | null = this.#current(family);
      for (const [index, step] of steps.entries()) {
        const files = proposal.steps[index];
        if (files === undefined) throw new Error('every verified step is one of the proposal');
        const { version } = step.package;
        this.#ports.repository.addPackage({
          ...files,
          family,
          version,
          adoptedAt: at,
          adoptedBy: operator.id,
          approval,
        });
        const kind = index === 0 ? proposal.kind : 'next';
        this.#takeEffect(step, describeChange(kind, before, step.package), adoption, at);
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
  pending(at: Date): readonly { readonly proposal: StoredProposal; readonly verified: Result<VerifiedSteps> }[] {
    return this.#ports.repository
      .proposals()
      .map((proposal) => ({ proposal, verified: this.#verify(proposal, proposal.proposedBy.id, at) }));
  }

  #verify(draft: Omit<StoredProposal, 'family'>, operatorId: string, at: Date): Result<VerifiedSteps> {
    const { store, adopted } = this.#ports;
    try {
      const before = { adopted: adopted(), pinned: store.listAnchors(), crls: store.listCrls() };
      return verifySteps(draft, before, { addedAt: at, addedBy: operatorId });
    } catch (error) {
      if (error instanceof RefusalError) return error.refusal;
      throw error;
    }
  }

  #takeEffect(step: VerifiedStep, change: TrustChange, adoption: Adoption, at: Date): void {
    const { store } = this.#ports;
    const { operator } = adoption.approver;
    for (const list of step.crls.taken) store.addCheckedCrl(list);
    this.#record('trust.package-adopted', operator, describeAdoption(step, change, adoption));
    for (const { time, by } of timesOf(step)) {
      const raised = store.raiseTimeFloor(time, at);
      if (raised) this.#record('trust.time-floor-raised', operator, { to: raised.toISOString(), by });
    }
  }

  #current(family: string): AdoptedPackage | null {
    return this.#ports.adopted().find((one) => one.family === family) ?? null;
  }

  #record(type: AuditEventDraft['type'], operator: Act['operator'], data: JsonObject): void {
    this.#ports.audit.append(draftDeed(type, operator, data));
  }
}
