import { execFileSync } from 'node:child_process';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatVerifierKey, makeVerifierKey } from '../../core/audit/verifier-key.ts';

/** An auditor's key, and a cosignature by OpenSSL alone (C2SP tlog-cosignature): time and signature over both. */
export function cosignByOpenssl(
  folder: string,
  checkpoint: string,
  timeSeconds: number,
): { note: string; verifierKey: string } {
  const run = (command: string): Buffer => execFileSync('sh', ['-c', command], { cwd: folder });
  run('openssl genpkey -algorithm ed25519 -out witness.pem');
  const publicKey = createPublicKey(createPrivateKey(readFileSync(join(folder, 'witness.pem'))));
  const witness = makeVerifierKey('auditor.example', publicKey, 'ed25519-cosignature');
  const text = checkpoint.slice(0, checkpoint.indexOf('\n\n') + 1);
  writeFileSync(join(folder, 'message'), `cosignature/v1\ntime ${timeSeconds}\n${text}`);
  const signature = run('openssl pkeyutl -sign -rawin -inkey witness.pem -in message');
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(timeSeconds));
  const line = Buffer.concat([Buffer.from(witness.keyIdHex, 'hex'), time, signature]).toString('base64');
  return { note: `${checkpoint}— ${witness.name} ${line}\n`, verifierKey: formatVerifierKey(witness) };
}
