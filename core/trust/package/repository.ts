import type { Sha256Hex } from '../../digest.ts';
import type { PackageFiles } from './verify-package.ts';

/** A trust package that is or was in force. */
export interface StoredPackage extends PackageFiles {
  readonly family: string;
  readonly version: number;
  /** SHA-256 of the document. */
  readonly sha256: Sha256Hex;
  readonly adoptedAt: Date;
  /** Id of the operator who approved it. */
  readonly adoptedBy: string;
  /** The approval as it was signed. */
  readonly approval: SignedStatement;
}

/** A statement and the operator's Ed25519 signature over its UTF-8 bytes. */
export interface SignedStatement {
  readonly statement: string;
  /** Base64. */
  readonly signature: string;
  /** SubjectPublicKeyInfo, DER, Base64. */
  readonly publicKey: string;
}

/** How packages come in: the first of a family, the ones that follow, or a new beginning after a compromise. */
export type ProposalKind = 'first' | 'next' | 'anew';

/** Verified packages that wait for approval; one proposal for each family. */
export interface StoredProposal {
  readonly family: string;
  readonly kind: ProposalKind;
  /** SHA-256 of the last package's document: what is approved. */
  readonly sha256: Sha256Hex;
  /** In the order of their versions. */
  readonly steps: readonly (PackageFiles & { readonly sha256: Sha256Hex })[];
  readonly proposedAt: Date;
  readonly proposedBy: { readonly id: string; readonly username: string };
}

/** Where packages are kept, every version for ever. Synchronous; the caller opens the transaction and writes the audit event in it. */
export interface TrustPackageRepository {
  /** The newest package of each family, by family. */
  currentPackages(): StoredPackage[];
  /** Throws where its version is not above that of its family's newest. */
  addPackage(stored: StoredPackage): void;
  proposals(): StoredProposal[];
  /** Takes the place of the family's earlier proposal. */
  putProposal(proposal: StoredProposal): void;
  removeProposal(family: string): void;
}
