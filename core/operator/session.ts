import type { OperatorId, OperatorView, SessionView } from '../../contract/schema/session.ts';
import type { Sha256Hex } from '../digest.ts';
import { effectivePermissions } from './permission.ts';

/** A session as it is stored: never its token, only the token's SHA-256, so that a copied database logs nobody in. */
export interface SessionRecord {
  readonly tokenSha256: Sha256Hex;
  readonly operatorId: OperatorId;
  /** UTC */
  readonly startedAt: string;
  /** UTC */
  readonly lastUsedAt: string;
}

export interface SessionLimits {
  /** A session that is not used for this long is over. */
  readonly idleMs: number;
  /** A session that has lasted this long is over. */
  readonly absoluteMs: number;
}

export const defaultSessionLimits: SessionLimits = { idleMs: 15 * 60_000, absoluteMs: 12 * 3_600_000 };

/** A clock that is set right by less than this does not end sessions. */
const CLOCK_TOLERANCE_MS = 60_000;

export type SessionEnd = 'idle' | 'absolute' | 'clock-set-back';

/** Why a session is over, or null while it is not. A clock that was set back could lengthen one without end. */
export function findSessionEnd(session: SessionRecord, limits: SessionLimits, now: Date): SessionEnd | null {
  const sinceUseMs = now.getTime() - Date.parse(session.lastUsedAt);
  if (sinceUseMs < -CLOCK_TOLERANCE_MS) return 'clock-set-back';
  if (now.getTime() - Date.parse(session.startedAt) >= limits.absoluteMs) return 'absolute';
  return sinceUseMs >= limits.idleMs ? 'idle' : null;
}

export function viewSession(session: SessionRecord, operator: OperatorView, limits: SessionLimits): SessionView {
  const expiresAtMs = Date.parse(session.startedAt) + limits.absoluteMs;
  const idleAtMs = Math.min(Date.parse(session.lastUsedAt) + limits.idleMs, expiresAtMs);
  return {
    operator,
    permissions: [...effectivePermissions(operator)],
    startedAt: session.startedAt,
    idleAt: new Date(idleAtMs).toISOString(),
    expiresAt: new Date(expiresAtMs).toISOString(),
  };
}
