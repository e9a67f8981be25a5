import { createPublicKey, type KeyObject } from 'node:crypto';
import { originOf } from '../checkpoint.ts';
import { deriveSecret, ed25519FromSeed, type StationKey } from '../station-key.ts';
import { makeVerifierKey, type VerifierKey } from '../verifier-key.ts';

/** With what this station cosigns the checkpoints of others. */
export interface WitnessKey {
  readonly verifierKey: VerifierKey;
  readonly privateKey: KeyObject;
}

/** The name under which a station cosigns. */
export function witnessNameOf(stationId: string): string {
  return `${originOf(stationId)}/witness`;
}

/** A key of its own, derived from the station's: what it signs can be taken for nothing else, and it needs no backup of its own. */
export function witnessKeyOf(key: StationKey, stationId: string): WitnessKey {
  const privateKey = ed25519FromSeed(deriveSecret(key, 'drydock witness key'));
  const publicKey = createPublicKey(privateKey);
  return { privateKey, verifierKey: makeVerifierKey(witnessNameOf(stationId), publicKey, 'ed25519-cosignature') };
}
