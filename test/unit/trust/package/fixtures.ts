import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { Result } from '../../../../contract/result.ts';
import { readTrustPackage, type TrustPackage } from '../../../../core/trust/package/read-package.ts';
import type { PackageFiles } from '../../../../core/trust/package/verify-package.ts';
import type { CmsSigner } from '../../../../core/trust/sign-cms.ts';

/** When the packages that OpenSSL made are judged: after their issue. */
export const judgedAt = new Date('2026-11-22T09:00:00.000Z');

/** Where a fixture's file is: `packages/v1.json`, `pki/root-a.crt`. */
export function fixturePath(name: string): string {
  return fileURLToPath(new URL(`../../../fixtures/trust-package/${name}`, import.meta.url));
}

export function packageFiles(name: string): PackageFiles {
  return {
    document: readFileSync(fixturePath(`packages/${name}.json`)),
    signature: readFileSync(fixturePath(`packages/${name}.p7s`)),
  };
}

export function textOf(name: string): string {
  return Buffer.from(packageFiles(name).document).toString('utf8');
}

export function readPackage(name: string): TrustPackage {
  const read = readTrustPackage(packageFiles(name).document);
  assert.ok(read.ok, read.ok ? '' : `${read.code}: ${read.reason}`);
  return read.value;
}

export function certificateOf(name: string): X509Certificate {
  return new X509Certificate(readFileSync(fixturePath(`pki/${name}.crt`)));
}

export function signerOf(name: string): CmsSigner {
  const privateKey = createPrivateKey(readFileSync(fixturePath(`pki/${name}.key`)));
  return { privateKey, certificateDer: certificateOf(name).raw };
}

/** The code of a refusal, or `accepted`. */
export function outcomeOf(result: Result<unknown>): string {
  return result.ok ? 'accepted' : result.code;
}
