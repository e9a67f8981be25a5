import type { OperatorId } from '../../../contract/schema/session.ts';
import type { Sha256Hex } from '../../digest.ts';
import type { SealedSecret } from './sealed-secret.ts';

/** An operator's second factor as it is stored. */
export interface StoredFactor {
  readonly operatorId: OperatorId;
  readonly secret: SealedSecret;
  /** The time step of the newest code that was accepted: neither it nor one before it is accepted again (RFC 6238 §5.2). */
  readonly lastStep: number;
  /** UTC */
  readonly enrolledAt: string;
}

/** Where second factors are kept, one an operator at most. Writes belong in a transaction of the caller's. */
export interface FactorRepository {
  findFactor(operatorId: OperatorId): StoredFactor | null;
  /** Takes the place of the operator's former factor, and of its recovery codes. */
  replaceFactor(factor: StoredFactor, recoveryCodes: readonly Sha256Hex[]): void;
  /** Throws where the step is not after the last one. */
  acceptStep(operatorId: OperatorId, step: number): void;
  replaceRecoveryCodes(operatorId: OperatorId, recoveryCodes: readonly Sha256Hex[]): void;
  /** True where the operator had this code; it is gone then. */
  takeRecoveryCode(operatorId: OperatorId, codeSha256: Sha256Hex): boolean;
  countRecoveryCodes(operatorId: OperatorId): number;
  removeFactor(operatorId: OperatorId): void;
}
