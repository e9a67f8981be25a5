import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { cosignCheckpoint } from '../../core/audit/checkpoint.ts';
import { timeOf } from '../../core/audit/cosignature.ts';
import { formatVerifierKey, makeVerifierKey, type VerifierKey } from '../../core/audit/verifier-key.ts';
import type { KeptCosignature } from '../../core/audit/witness/repository.ts';
import type { TestLog } from '../unit/audit/open-test-log.ts';

/** Somebody who cosigns without looking. */
export interface LogWitness {
  readonly key: VerifierKey;
  readonly line: string;
  readonly privateKey: KeyObject;
}

export function makeWitness(name: string): LogWitness {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const key = makeVerifierKey(name, publicKey, 'ed25519-cosignature');
  return { key, line: formatVerifierKey(key), privateKey };
}

/** A person's confirmation of the witness's key, as the station records it; and its removal. */
export function confirmWitness({ witnesses, database, log }: TestLog, { key, line }: LogWitness): void {
  database.transact(() => {
    witnesses.addKey({ kind: 'witness', name: key.name, verifierKey: line, confirmedAt: 'then', confirmedBy: 'ada' });
    log.append(keyEvent('audit.key-confirmed', key.name, line));
  });
}

export function removeWitness({ witnesses, database, log }: TestLog, { key, line }: LogWitness): void {
  database.transact(() => {
    witnesses.removeKey('witness', key.name);
    log.append(keyEvent('audit.key-removed', key.name, line));
  });
}

/** Has the newest checkpoint cosigned. */
export function cosign({ log, clock }: TestLog, { key, line, privateKey }: LogWitness): KeptCosignature {
  const note = cosignCheckpoint(log.checkpoint() ?? '', key, privateKey, clock.now());
  if (!note.ok) throw new Error(note.reason);
  const cosignedAt = timeOf(BigInt(Math.floor(clock.now().getTime() / 1000)));
  return { witness: key.name, verifierKey: line, size: log.size(), cosignedAt, note: note.value, keptAt: 'then' };
}

/** Takes a cosignature in, as the station records it. */
export function keep({ witnesses, database, log }: TestLog, cosignature: KeptCosignature): void {
  const { witness, size, cosignedAt } = cosignature;
  database.transact(() => {
    witnesses.addCosignature(cosignature);
    log.append({ ...done, type: 'audit.cosignature-kept', data: { witness, size, cosignedAt } });
  });
}

const done = { actor: { kind: 'station' }, outcome: 'done', subject: {} } as const;

function keyEvent(type: 'audit.key-confirmed' | 'audit.key-removed', name: string, verifierKey: string) {
  return { ...done, type, data: { kind: 'witness', name, verifierKey } };
}
