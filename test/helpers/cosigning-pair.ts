import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { OperationOutput } from '../../contract/operations.ts';
import { tempFolder } from './temp-folder.ts';
import { VirtualDepot } from './virtual-depot.ts';

/** A station whose log is cosigned, a station that cosigns, and a stick that goes between them. */
export interface Pair {
  readonly log: VirtualDepot;
  readonly witness: VirtualDepot;
  readonly stick: string;
  readonly origin: string;
  readonly witnessName: string;
}

export async function confirm(at: VirtualDepot, key: OperationOutput<'audit.inspect-key'>): Promise<void> {
  const typedFingerprint = key.keySha256.toUpperCase().replaceAll(/(.{4})/g, '$1 ');
  await at.call('administrator', 'audit.confirm-key', { verifierKey: key.verifierKey, typedFingerprint });
}

export async function setPair(t: TestContext, areConfirmed = true): Promise<Pair> {
  const [log, witness] = [await VirtualDepot.set(t), await VirtualDepot.set(t)];
  const { ownLogKey } = await log.call('auditor', 'audit.witnesses', {});
  const { ownWitnessKey } = await witness.call('auditor', 'audit.witnesses', {});
  if (areConfirmed) {
    await confirm(witness, ownLogKey);
    await confirm(log, ownWitnessKey);
  }
  return { log, witness, stick: tempFolder(t), origin: ownLogKey.name, witnessName: ownWitnessKey.name };
}

/** A folder on the stick that nothing stands in yet. */
export function fresh(stick: string): string {
  const folder = join(stick, `leg-${readdirSync(stick).length}`);
  mkdirSync(folder);
  return folder;
}

export async function ask({ log, stick }: Pair, witness: string | null, from: number | null = null): Promise<string> {
  const folder = fresh(stick);
  const { size } = await log.call('auditor', 'audit.request-cosignature', { folder, witness, from });
  return join(folder, `request-${size}.tlog-request`);
}

/** Cosigns a request; the path of the cosigned checkpoint. */
export async function cosign({ witness, stick }: Pair, path: string): Promise<string> {
  const folder = fresh(stick);
  const { files } = await witness.call('auditor', 'audit.cosign', { path, folder });
  return join(folder, files[0]?.name ?? '');
}
